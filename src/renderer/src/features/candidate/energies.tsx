import { Callout } from "@blueprintjs/core";
import { type Evaluation, isOwn, moleculeResult, stateOf, valueBy } from "#shared/properties/evaluation.ts";
import { propertyOf } from "#shared/properties/find.ts";
import { METHOD_TITLES, type PropertyDeclaration } from "#shared/properties/property.ts";
import { whyNotConverged } from "#shared/properties/why-not-converged.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { ansatzTitle } from "#shared/quantum/vqe.ts";
import { duration, hartrees, integer, kcalPerMol, milliHartrees, shownValue } from "../../text/format.ts";
import { basisName } from "../../text/summary.ts";
import { gapOf, statedErrorOf } from "./gap.ts";

interface Line {
  method: string;
  /** Of each state, in the order that the property declares. */
  energies: readonly (number | undefined)[];
  /** Energy of the molecule less that of Hartree–Fock, Hartree. */
  correlation: number | null;
  value: number | null;
  /** What the value is where it is not made of the energies beside it, or how sure it is. */
  remark?: string | undefined;
  note: string;
}

/** The energy of each state by its own field, or by MP2 on it. */
const fieldEnergies = (result: Evaluation, read: (state: EnergyResult) => number | undefined) =>
  propertyOf(result.property).states.map(({ name }) => {
    const state = result.states[name];
    return state && isOwn(state) ? read(state) : undefined;
  });

function linesOf(result: Evaluation): Line[] {
  const { unit, digits, states, values: declared } = propertyOf(result.property);
  const molecule = moleculeResult(result);
  const error = statedErrorOf(result);
  const field = molecule.hartreeFock;
  const below = (part: { energy_hartree: number } | null): number | null =>
    part && field.outcome === "converged" ? part.energy_hartree - field.energy_hartree : null;
  const correlated = (method: "casci" | "vqe") => ({
    energies: states.map(({ name }) => stateOf(result, name)[method]?.energy_hartree),
    correlation: below(molecule[method]),
    value: valueBy(result, method),
  });
  const byField = declared.find((value) => value.method === "hartree-fock");
  return [
    {
      method: METHOD_TITLES["hartree-fock"],
      energies: fieldEnergies(result, ({ hartreeFock }) => hartreeFock.energy_hartree),
      correlation: null,
      value: valueBy(result, "hartree-fock"),
      remark: byField?.remark,
      note: byField?.note ?? "",
    },
    {
      method: "MP2",
      energies: fieldEnergies(result, ({ mp2 }) => mp2?.energy_hartree),
      correlation: below(molecule.mp2),
      value: valueBy(result, "mp2"),
      note: "Correlation of all electrons by second-order perturbation theory: not comparable with CASCI, which correlates the active ones",
    },
    { method: METHOD_TITLES.casci, ...correlated("casci"), note: "Exact in the active space" },
    {
      method: METHOD_TITLES.vqe,
      ...correlated("vqe"),
      remark: error === null ? undefined : `± ${shownValue(unit, error, digits + 1)} by shots`,
      note: molecule.vqe ? `${ansatzTitle(molecule.vqe.ansatz)}, backend ${molecule.vqe.backend}` : "",
    },
  ];
}

/** What the quantum step is worth here, said plainly. */
function Honesty({ result }: { result: Evaluation }) {
  const { activeSpace, vqe, casci } = moleculeResult(result);
  const gap = gapOf(result);
  if (!activeSpace || !vqe || !casci || gap === null) return null;
  const isMeasured = vqe.shots !== null;
  return (
    <p className="honesty">
      With {activeSpace.nelec} electrons in {activeSpace.norb} orbitals ({vqe.qubits} qubits) exact
      diagonalisation gives this in {duration(casci.wallTime_ms)}; VQE took {duration(vqe.wallTime_ms)} and
      can at best reproduce it. Here it {isMeasured ? "differs from it" : "misses it"} by {milliHartrees(gap)}{" "}
      mE<sub>h</sub> ({kcalPerMol(gap)} kcal/mol). It adds no accuracy over CASCI: it shows what this ansatz
      would find on a quantum computer {isMeasured ? "with these shots and this noise" : "without noise"}. The
      distance to experiment comes from the active space, the basis and the geometry.
    </p>
  );
}

function NotConverged({ result }: { result: Evaluation }) {
  if (result.outcome !== "not-converged") return null;
  return (
    <Callout intent="warning" title="Not converged">
      No {propertyOf(result.property).name} is given: {whyNotConverged(result)}.
    </Callout>
  );
}

function Head({
  property: { title, definition, abbreviation, unit, states },
}: {
  property: PropertyDeclaration;
}) {
  const [first, ...others] = states.map(({ title: state }) => (
    <th key={state} scope="col">
      {state} / E<sub>h</sub>
    </th>
  ));
  return (
    <tr>
      <th scope="col">Method</th>
      {first}
      <th scope="col">
        less HF / mE<sub>h</sub>
      </th>
      {others}
      <th scope="col" title={`${title}: ${definition}`}>
        {abbreviation} / {unit}
      </th>
    </tr>
  );
}

function Row({ line, property: { unit, digits, states } }: { line: Line; property: PropertyDeclaration }) {
  const [first, ...others] = states.map(({ name }, k) => <td key={name}>{hartrees(line.energies[k])}</td>);
  return (
    <tr title={line.note}>
      <th scope="row">{line.method}</th>
      {first}
      <td title={`${kcalPerMol(line.correlation)} kcal/mol`}>{milliHartrees(line.correlation)}</td>
      {others}
      <td className="energy-answer">
        {shownValue(unit, line.value, digits + 1)}
        {line.remark && <small>{line.remark}</small>}
      </td>
    </tr>
  );
}

/** Energies of every state by every method, with their units. */
export function Energies({ result, geometry }: { result: Evaluation; geometry: string | null }) {
  const property = propertyOf(result.property);
  const molecule = moleculeResult(result);
  const warning = property.warning?.of(result.values, result.states) ?? null;
  return (
    <section>
      <h3>Energies</h3>
      <NotConverged result={result} />
      {warning !== null && <Callout intent="warning">{warning}</Callout>}
      <table className="energy-table">
        <thead>
          <Head property={property} />
        </thead>
        <tbody>
          {linesOf(result).map((line) => (
            <Row key={line.method} line={line} property={property} />
          ))}
        </tbody>
      </table>
      <p className="caption muted">
        {basisName(molecule.basis)}, {integer(molecule.nBasis)} basis functions
        {molecule.hartreeFock.droppedFunctions > 0 && (
          <>, {integer(molecule.hartreeFock.droppedFunctions)} left out as linearly dependent</>
        )}
        {molecule.activeSpace && (
          <>
            ; active space ({molecule.activeSpace.nelec}e,{molecule.activeSpace.norb}o), orbitals{" "}
            {molecule.activeSpace.orbitals.map((orbital) => orbital + 1).join(", ")}
          </>
        )}
        {molecule.vqe && <>; {integer(molecule.vqe.nParameters)} parameters</>}; {molecule.backend},{" "}
        {duration(molecule.wallTime_ms)}
        {geometry !== null && <>; geometry: {geometry}</>}
      </p>
      <Honesty result={result} />
    </section>
  );
}
