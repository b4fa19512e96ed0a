/** What a campaign will take: the states of some of its molecules, walked through its protocol, by the speed of this machine. */

import type { Database } from "#core/notebook/file/database.ts";
import { fromHex } from "#core/notebook/proof/hash.ts";
import { findResult } from "#core/notebook/tables/projection.ts";
import { type AskedState, stateMemory_bytes, stateSeconds } from "#core/quantum/cost/law.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { type Course, dryRun, type Walk } from "#core/quantum/properties/dry-run.ts";
import type { OtherMolecule } from "#core/quantum/properties/protocol.ts";
import { relaxation } from "#core/quantum/properties/requests.ts";
import type { CampaignSettings, EvaluationSettings } from "#shared/campaign/campaign.ts";
import type { CampaignForecast, DeviceForecast } from "#shared/campaign/forecast.ts";
import { deviceLevels, levelOf, rungOrders } from "#shared/campaign/rungs.ts";
import { DomainError } from "#shared/errors.ts";
import type { Electrons } from "#shared/molecule/molecule.ts";
import { completeSettings } from "#shared/properties/settings.ts";
import { isRemote } from "#shared/quantum/backend-names.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { type Beside, besideCandidate, productsAlike } from "../stages/evaluate/beside.ts";
import { stateKey } from "../stages/evaluate/state.ts";
import { type DeviceCostServices, deviceCost } from "./device-cost.ts";
import { type ExpectedState, relaxingOf } from "./likelihoods.ts";
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
  /** Absent: what devices cost is not told. */
  costs?: DeviceCostServices | undefined;
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
const byKey = (requests: readonly EnergyRequest[]): Map<string, EnergyRequest> =>
  new Map(requests.map((request) => [stateKey(request), request]));

/** States of two ways that a protocol may take. @param likelihood of the second, 0 to 1 */
function ofBoth(one: readonly EnergyRequest[], other: readonly EnergyRequest[], likelihood: number) {
  const [first, second] = [byKey(one), byKey(other)];
  return [...new Map([...first, ...second])].map(([key, request]): ExpectedState => {
    const share = (first.has(key) ? 1 - likelihood : 0) + (second.has(key) ? likelihood : 0);
    return { request, share };
  });
}

/** States of another way that are not among the usual ones. @param likelihood of that way, 0 to 1 */
function addedTo(usual: readonly EnergyRequest[], other: readonly EnergyRequest[], likelihood: number) {
  const known = byKey(usual);
  return [...byKey(other)].flatMap(([key, request]): ExpectedState[] =>
    known.has(key) ? [] : [{ request, share: likelihood }],
  );
}

interface Expecting {
  beside: Beside;
  course?: Course;
  /** How likely its ions mix spins, 0 to 1. */
  mixing: number;
  /** How likely one determinant fails for it, 0 to 1. */
  routing: number;
}

/** The states that a molecule's property asks for; none where it cannot be computed. @throws ShapeAsked */
export function expectedStates(
  molecule: InSpace,
  evaluation: EvaluationSettings,
  { beside, course, mixing, routing }: Expecting,
): ExpectedState[] {
  const { maxEvaluations: _, property, propertySettings, definition, ...asked } = evaluation;
  const { conformers = 1, relaxed, ...level } = asked;
  const settings = completeSettings(property, propertySettings);
  try {
    const molecules = { ...beside.molecules, ...productsAlike(definition, molecule) };
    const candidate = { ...molecule, level, settings, definition, ...beside, molecules };
    const before = relaxed ? [molecule, ...Object.values(molecules)].flatMap(relaxationsOf) : [];
    const walked = (walk: Walk = {}): EnergyRequest[] => {
      const units = dryRun(property, candidate, { ...(course && { course }), ...walk });
      return [...before, ...units.map(({ request }) => request)];
    };
    const usual = walked();
    const states = [
      ...ofBoth(usual, walked({ mixesSpins: true }), mixing),
      ...addedTo(usual, walked({ needsSpace: true }), routing),
    ];
    // As many shapes as may be: how many there are is found when they are made.
    return Array.from({ length: conformers }, () => states).flat();
  } catch (error) {
    if (error instanceof DomainError) return [];
    throw error;
  }
}

/** Embedding takes seconds: of molecules whose shape decides their states only so many are looked at. */
const MOST_EMBEDDED = 3;

interface Asked {
  states: ExpectedState[];
  symbols: readonly string[];
  electrons: Electrons;
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
  const add = (
    molecule: InSpace,
    { mixing, routing, isNew }: Pick<PlannedMolecule, "mixing" | "routing"> & { isNew: boolean },
  ) => {
    const { geometry, charge, multiplicity } = molecule;
    // What hangs on energies, such as whether an anion is bound, is taken to be so in every other molecule.
    const course = found.length % 2 === 0 ? "falling" : "rising";
    const states = expectedStates(molecule, evaluation, { beside: others, course, mixing, routing });
    const electrons = { charge, multiplicity };
    found.push({ states, symbols: geometry.symbols, electrons, isNew, conformers });
  };
  for (const molecule of molecules) {
    const known = molecule.known();
    const { mixing, routing } = molecule;
    try {
      add(known ?? molecule.atoms, { mixing, routing, isNew: known === undefined });
    } catch (error) {
      if (!(error instanceof ShapeAsked)) throw error;
      if (shaped.length < MOST_EMBEDDED) shaped.push(molecule);
    }
  }
  for (const { inSpace, mixing, routing } of await Promise.all(
    shaped.map(async ({ embed, mixing, routing }) => ({ inSpace: await embed(), mixing, routing })),
  ))
    if (inSpace) add(inSpace, { mixing, routing, isNew: true });
  return found;
}

