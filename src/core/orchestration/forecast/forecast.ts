/** What a campaign will take: the states of some of its molecules, walked through its protocol, by the speed of this machine. */

import type { Database } from "#core/notebook/file/database.ts";
import { fromHex } from "#core/notebook/proof/hash.ts";
import { findResult } from "#core/notebook/tables/projection.ts";
import { type AskedState, stateMemory_bytes, stateSeconds } from "#core/quantum/cost/law.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { type Course, dryRun } from "#core/quantum/properties/dry-run.ts";
import type { OtherMolecule } from "#core/quantum/properties/protocol.ts";
import { relaxation } from "#core/quantum/properties/requests.ts";
import type { CampaignSettings, EvaluationSettings } from "#shared/campaign/campaign.ts";
import type { CampaignForecast } from "#shared/campaign/forecast.ts";
import { levelOf, rungOrders } from "#shared/campaign/rungs.ts";
import { DomainError } from "#shared/errors.ts";
import { completeSettings } from "#shared/properties/settings.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { type Beside, besideCandidate, productsAlike } from "../stages/evaluate/beside.ts";
import { stateKey } from "../stages/evaluate/state.ts";
import {
  type InSpace,
  type MoleculeServices,
  type PlannedMolecule,
  type PlannedMolecules,
  plannedMolecules,
  ShapeAsked,
} from "./molecules.ts";
import { type BasisSets, measuredSpeed, type Speed, speedOfStates } from "./speed.ts";

interface ForecastServices extends MoleculeServices {
  resources: string;
  threads: number;
}

/** What one molecule takes on one thread. */
interface Share {
  states: number;
  seconds: number;
  memory_bytes: number;
}

const relaxationsOf = (molecule: OtherMolecule | InSpace): EnergyRequest[] =>
  "problem" in molecule
    ? []
    : [relaxation(molecule.geometry, { charge: molecule.charge, multiplicity: molecule.multiplicity })];

/** Each state once: parts of a composite ask for some alike. */
function unlike(requests: readonly EnergyRequest[]): EnergyRequest[] {
  return [...new Map(requests.map((request) => [stateKey(request), request])).values()];
}

/** The states that a molecule's property asks for; none where it cannot be computed. @throws ShapeAsked */
export function requestsOf(
  molecule: InSpace,
  evaluation: EvaluationSettings,
  { beside, course }: { beside: Beside; course?: Course },
): EnergyRequest[] {
  const { maxEvaluations: _, property, propertySettings, definition, ...asked } = evaluation;
  const { conformers = 1, relaxed, ...level } = asked;
  const settings = completeSettings(property, propertySettings);
  try {
    const molecules = { ...beside.molecules, ...productsAlike(definition, molecule) };
    const candidate = { ...molecule, level, settings, definition, ...beside, molecules };
    const units = dryRun(property, candidate, course);
    const before = relaxed ? [molecule, ...Object.values(molecules)].flatMap(relaxationsOf) : [];
    const requests = unlike([...before, ...units.map(({ request }) => request)]);
    // As many shapes as may be: how many there are is found when they are made.
    return Array.from({ length: conformers }, () => requests).flat();
  } catch (error) {
    if (error instanceof DomainError) return [];
    throw error;
  }
}

/** Embedding takes seconds: of molecules whose shape decides their states only so many are looked at. */
const MOST_EMBEDDED = 3;

interface Asked {
  requests: EnergyRequest[];
  atoms: number;
  /** Whether the campaign is to make its geometry. */
  isNew: boolean;
  /** Geometries over which its numbers are averaged; 0 where it has one alone. */
  conformers: number;
}

/** The states of each molecule, as far as they can be told. */
async function allAsked(
  { molecules }: PlannedMolecules,
  evaluation: EvaluationSettings,
  others: Beside,
): Promise<Asked[]> {
  const found: Asked[] = [];
  const shaped: PlannedMolecule[] = [];
  const { conformers: most = 1 } = evaluation;
  const conformers = most > 1 ? most : 0;
  const add = (molecule: InSpace, isNew: boolean) => {
    const atoms = molecule.geometry.symbols.length;
    // What hangs on energies, such as whether an anion is bound, is taken to be so in every other molecule.
    const course = found.length % 2 === 0 ? "falling" : "rising";
    const requests = requestsOf(molecule, evaluation, { beside: others, course });
    found.push({ requests, atoms, isNew, conformers });
  };
  for (const molecule of molecules) {
    const known = molecule.known();
    try {
      add(known ?? molecule.atoms, known === undefined);
    } catch (error) {
      if (!(error instanceof ShapeAsked)) throw error;
      if (shaped.length < MOST_EMBEDDED) shaped.push(molecule);
    }
  }
  for (const inSpace of await Promise.all(shaped.map((molecule) => molecule.embed())))
    if (inSpace) add(inSpace, true);
  return found;
}

