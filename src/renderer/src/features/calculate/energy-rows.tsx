import { READABLE_PER_HARTREE } from "#shared/units.ts";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import type { ReadableUnit } from "../../text/energy-unit.ts";
import { NONE, typeset } from "../../text/format.ts";
import type { EnergyRow } from "./result-rows.ts";

const DIGITS: Readonly<Record<ReadableUnit, number>> = {
  eV: 4,
  "kcal/mol": 2,
  "kJ/mol": 2,
  Eh: 6,
  "cm⁻¹": 0,
};

/** The unit of differences, and how a difference of energies is written in it. */
export function useDifferences(): { unit: ReadableUnit; textOf(hartree: number | null | undefined): string } {
  const [choice] = useEnergyUnit();
  const unit = choice === "usual" ? "eV" : choice;
  return {
    unit,
    textOf: (value) =>
      typeset(
        value === null || value === undefined ? null : value * READABLE_PER_HARTREE[unit],
        DIGITS[unit],
      ),
  };
}

const TOTAL_DIGITS = 8;

/** Energies by method, the cheapest first; states with how far they lie above. */
export function EnergyRows({ rows }: { rows: readonly EnergyRow[] }) {
  const { unit, textOf } = useDifferences();
  const hasStates = rows.some(({ above_hartree }) => above_hartree !== undefined);
  return (
    <table className="energy-table">
      <thead>
        <tr>
          <th>Method</th>
          <th className="number">E / Eh</th>
          {hasStates && <th className="number">above / {unit}</th>}
          <th>Remarks</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, energy_hartree, above_hartree, note }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="number">
              {energy_hartree === null ? NONE : typeset(energy_hartree, TOTAL_DIGITS)}
            </td>
            {hasStates && (
              <td className="number">{above_hartree === undefined ? "" : textOf(above_hartree)}</td>
            )}
            <td className="muted">{note}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
