/** Molecules that a person's own property names beside the candidate, in space. */
import { perceiveBonds } from "#core/chemistry/shape/perceive-bonds.ts";
import { placedGraph } from "#core/chemistry/sites/placed-graph.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import type { Probe } from "#core/quantum/properties/probes.ts";
import type { Candidate, OtherMolecule } from "#core/quantum/properties/protocol.ts";
import { DomainError } from "#shared/errors.ts";
import { lostBond } from "#shared/molecule/lost-bond.ts";
import { atomicNumber, type Conformer, type Electrons, type Geometry } from "#shared/molecule/molecule.ts";
import { formulasIn, type PropertyDefinition } from "#shared/properties/definition.ts";
import type { ProbeDefinition } from "#shared/properties/probe-definition.ts";
import type { Dispatcher } from "../../dispatch/dispatcher.ts";
import { electronsOf } from "../embed/records.ts";
import { statedElectrons } from "../embed/stated-electrons.ts";

/** By the SMILES or the reaction that names them. */
type OtherMolecules = Readonly<Record<string, OtherMolecule>>;
export type Beside = Pick<Candidate, "molecules" | "probe">;

/** The same in every campaign, so that its states are found again. */
const SEED = 1;

interface Services {
  readonly dispatcher: Dispatcher;
  readonly signal?: AbortSignal | undefined;
  /** The candidate, which reactions begin from. Absent: what they make is left out. */
  readonly reactant?: Reactant | undefined;
}

interface Reactant {
  readonly smiles: string;
  readonly electrons: Electrons;
}

type Embedded = Conformer & Electrons;

/** What was embedded, by its SMILES: every candidate has the same molecules beside it. */
const known = new WeakMap<Dispatcher, Map<string, Embedded>>();

async function embedded(smiles: string, { dispatcher, signal }: Services): Promise<Embedded> {
  const kept = known.get(dispatcher) ?? new Map<string, Embedded>();
  known.set(dispatcher, kept);
  const earlier = kept.get(smiles);
  if (earlier) return earlier;
  const found = await dispatcher.run("embed", { smiles, seed: SEED }, signal && { signal });
  if (found.outcome === "embedded") {
    const made = { ...found.conformer, ...electronsOf(found) };
    kept.set(smiles, made);
    return made;
  }
  const message = `${smiles}: expected a molecule with a geometry, got ${found.reason} (${found.detail}).`;
  throw new DomainError("invalid-input", message, { smiles });
}

const inSpace = ({ geometry, molblock, charge, multiplicity }: Embedded) => ({
  geometry,
  charge,
  multiplicity,
  lostBond: (elsewhere: Geometry) => lostBond(placedGraph(molblock), elsewhere),
});

const statesIn = (definition: PropertyDefinition) =>
  formulasIn(definition).flatMap(({ states }) => Object.values(states));

/** Why it is not known what electrons a reaction leaves: it takes and gives those of the structure. */
async function unstated({ smiles, electrons }: Reactant): Promise<string | undefined> {
  const structure = electronsOf(statedElectrons(await loadRdkit(), smiles));
  if (structure.charge === electrons.charge && structure.multiplicity === electrons.multiplicity)
    return undefined;
  const said = ({ charge, multiplicity }: Electrons) => `charge ${charge} and multiplicity ${multiplicity}`;
  return `the candidate has ${said(electrons)}, its structure ${smiles} ${said(structure)}, and a reaction is of structures: expected an ion or a radical that is written as one`;
}

/** What a reaction makes of the candidate; of one that does not react, why. */
async function product(reaction: string, reactant: Reactant, { dispatcher, signal }: Services) {
  const problem = await unstated(reactant);
  if (problem !== undefined) return { problem };
  const { smiles } = reactant;
  const found = await dispatcher.run("embed", { smiles, reaction, seed: SEED }, signal && { signal });
  if (found.outcome === "embedded") return inSpace({ ...found.conformer, ...electronsOf(found) });
  return { problem: `${found.reason}: ${found.detail}` };
}

/** Cost: an embedding each, a fraction of a second. */
async function namedMolecules(definition: PropertyDefinition, services: Services): Promise<OtherMolecules> {
  const states = statesIn(definition);
  const named = new Set(states.flatMap(({ smiles }) => smiles ?? []));
  const fixed = [...named].map(async (smiles) => {
    return [smiles, inSpace(await embedded(smiles, services))] as const;
  });
  const { reactant } = services;
  const reactions = reactant ? [...new Set(states.flatMap(({ reaction }) => reaction ?? []))] : [];
  const made = reactions.flatMap((reaction) =>
    reactant ? [product(reaction, reactant, services).then((found) => [reaction, found] as const)] : [],
  );
  return Object.fromEntries(await Promise.all([...fixed, ...made]));
}

/** Before a candidate reacts it stands for what reactions make of it: as many atoms and electrons, or nearly. */
export const productsAlike = (
  definition: PropertyDefinition | undefined,
  { geometry, charge, multiplicity }: Electrons & { readonly geometry: Geometry },
): OtherMolecules =>
  Object.fromEntries(
    (definition ? statesIn(definition) : []).flatMap(({ reaction }) =>
      reaction === undefined
        ? []
        : [[reaction, { geometry, charge, multiplicity, lostBond: () => undefined }]],
    ),
  );

/** A geometry with the bonds that it has. */
async function perceived({
  title,
  geometry,
  charge,
  multiplicity,
}: ProbeDefinition & { geometry: Geometry }) {
  const rdkit = await loadRdkit();
  const found = perceiveBonds(rdkit, geometry, { charge, multiplicity });
  if ("reason" in found)
    throw new DomainError("invalid-input", `${title}: expected a molecule, got ${found.reason}.`, { charge });
  const electrons = geometry.symbols.reduce((sum, symbol) => sum + (atomicNumber(symbol) ?? 0), -charge);
  return { molblock: found.molblock, charge, multiplicity: multiplicity ?? 1 + (electrons % 2) };
}

async function probeOf(definition: ProbeDefinition, services: Services): Promise<Probe> {
  const { smiles, geometry } = definition;
  // A definition has one of the two.
  const found =
    geometry === undefined ? await embedded(smiles!, services) : await perceived({ ...definition, geometry });
  const { bonds, atoms, ...graph } = placedGraph(found.molblock);
  const { charge, multiplicity } = found;
  const charges = atoms.map((atom) => atom.charge);
  return { geometry: graph.geometry, bonds, charges, charge, multiplicity };
}

/**
 * What a definition puts beside the candidate.
 *
 * @throws DomainError invalid-input for what is no molecule or has no geometry
 */
export async function besideCandidate(
  definition: PropertyDefinition | undefined,
  services: Services,
): Promise<Beside> {
  if (!definition) return {};
  return definition.kind === "probe"
    ? { probe: await probeOf(definition, services) }
    : { molecules: await namedMolecules(definition, services) };
}
