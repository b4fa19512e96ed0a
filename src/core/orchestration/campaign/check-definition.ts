/** What a person's own property must fulfil beyond its schema, looked at before anything is stored. */
import { type BasisSet, loadBasisSet } from "#core/quantum/molecule/basis.ts";
import type { OtherMolecule } from "#core/quantum/properties/protocol.ts";
import { GEOMETRY_BASIS, ROUGH_BASIS } from "#core/quantum/properties/requests.ts";
import type { EvaluationSettings } from "#shared/campaign/campaign.ts";
import { DomainError } from "#shared/errors.ts";
import { atomicNumber, type Geometry } from "#shared/molecule/molecule.ts";
import { computedPart } from "#shared/properties/composite-property.ts";
import { formulasIn, type PropertyDefinition } from "#shared/properties/definition.ts";
import { type FormulaDefinition, multiplicityOf } from "#shared/properties/formula-definition.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import { besideCandidate } from "../stages/evaluate/beside.ts";

interface Services {
  readonly dispatcher: Dispatcher;
  readonly resources: string;
}

type Functions = EvaluationSettings["functions"];

const refused = (message: string): DomainError =>
  new DomainError("invalid-input", `evaluation.definition: ${message}.`);

/** Basis sets of the parts of a composite; those of others are the campaign's. */
async function checkBases(
  definition: PropertyDefinition,
  functions: Functions,
  resources: string,
): Promise<void> {
  if (definition.kind !== "composite") return;
  for (const part of definition.parts) {
    const computed = computedPart(part);
    if (computed) await loadBasisSet(resources, computed.basis, functions);
  }
}

function checkElements(what: string, { symbols }: Geometry, sets: readonly BasisSet[]): void {
  for (const { name, elements } of sets) {
    const missing = symbols.find((symbol) => !(symbol in elements));
    if (missing) throw refused(`${what}: expected elements that ${name} has functions for, got ${missing}`);
  }
}

/** Bare nuclei have no field, and fewer electrons than none there are not. @param charge e */
function checkElectrons(what: string, { symbols }: Geometry, charge: number): void {
  const electrons = symbols.reduce((sum, symbol) => sum + (atomicNumber(symbol) ?? 0), -charge);
  if (electrons < 1) throw refused(`${what}: expected an electron or more, got ${electrons}`);
}

/**
 * Whether the other molecules of a formula have functions for each atom, and the electrons that their states ask for.
 *
 * @param energies the basis set of the energies @param geometries that in which states are relaxed
 */
function checkMolecules(
  { states }: FormulaDefinition,
  molecules: Readonly<Record<string, OtherMolecule>>,
  { energies, geometries }: { energies: BasisSet; geometries: BasisSet },
): void {
  for (const [state, asked] of Object.entries(states)) {
    const found = asked.smiles === undefined ? undefined : molecules[asked.smiles];
    if (!found || "problem" in found) continue;
    const sets = asked.geometry === "relaxed" ? [energies, geometries] : [energies];
    checkElements(`state ${state}`, found.geometry, sets);
    checkElectrons(`state ${state}`, found.geometry, found.charge + asked.charge);
    if (multiplicityOf(asked, found.multiplicity) === undefined)
      throw refused(
        `state ${state}: expected a multiplicity that the electrons of ${asked.smiles} with charge ${asked.charge} allow, got ${asked.multiplicity}`,
      );
  }
}

/** A reaction that is none is none of every molecule. */
async function checkReactions({ states }: FormulaDefinition, { dispatcher }: Services): Promise<void> {
  for (const [state, { reaction }] of Object.entries(states)) {
    if (reaction === undefined) continue;
    const found = await dispatcher.run("embed", { smiles: "C", reaction, seed: 1 });
    if (found.outcome === "failed" && found.reason === "no-reaction")
      throw refused(`state ${state}: ${found.detail}`);
  }
}

/**
 * Cost: an embedding of each other molecule.
 *
 * @throws DomainError invalid-input for a basis set, a molecule or a reaction that is none, and for what a basis set does not cover
 */
export async function checkDefinition(
  { definition, basis, functions }: EvaluationSettings,
  services: Services,
): Promise<void> {
  if (!definition) return;
  const { resources } = services;
  await checkBases(definition, functions, resources);
  const { molecules = {}, probe } = await besideCandidate(definition, services);
  const geometries = await loadBasisSet(resources, GEOMETRY_BASIS);
  if (probe) {
    // Complexes are relaxed in both of those before their energies are computed.
    const sets = [await loadBasisSet(resources, basis, functions), geometries];
    checkElectrons("the probe", probe.geometry, probe.charge);
    checkElements("the probe", probe.geometry, [...sets, await loadBasisSet(resources, ROUGH_BASIS)]);
  }
  for (const formula of formulasIn(definition)) {
    const own = definition.kind === "composite" ? formula.basis : basis;
    const energies = await loadBasisSet(resources, own, functions);
    checkMolecules(formula, molecules, { energies, geometries });
    await checkReactions(formula, services);
  }
}
