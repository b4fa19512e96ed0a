import { Callout } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { type Evaluation, moleculeResult, stateOf } from "#shared/properties/evaluation.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { tierNotes, tierOf } from "#shared/quantum/job-words.ts";
import { type CasciResult, type VqeResult, vqeBound } from "#shared/quantum/state-result.ts";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import { differenceIn } from "../../text/energy-unit.ts";
import { duration, integer, NONE, scientific, typeset } from "../../text/format.ts";

interface State {
  title: string;
  vqe: VqeResult;
  casci: CasciResult;
}

interface Fact {
  name: ReactNode;
  /** What it says of the calculation, shown on hover. */
  note: string;
  value(state: State): string;
}

type Difference = ReturnType<typeof differenceIn>;
const KCAL = differenceIn("kcal/mol");

/** What VQE misses, in the unit that is read and in the one of chemical accuracy. */
const gapsIn = ({ unit, textOf }: Difference): readonly Fact[] => [
  {
    name: `VQE − CASCI / ${unit}`,
    note: "What the ansatz misses of the exact energy in the same active space",
    value: ({ vqe, casci }) => textOf(vqe.energy_hartree - vqeBound(casci)),
  },
  ...(unit === KCAL.unit
    ? []
    : [
        {
          name: `the same / ${KCAL.unit}`,
          note: "1 kcal/mol is customarily called chemical accuracy",
          value: ({ vqe, casci }: State) => KCAL.textOf(vqe.energy_hartree - vqeBound(casci)),
        },
      ]),
];

const FACTS: readonly Fact[] = [
  {
    name: (
      <>
        Largest gradient / E<sub>h</sub>
      </>
    ),
    note: "Of the energy by a parameter, where the minimisation ended",
    value: ({ vqe }) => scientific(vqe.gradientNorm),
  },
  {
    name: "⟨S²⟩",
    note: "0 for a singlet, 0.75 for a doublet; VQE keeps the number of electrons of each spin, not the spin",
    value: ({ vqe }) => typeset(vqe.spinSquare, 4),
  },
  {
    name: "Largest amplitude / rad",
    note: "Far from small where one determinant is a poor start",
    value: ({ vqe }) => typeset(vqe.largestAmplitude_radian, 4),
  },
  {
    name: "Iterations, parameters",
    note: "Of the minimisation; ADAPT counts operators",
    value: ({ vqe }) => `${integer(vqe.iterations)}, ${integer(vqe.nParameters)}`,
  },
  {
    name: "Qubits, tapered",
    note: "Two for each active orbital, and what is left when symmetries are taken out",
    value: ({ vqe }) => `${vqe.qubits}, ${vqe.qubitsTapered}`,
  },
  {
    name: "Gates, on two qubits",
    note: "Of the ansatz as a circuit; CNOT and CZ count as gates on two qubits",
    value: ({ vqe }) => `${integer(vqe.gates)}, ${integer(vqe.twoQubitGates)}`,
  },
  {
    name: "Circuit depth",
    note: "The longest chain of gates that share qubits",
    value: ({ vqe }) => integer(vqe.depth),
  },
  {
    name: "Time of VQE, of CASCI",
    note: "Of the VQE, and of the exact diagonalisation that gives the CASCI energy",
    value: ({ vqe, casci }) => `${duration(vqe.wallTime_ms)}, ${duration(casci.wallTime_ms)}`,
  },
];

/** Shown where something was measured with shots. */
const measuredIn = ({ unit, textOf }: Difference): readonly Fact[] => [
  { name: "Shots", note: "Measurements of the circuit in all", value: ({ vqe }) => integer(vqe.shots) },
  {
    name: `Stated error / ${unit}`,
    note: "Standard error by the spread of the shots; it does not hold what noise adds",
    value: ({ vqe }) => textOf(vqe.statedError_hartree),
  },
  {
    name: `Measured − noiseless / ${unit}`,
    note: "What shots and noise did to the energy at the same parameters",
    value: ({ vqe }) =>
      vqe.noiseless_hartree === null ? NONE : textOf(vqe.energy_hartree - vqe.noiseless_hartree),
  },
];

/** Shown where a device was asked. */
const TIER: Fact = {
  name: "Measured by",
  note: "The backend that was asked, or what stood in for it",
  value: ({ vqe }) => tierOf(vqe),
};

const SEED: Fact = {
  name: "Seed",
  note: "Of random starts and shots: the same seed gives the same numbers",
  value: ({ vqe }) => (vqe.seed === null ? NONE : String(vqe.seed)),
};

/** Where the active orbitals come from. */
function Space({ result }: { result: Evaluation }) {
  const space = moleculeResult(result).activeSpace;
  if (!space?.reason) return null;
  return (
    <p className="caption muted">
      Active space: {space.reason}
      {space.largestDiscardedOccupation !== null &&
        ` Largest natural occupation left out: ${typeset(space.largestDiscardedOccupation, 4)}.`}
    </p>
  );
}

/** Why the local sampler stood in for a device, or shots are missing. */
function Tiers({ states }: { states: readonly State[] }) {
  const notes = states.flatMap(({ title, vqe }) => tierNotes(vqe).map((note) => `${title}: ${note}.`));
  if (notes.length === 0) return null;
  return (
    <Callout intent="warning" compact>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </Callout>
  );
}

/** What there is to say of the VQE beside its energy, for each state. */
export function VqeFacts({ result }: { result: Evaluation }) {
  const states = declarationOf(result).states.flatMap(({ name, title }): State[] => {
    const { vqe, casci } = stateOf(result, name);
    return vqe && casci ? [{ title, vqe, casci }] : [];
  });
  const [choice] = useEnergyUnit();
  if (states.length === 0) return null;
  const difference = differenceIn(choice);
  const isMeasured = states.some(({ vqe }) => vqe.shots !== null);
  const isSeeded = states.some(({ vqe }) => vqe.seed !== null);
  const isAsked = states.some(({ vqe }) => vqe.jobs !== undefined);
  const facts = [
    ...gapsIn(difference),
    ...FACTS,
    ...(isMeasured ? measuredIn(difference) : []),
    ...(isSeeded ? [SEED] : []),
    ...(isAsked ? [TIER] : []),
  ];
  return (
    <section>
      <h3>VQE in detail</h3>
      <table className="energy-table">
        <thead>
          <tr>
            <td />
            {states.map(({ title }) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {facts.map(({ name, note, value }) => (
            <tr key={note} title={note}>
              <th scope="row">{name}</th>
              {states.map((state) => (
                <td key={state.title}>{value(state)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Tiers states={states} />
      <Space result={result} />
    </section>
  );
}
