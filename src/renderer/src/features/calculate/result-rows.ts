/** What a calculation found, as rows of a table: total energies in Hartree, differences in the unit that is read. */
import { dispersionTitle } from "#shared/quantum/dispersion.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { fieldTitle } from "#shared/quantum/field-title.ts";
import type { HamiltonianResult } from "#shared/quantum/hamiltonian-energy.ts";
import { totalEnergy } from "#shared/quantum/multireference-result.ts";
import type { SciResult } from "#shared/quantum/sci-result.ts";
import { isSpinScaled, SPIN_SCALINGS, scaledMp2Energy } from "#shared/quantum/spin-scaling.ts";
import { spinName } from "#shared/quantum/spin-states.ts";
import type { ExcitedState, Outcome } from "#shared/quantum/state-result.ts";
import { ansatzTitle } from "#shared/quantum/vqe.ts";
import type { differenceIn } from "../../text/energy-unit.ts";

export interface EnergyRow {
  readonly name: string;
  /** null where it did not converge. */
  readonly energy_hartree: number | null;
  /** Above what the row belongs to; absent where it is no state above another. */
  readonly above_hartree?: number;
  readonly note: string;
}

/** A small difference in the unit that is read. */
export type SmallDifference = ReturnType<typeof differenceIn>;

const written = ({ textOf, unit }: SmallDifference, hartree: number): string => `${textOf(hartree)} ${unit}`;

const energyIf = (outcome: Outcome, energy: number): number | null =>
  outcome === "converged" ? energy : null;

const withOutcome = (outcome: Outcome, ...notes: readonly string[]): string =>
  [...(outcome === "converged" ? [] : ["not converged"]), ...notes.filter((note) => note !== "")].join(", ");

/** @param lowest null where the lowest state did not converge, above which none is known to lie */
const statesAbove = (name: string, states: readonly ExcitedState[], lowest: number | null): EnergyRow[] =>
  states.map(({ energy_hartree, spinSquare, outcome }, k) => ({
    name: `${name}, state ${k + 2}`,
    energy_hartree: energyIf(outcome, energy_hartree),
    ...(outcome === "converged" && lowest !== null && { above_hartree: energy_hartree - lowest }),
    note: withOutcome(outcome, `⟨S²⟩ ${spinSquare.toFixed(3)}`),
  }));

function exactRows(name: string, part: EnergyResult["casci"]): EnergyRow[] {
  if (!part) return [];
  const { outcome, energy_hartree, determinants, excited } = part;
  const note = withOutcome(outcome, `${determinants} determinants`);
  const energy = energyIf(outcome, energy_hartree);
  return [{ name, energy_hartree: energy, note }, ...statesAbove(name, excited, energy)];
}

function vqeRows(vqe: EnergyResult["vqe"]): EnergyRow[] {
  if (!vqe) return [];
  const { outcome, energy_hartree, ansatz, iterations, qubits, excited } = vqe;
  const note = withOutcome(outcome, ansatzTitle(ansatz), `${qubits} qubits`, `${iterations} iterations`);
  const energy = energyIf(outcome, energy_hartree);
  return [{ name: "VQE", energy_hartree: energy, note }, ...statesAbove("VQE", excited, energy)];
}

function coupledClusterRows(part: EnergyResult["coupledCluster"]): EnergyRow[] {
  if (!part) return [];
  const { outcome, energy_hartree, triples_hartree, t1Diagnostic } = part;
  const note = withOutcome(outcome, `T₁ ${t1Diagnostic.toFixed(4)}`);
  const total = energyIf(outcome, energy_hartree);
  if (triples_hartree === null) return [{ name: "CCSD", energy_hartree: total, note }];
  return [
    { name: "CCSD", energy_hartree: total === null ? null : total - triples_hartree, note },
    { name: "CCSD(T)", energy_hartree: total, note: "" },
  ];
}

function sciRows(sci: SciResult | null | undefined, small: SmallDifference): EnergyRow[] {
  if (!sci) return [];
  const [first] = sci.states;
  return sci.states.flatMap((state) => {
    const name = `Selected CI, ${spinName(state.multiplicity)} ${state.root}`;
    const isAbove = first !== undefined && state !== first && sci.outcome === "converged";
    const above = isAbove ? { above_hartree: state.energy_hartree - first.energy_hartree } : {};
    const best = state.extrapolated_hartree;
    const error = state.extrapolatedError_hartree;
    return [
      {
        name,
        energy_hartree: energyIf(sci.outcome, state.energy_hartree),
        ...above,
        note: withOutcome(sci.outcome, `${sci.determinants} determinants`),
      },
      ...(best === null || sci.outcome !== "converged"
        ? []
        : [
            {
              name: `${name}, extrapolated`,
              energy_hartree: best,
              note: error === null ? "" : `± ${written(small, error)}`,
            },
          ]),
    ];
  });
}

