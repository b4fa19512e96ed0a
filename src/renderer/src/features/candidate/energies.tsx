import { Callout } from "@blueprintjs/core";
import { type Evaluation, moleculeResult, recoveryNote } from "#shared/properties/evaluation.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { whyNotConverged } from "#shared/properties/why-not-converged.ts";
import { ROUTE_TITLES } from "#shared/quantum/diagnostic.ts";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import { differenceIn } from "../../text/energy-unit.ts";
import { duration, integer } from "../../text/format.ts";
import { basisName } from "../../text/summary.ts";
import { Alternatives } from "./alternatives.tsx";
import { EnergyTable } from "./energy-table.tsx";
import { gapOf } from "./gap.ts";
import { PartsTable } from "./parts-table.tsx";

/** What the quantum step is worth here, said plainly. */
function Honesty({ result }: { result: Evaluation }) {
  const { activeSpace, vqe, casci } = moleculeResult(result);
  const gap = gapOf(result);
  const [choice] = useEnergyUnit();
  const difference = differenceIn(choice);
  if (!activeSpace || !vqe || !casci || gap === null) return null;
  const isMeasured = vqe.shots !== null;
  return (
    <p className="honesty">
      With {activeSpace.nelec} electrons in {activeSpace.norb} orbitals ({vqe.qubits} qubits) exact
      diagonalisation gives this in {duration(casci.wallTime_ms)}; VQE took {duration(vqe.wallTime_ms)} and
      can at best reproduce it. Here it {isMeasured ? "differs from it" : "misses it"} by{" "}
      {difference.textOf(gap)} {difference.unit} ({differenceIn("kcal/mol").textOf(gap)} kcal/mol). It adds no
      accuracy over CASCI: it shows what this ansatz would find on a quantum computer{" "}
      {isMeasured ? "with these shots and this noise" : "without noise"}. The distance to experiment comes
      from the active space, the basis and the geometry.
    </p>
  );
}

interface EnergiesProps {
  result: Evaluation;
  geometry: string | null;
  /** Why it failed, as the notebook has it: what the states do not tell, such as a bond that broke on the way. */
  failure: string | null;
}

function NotConverged({ result, failure }: Omit<EnergiesProps, "geometry">) {
  if (result.outcome !== "not-converged") return null;
  return (
    <Callout intent="warning" title="Not converged">
      No {declarationOf(result).name} is given: {failure ?? whyNotConverged(result)}.
    </Callout>
  );
}

const sentenceOf = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** Energies of every state by every method, with their units. */
export function Energies({ result, geometry, failure }: EnergiesProps) {
  const property = declarationOf(result);
  const molecule = moleculeResult(result);
  const warning = property.warning?.of(result.values, result.states, result.alternatives) ?? null;
  const elsewhere = recoveryNote(result);
  return (
    <section>
      <h3>Energies</h3>
      <NotConverged result={result} failure={failure} />
      {elsewhere !== null && <Callout intent="warning">{elsewhere}</Callout>}
      {warning !== null && <Callout intent="warning">{warning}</Callout>}
      {result.definition?.kind === "composite" && (
        <PartsTable result={result} definition={result.definition} />
      )}
      <EnergyTable result={result} />
      <Alternatives result={result} />
      {molecule.diagnostic && (
        <p className="caption">
          <b>{sentenceOf(ROUTE_TITLES[molecule.diagnostic.route])}.</b> {molecule.diagnostic.reason}
        </p>
      )}
      <p className="caption muted">
        {molecule.optimisation && "molecule relaxed in "}
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
