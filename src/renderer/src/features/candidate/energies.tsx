import { Callout } from "@blueprintjs/core";
import type { IonisationResult } from "#shared/quantum/energy-result.ts";
import { koopmansWarning } from "#shared/quantum/koopmans.ts";
import { ansatzTitle } from "#shared/quantum/vqe.ts";
import { duration, electronVolts, hartrees, integer, kcalPerMol, milliHartrees } from "../../text/format.ts";
import { basisName } from "../../text/summary.ts";
import { gapOf, statedErrorOf } from "./gap.ts";

interface Line {
  method: string;
  neutral: number | undefined;
  /** Energy of the neutral less that of Hartree–Fock, Hartree. */
  correlation: number | null;
  cation: number | undefined;
  ionisation: number | null;
  /** What the ionisation energy is where it is not the difference of the energies beside it, or how sure it is. */
  ionisationLabel?: string;
  note: string;
}

function linesOf(result: IonisationResult): Line[] {
  const { neutral, cation } = result;
  const error = statedErrorOf(result);
  const field = neutral.hartreeFock;
  const below = (part: { energy_hartree: number } | null): number | null =>
    part && field.outcome === "converged" ? part.energy_hartree - field.energy_hartree : null;
  return [
    {
      method: "Hartree–Fock",
      neutral: neutral.hartreeFock.energy_hartree,
      correlation: null,
      cation: undefined,
      ionisation: result.koopmans_hartree,
      ionisationLabel: "Koopmans (−ε HOMO)",
      note: "Koopmans' estimate: the negative energy of the highest occupied orbital",
    },
    {
      method: "MP2",
      neutral: neutral.mp2?.energy_hartree,
      correlation: below(neutral.mp2),
      cation: undefined,
      ionisation: null,
      note: "Correlation of all electrons by second-order perturbation theory: not comparable with CASCI, which correlates the active ones",
    },
    {
      method: "CASCI",
      neutral: neutral.casci?.energy_hartree,
      correlation: below(neutral.casci),
      cation: cation?.casci.energy_hartree,
      ionisation: result.verticalCasci_hartree,
      note: "Exact in the active space",
    },
    {
      method: "VQE",
      neutral: neutral.vqe?.energy_hartree,
      correlation: below(neutral.vqe),
      cation: cation?.vqe.energy_hartree,
      ionisation: result.vertical_hartree,
      ...(error !== null && { ionisationLabel: `± ${electronVolts(error, 3)} by shots` }),
      note: neutral.vqe ? `${ansatzTitle(neutral.vqe.ansatz)}, backend ${neutral.vqe.backend}` : "",
    },
  ];
}

/** What the quantum step is worth here, said plainly. */
function Honesty({ result }: { result: IonisationResult }) {
  const { activeSpace, vqe, casci } = result.neutral;
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

function NotConverged({ result }: { result: IonisationResult }) {
  if (result.outcome === "converged") return null;
  const { vqe, hartreeFock } = result.neutral;
  const which =
    hartreeFock.outcome === "not-converged"
      ? "the Hartree–Fock calculation of the neutral"
      : vqe?.outcome === "not-converged"
        ? "the VQE of the neutral"
        : "the VQE or CASCI of the cation";
  return (
    <Callout intent="warning" title="Not converged">
      No ionisation energy is given, for {which} did not converge. More iterations or a smaller active space
      may help.
    </Callout>
  );
}

/** Energies of neutral and cation by every method, with their units. */
export function Energies({ result, geometry }: { result: IonisationResult; geometry: string | null }) {
  const { neutral } = result;
  const warning = koopmansWarning(result.vertical_hartree, result.koopmans_hartree);
  return (
    <section>
      <h3>Energies</h3>
      <NotConverged result={result} />
      {warning !== null && <Callout intent="warning">{warning}</Callout>}
      <table className="energy-table">
        <thead>
          <tr>
            <th scope="col">Method</th>
            <th scope="col">
              Neutral / E<sub>h</sub>
            </th>
            <th scope="col">
              less HF / mE<sub>h</sub>
            </th>
            <th scope="col">
              Cation / E<sub>h</sub>
            </th>
            <th
              scope="col"
              title="Vertical ionisation energy: of the cation less that of the neutral, in the neutral's geometry"
            >
              vertical IE / eV
            </th>
          </tr>
        </thead>
        <tbody>
          {linesOf(result).map((line) => (
            <tr key={line.method} title={line.note}>
              <th scope="row">{line.method}</th>
              <td>{hartrees(line.neutral)}</td>
              <td title={`${kcalPerMol(line.correlation)} kcal/mol`}>{milliHartrees(line.correlation)}</td>
              <td>{hartrees(line.cation)}</td>
              <td className="energy-answer">
                {electronVolts(line.ionisation, 3)}
                {line.ionisationLabel && <small>{line.ionisationLabel}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="caption muted">
        {basisName(neutral.basis)}, {integer(neutral.nBasis)} basis functions
        {neutral.hartreeFock.droppedFunctions > 0 && (
          <>, {integer(neutral.hartreeFock.droppedFunctions)} left out as linearly dependent</>
        )}
        {neutral.activeSpace && (
          <>
            ; active space ({neutral.activeSpace.nelec}e,{neutral.activeSpace.norb}o), orbitals{" "}
            {neutral.activeSpace.orbitals.map((orbital) => orbital + 1).join(", ")}
          </>
        )}
        {neutral.vqe && <>; {integer(neutral.vqe.nParameters)} parameters</>}; {neutral.backend},{" "}
        {duration(neutral.wallTime_ms)}
        {geometry !== null && <>; geometry: {geometry}</>}
      </p>
      <Honesty result={result} />
    </section>
  );
}