/** A geometry by force field for each atom and each other, s. */
const EMBED_SECONDS = 0.005;

async function shareOf(
  { requests, atoms, isNew, conformers }: Asked,
  { db, speed, basisSets }: { db: Database; speed: Speed; basisSets: BasisSets },
): Promise<Share> {
  const embedding = (Number(isNew) + conformers) * EMBED_SECONDS * atoms ** 2;
  const share: Share = { states: 0, seconds: embedding, memory_bytes: 0 };
  for (const request of requests) {
    if (findResult(db, fromHex(stateKey(request))) !== undefined) continue;
    const basis = await basisSets(request);
    if (!basis) continue;
    const { geometry, ...asked } = request;
    const state: AskedState = { ...asked, symbols: geometry.symbols };
    share.states++;
    share.seconds += stateSeconds(state, basis) * (await speed.factorOf(state));
    share.memory_bytes = Math.max(share.memory_bytes, stateMemory_bytes(state, basis));
  }
  return share;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** What the evaluations of one rung take. @param count how many there are */
function ofRung(shares: readonly Share[], { count, threads }: { count: number; threads: number }): Share {
  const each = Math.max(1, shares.length);
  const beside = Math.max(1, Math.min(threads, count));
  return {
    states: (count * sum(shares.map(({ states }) => states))) / each,
    seconds: (count * sum(shares.map((share) => share.seconds))) / each / beside,
    memory_bytes: beside * Math.max(0, ...shares.map((share) => share.memory_bytes)),
  };
}

/** @param byRung what molecules take on each rung; the same molecules on each */
function total(
  { evaluation, generation, rungs }: CampaignSettings,
  { shareAccepted }: PlannedMolecules,
  { byRung, speed, threads }: { byRung: readonly (readonly Share[])[]; speed: Speed; threads: number },
): CampaignForecast {
  const molecules = Math.max(...byRung.map((shares) => shares.length));
  const accepted = Math.round(shareAccepted * generation.count);
  const evaluations = molecules === 0 ? 0 : Math.min(evaluation.maxEvaluations, accepted);
  const all = byRung.map((shares, rung) => {
    const count = rungs.slice(0, rung).reduce((most, { keep }) => Math.min(most, keep), evaluations);
    return ofRung(shares, { count, threads });
  });
  return {
    evaluations,
    states: Math.round(sum(all.map(({ states }) => states))),
    seconds: sum(all.map(({ seconds }) => seconds)),
    memory_bytes: Math.max(...all.map((share) => share.memory_bytes)),
    threads,
    molecules,
    timedStates: speed.timedStates,
  };
}

/** Basis sets as they are asked for, each read once. */
export function shippedSets(resources: string): BasisSets {
  const known = new Map<string, ReturnType<BasisSets>>();
  return ({ basis, functions }) => {
    const name = `${basis} ${functions ?? ""}`;
    const found = known.get(name) ?? loadBasisSet(resources, basis, functions ?? null).catch(() => undefined);
    known.set(name, found);
    return found;
  };
}

/**
 * Forecasts one campaign after the other; molecules and the machine's speed are looked at again only where settings ask for others.
 *
 * Cost: some 40 molecules drawn and filtered, about a second, and three embedded where their shape decides the states, some seconds; after a
 * change of the level alone milliseconds.
 */
export function createForecasts(services: ForecastServices) {
  const { db, dispatcher, resources, threads } = services;
  const basisSets = shippedSets(resources);
  let planned: { key: string; found: Promise<PlannedMolecules> } | undefined;
  const measured = measuredSpeed({ dispatcher, basisSets, threads });
  const moleculesOf = ({ generation, filter, embedding }: CampaignSettings) => {
    const key = JSON.stringify({ generation, filter, embedding });
    if (planned?.key !== key)
      planned = { key, found: plannedMolecules({ generation, filter, embedding }, services) };
    const { found } = planned;
    // What failed is tried anew.
    found.catch(() => {
      if (planned?.found === found) planned = undefined;
    });
    return found;
  };
  /** @throws DomainError as the source of the molecules does */
  return async (settings: CampaignSettings): Promise<CampaignForecast> => {
    const found = await moleculesOf(settings);
    const speed = await speedOfStates(db, { basisSets, measured });
    const sharesOn = async (rung: number): Promise<Share[]> => {
      const level = levelOf(settings, rung);
      const others = await besideCandidate(level.definition, { dispatcher });
      const asked = await allAsked(found, level, others);
      // Its geometry is made for the first alone.
      const own = rung === 0 ? asked : asked.map((one) => ({ ...one, isNew: false }));
      return Promise.all(own.map((one) => shareOf(one, { db, speed, basisSets })));
    };
    const byRung = await Promise.all(rungOrders(settings).map(({ rung }) => sharesOn(rung)));
    return total(settings, found, { byRung: byRung.toReversed(), speed, threads });
  };
}