/**
 * A geometry by OpenChemLib and MMFF94, s: 0.07 for each atom to the 1.3, 95 molecules of 9 to 26 atoms, by the clock on two threads at work of
 * an AMD EPYC, 29 November 2026.
 */
const embedSeconds = (atoms: number): number => 0.07 * atoms ** 1.3;
/** Making its geometry, s: Hartree–Fock relaxes what MMFF94 cannot. */
async function geometrySeconds(
  { symbols, electrons }: Pick<Asked, "symbols" | "electrons">,
  { speed, basisSets }: { speed: Speed; basisSets: BasisSets },
): Promise<number> {
  const { geometry, ...asked } = relaxation({ symbols: [...symbols], coordinates_angstrom: [] }, electrons);
  const state = { ...asked, symbols };
  const basis = await basisSets(state);
  const relaxing = basis ? stateSeconds(state, basis) * (await speed.factorOf(state)) : 0;
  return embedSeconds(symbols.length) + relaxingOf(symbols) * relaxing;
}

async function shareOf(
  { states, symbols, electrons, isNew, conformers }: Asked,
  { db, speed, basisSets }: { db: Database; speed: Speed; basisSets: BasisSets },
): Promise<Share> {
  const own = isNew ? await geometrySeconds({ symbols, electrons }, { speed, basisSets }) : 0;
  const expected: Share = {
    states: 0,
    seconds: own + conformers * embedSeconds(symbols.length),
    memory_bytes: 0,
  };
  for (const { request, share } of states) {
    if (findResult(db, fromHex(stateKey(request))) !== undefined) continue;
    const basis = await basisSets(request);
    if (!basis) continue;
    const { geometry, ...asked } = request;
    const state: AskedState = { ...asked, symbols: geometry.symbols };
    expected.states += share;
    expected.seconds += share * stateSeconds(state, basis) * (await speed.factorOf(state));
    expected.memory_bytes = Math.max(expected.memory_bytes, stateMemory_bytes(state, basis));
  }
  return expected;
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

/** How many molecules come up to a rung. */
const countOn = (rungs: CampaignSettings["rungs"], rung: number, evaluations: number): number =>
  rungs.slice(0, rung).reduce((most, { keep }) => Math.min(most, keep), evaluations);

/** @param byRung what molecules take on each rung; the same molecules on each */
function total(
  { evaluation, generation, rungs }: CampaignSettings,
  { shareAccepted }: PlannedMolecules,
  { byRung, speed, threads }: { byRung: readonly (readonly Share[])[]; speed: Speed; threads: number },
): CampaignForecast {
  const molecules = Math.max(...byRung.map((shares) => shares.length));
  const accepted = Math.round(shareAccepted * generation.count);
  const evaluations = molecules === 0 ? 0 : Math.min(evaluation.maxEvaluations, accepted);
  const all = byRung.map((shares, rung) =>
    ofRung(shares, { count: countOn(rungs, rung, evaluations), threads }),
  );
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

/** A molecule with a shape, made where none is known. */
async function firstInSpace(molecules: readonly PlannedMolecule[]) {
  for (const { known, embed, mixing, routing } of molecules) {
    const inSpace = known() ?? (await embed());
    if (inSpace) return { inSpace, mixing, routing };
  }
  return undefined;
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
 * Cost: up to 100 rows of a library, or 40 molecules drawn, filtered, and three embedded where their shape decides the states, some seconds;
 * a second or two after a change of the level alone.
 */
export function createForecasts(services: ForecastServices) {
  const { db, dispatcher, resources, threads, costs } = services;
  const known = new Map<string, Promise<DeviceForecast | undefined>>();
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
  /** By the first molecule that has a shape; of the same level and molecule once. */
  const devicesOf = async (
    settings: CampaignSettings,
    { molecules }: PlannedMolecules,
    { evaluations }: CampaignForecast,
  ): Promise<DeviceForecast[]> => {
    const rungs = costs ? deviceLevels(settings) : [];
    const found: DeviceForecast[] = [];
    for (const rung of rungs) {
      const level = levelOf(settings, rung);
      const one = await firstInSpace(molecules);
      if (!costs || !one) continue;
      const beside = await besideCandidate(level.definition, { dispatcher });
      const states = expectedStates(one.inSpace, level, { ...one, beside });
      const count = countOn(settings.rungs, rung, evaluations);
      const limits = isRemote(level.backend) ? costs.devices.access(level.backend)?.limits : undefined;
      const key = JSON.stringify({ level, count, geometry: one.inSpace.geometry, limits });
      const priced = known.get(key) ?? deviceCost(level, { states, evaluations: count }, costs);
      known.set(key, priced);
      priced.catch(() => known.delete(key));
      const told = await priced;
      if (told) found.push(told);
    }
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
    const forecast = total(settings, found, { byRung: byRung.toReversed(), speed, threads });
    const devices = await devicesOf(settings, found, forecast);
    return { ...forecast, ...(devices.length > 0 && { devices }) };
  };
}
