import { Button } from "@blueprintjs/core";
import type { CalculationId, CalculationStanding } from "#shared/quantum/calculation.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { hashOf } from "../../hooks/route.ts";
import { hartrees, integer, NONE, when } from "../../text/format.ts";
import { CalculationTag } from "./calculation-tag.tsx";
import { useCurrentCalculations, useKeptCalculations } from "./use-calculations.ts";

function Row({ calculation, isOpen }: { calculation: CalculationStanding; isOpen: boolean }) {
  const { id, name, title, energy_hartree, startedAt } = calculation;
  return (
    <tr aria-current={isOpen || undefined}>
      <td>
        <a href={hashOf({ page: "calculate", id })}>{name}</a>
      </td>
      <td>{title}</td>
      <td className="number">{energy_hartree === null ? NONE : hartrees(energy_hartree)}</td>
      <td>
        <CalculationTag calculation={calculation} />
      </td>
      <td className="muted">{when(startedAt)}</td>
    </tr>
  );
}

/** Those of this run of the program, and those that the notebook keeps, the newest first. */
export function CalculationList({ open }: { open: CalculationId | null }) {
  const current = useCurrentCalculations();
  const kept = useKeptCalculations();
  const error = current.error ?? kept.error;
  const retry = () => {
    void current.refetch();
    kept.refetch();
  };
  if (error) return <ErrorBanner error={error} retry={retry} />;
  if (!current.data || !kept.calculations) return null;
  const ids = new Set(kept.calculations.map(({ id }) => id));
  // One that was kept between the two answers is in both.
  const shown = [...current.data.filter(({ id }) => !ids.has(id)), ...kept.calculations];
  if (shown.length === 0)
    return (
      <section className="panel calculate-empty">
        <h2>Calculations</h2>
        <p className="muted">
          None yet. Type a SMILES, drop an XYZ file, a molfile or an FCIDUMP, choose a method, and press
          Calculate. It runs in the background; what it finds stays in this notebook, with the command line
          that does the same.
        </p>
      </section>
    );
  return (
    <section className="panel" aria-label="Calculations">
      <h2>Calculations</h2>
      <div className="calculation-scroll">
        <table className="calculation-table">
          <thead>
            <tr>
              <th>Molecule</th>
              <th>Level</th>
              <th className="number">E / Eh</th>
              <th>State</th>
              <th>Started</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <Row key={one.id} calculation={one} isOpen={one.id === open} />
            ))}
          </tbody>
        </table>
      </div>
      {kept.hasOlder && (
        <p className="calculation-more">
          <span className="muted">
            {integer(kept.calculations.length)} of {integer(kept.total)} in the notebook
          </span>
          <Button size="small" text="Older ones" loading={kept.isAwaited} onClick={kept.askForOlder} />
        </p>
      )}
    </section>
  );
}
