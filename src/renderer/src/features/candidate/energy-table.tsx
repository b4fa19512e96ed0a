/** Energies of every state by every method: a row for each state that was computed, a column for each method that says something. */
import {
  type Evaluation,
  isOwn,
  moleculeResult,
  type StateResult,
  valueBy,
} from "#shared/properties/evaluation.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { headWithUnit, METHOD_TITLES, shownAs } from "#shared/properties/property.ts";
import { ansatzTitle } from "#shared/quantum/vqe.ts";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import { differenceIn, readAs, readValue } from "../../text/energy-unit.ts";
import { hartrees } from "../../text/format.ts";
import { statedErrorOf } from "./gap.ts";
import { ENERGIES, type MethodName, shownMethods, shownStates } from "./shown-states.ts";

function noteOf(result: Evaluation, method: MethodName): string {
  const { vqe } = moleculeResult(result);
  const notes: Readonly<Record<MethodName, string>> = {
    "hartree-fock": "One determinant",
    functional: "Kohn–Sham, with the dispersion and in the solvent that the campaign names",
    mp2: "Correlation by second-order perturbation theory, not of the active electrons alone: not comparable with CASCI",
    casci: "Exact in the active space",
    nevpt2: "CASSCF with second-order perturbation theory, where the diagnostic asks for an active space",
    routed: "The number that candidates are ranked by",
    vqe: vqe ? `${ansatzTitle(vqe.ansatz)}, backend ${vqe.backend}` : "",
  };
  return notes[method];
}

/** An energy, and how far it is below Hartree–Fock in the same orbitals. */
function Energy({ state, method }: { state: StateResult; method: MethodName }) {
  const energy = ENERGIES[method](state);
  const below =
    energy !== undefined && method !== "hartree-fock" && method !== "functional" && isOwn(state)
      ? energy - state.hartreeFock.energy_hartree
      : null;
  const [choice] = useEnergyUnit();
  const difference = differenceIn(choice);
  return (
    <td>
      {hartrees(energy)}
      {below !== null && (
        <small title={`Less Hartree–Fock: ${differenceIn("kcal/mol").textOf(below)} kcal/mol`}>
          {difference.textOf(below)} {difference.unit}
        </small>
      )}
    </td>
  );
}

/** The property's number by a method, with what is to be said of it. */
function Answer({ result, method }: { result: Evaluation; method: MethodName }) {
  const property = declarationOf(result);
  const declared = property.values.find((value) => value.method === method);
  const [choice] = useEnergyUnit();
  const shown = readAs(shownAs(property), choice);
  const error = method === "vqe" ? statedErrorOf(result) : null;
  const remark = error === null ? declared?.remark : `± ${readValue(shown, error, 1)} by shots`;
  return (
    <td className="energy-answer" title={declared?.note}>
      {readValue(shown, valueBy(result, method), 1)}
      {remark && <small>{remark}</small>}
    </td>
  );
}

export function EnergyTable({ result }: { result: Evaluation }) {
  const property = declarationOf(result);
  const { title, definition, abbreviation } = property;
  const [choice] = useEnergyUnit();
  const { unit } = readAs(shownAs(property), choice);
  const states = shownStates(result);
  const methods = shownMethods(result, states);
  return (
    <table className="energy-table">
      <thead>
        <tr>
          <th scope="col">
            State, energies in E<sub>h</sub>
          </th>
          {methods.map((method) => (
            <th key={method} scope="col" title={noteOf(result, method)}>
              {METHOD_TITLES[method]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {states.map((state) => (
          <tr key={state.name}>
            <th scope="row">{state.title}</th>
            {methods.map((method) => (
              <Energy key={method} state={state.result} method={method} />
            ))}
          </tr>
        ))}
      </tbody>
      {result.definition?.kind !== "composite" && (
        <tfoot>
          <tr>
            <th scope="row" title={`${title}: ${definition}`}>
              {headWithUnit(abbreviation, unit, " / ")}
            </th>
            {methods.map((method) => (
              <Answer key={method} result={result} method={method} />
            ))}
          </tr>
        </tfoot>
      )}
    </table>
  );
}