function spinRows({ multireference }: EnergyResult): EnergyRow[] {
  if (!multireference) return [];
  const { states, orbitals } = multireference;
  const reached = states.filter(({ outcome }) => outcome === "converged").map(totalEnergy);
  const lowest = Math.min(...reached);
  return states.map((state) => {
    const { multiplicity, root, outcome, pt2_hartree } = state;
    const isReached = outcome === "converged" && multireference.outcome === "converged";
    const total = totalEnergy(state);
    return {
      name: `${orbitals ? "CASSCF" : "CI"}${pt2_hartree === null ? "" : " + NEVPT2"}, ${spinName(multiplicity)} ${root}`,
      energy_hartree: isReached ? total : null,
      ...(isReached && total > lowest && { above_hartree: total - lowest }),
      note: withOutcome(
        isReached ? "converged" : "not-converged",
        `natural occupations ${state.naturalOccupations.map((n) => n.toFixed(3)).join(" ")}`,
      ),
    };
  });
}

function mp2Rows({ method }: EnergyRequest, { mp2 }: EnergyResult): EnergyRow[] {
  if (!mp2) return [];
  const note = mp2.nFrozenCore > 0 ? `${mp2.nFrozenCore} core orbitals frozen` : "";
  return [
    { name: "MP2", energy_hartree: mp2.energy_hartree, note },
    ...(isSpinScaled(method)
      ? [{ name: SPIN_SCALINGS[method].title, energy_hartree: scaledMp2Energy(method, mp2), note }]
      : []),
  ];
}

function fieldRows({ hartreeFock, dispersion }: EnergyResult, small: SmallDifference): EnergyRow[] {
  const { outcome, energy_hartree, kohnSham, solvent, stability } = hartreeFock;
  const error = kohnSham?.grid.error_hartree ?? null;
  const field = energyIf(outcome, energy_hartree);
  const note = withOutcome(
    outcome,
    stability?.verdict === "unstable" ? "a lower solution lies beside it" : "",
    error === null ? "" : `grid error up to ${written(small, error)}`,
  );
  return [
    { name: fieldTitle(hartreeFock), energy_hartree: field, note },
    ...(dispersion
      ? [
          {
            name: `with ${dispersionTitle(dispersion)}`,
            energy_hartree: field === null ? null : field + dispersion.energy_hartree,
            note: `dispersion ${written(small, dispersion.energy_hartree)}`,
          },
        ]
      : []),
    ...(solvent && solvent.solvation_hartree !== null && field !== null
      ? [
          {
            name: "without the solvent",
            energy_hartree: solvent.gasPhase_hartree,
            note: `${written(small, solvent.solvation_hartree)} by it; ε ${solvent.dielectric}, at the same geometry`,
          },
        ]
      : []),
  ];
}

/** Of one molecule, the cheapest first. */
export function energyRows(
  request: EnergyRequest,
  result: EnergyResult,
  small: SmallDifference,
): EnergyRow[] {
  const exact = result.multireference ? [] : exactRows("CASCI", result.casci);
  return [
    ...fieldRows(result, small),
    ...mp2Rows(request, result),
    ...coupledClusterRows(result.coupledCluster),
    ...exact,
    ...exactRows("FCI", result.fci),
    ...sciRows(result.sci, small),
    ...vqeRows(result.vqe),
    ...spinRows(result),
  ];
}

/** Of another program's Hamiltonian. */
export const hamiltonianRows = (
  { coupledCluster, fci, sci, vqe }: HamiltonianResult,
  small: SmallDifference,
): EnergyRow[] => [
  ...coupledClusterRows(coupledCluster),
  ...exactRows("FCI", fci),
  ...sciRows(sci, small),
  ...vqeRows(vqe),
];

/** What a person should know beside the numbers. */
export function resultWarnings(result: EnergyResult): string[] {
  const { notes, optimisation, vibrations, diagnostic, hartreeFock } = result;
  const imaginary = vibrations?.frequencies_per_cm.filter((wave) => wave < 0).length ?? 0;
  return [
    ...(hartreeFock.outcome === "converged"
      ? []
      : [
          `The field did not converge in ${hartreeFock.iterations} iterations: nothing that follows from it is given.`,
        ]),
    ...(optimisation?.outcome === "not-converged"
      ? ["The geometry did not converge: the energies are of where it ended."]
      : []),
    ...(vibrations?.outcome === "not-a-minimum"
      ? [
          `The geometry is a saddle, not a minimum: ${imaginary} imaginary ${imaginary === 1 ? "frequency" : "frequencies"}. No thermal terms.`,
        ]
      : []),
    ...(vibrations?.outcome === "not-converged"
      ? ["No vibrations: the geometry is not where the energy is stationary. Optimise it first."]
      : []),
    ...(diagnostic && diagnostic.route !== "single-reference" ? [diagnostic.reason] : []),
    ...notes,
  ];
}
