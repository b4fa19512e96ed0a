import { Callout } from "@blueprintjs/core";
import { useMemo } from "react";
import type { CalculationJob } from "#shared/quantum/calculation.ts";
import type { EnergyCurve } from "#shared/quantum/energy-curve.ts";
import { methodEnergy } from "#shared/quantum/method-energy.ts";
import { Chart } from "../../components/chart.tsx";
import { typeset } from "../../text/format.ts";
import { energyLine } from "./energy-line.ts";
import { useDifferences } from "./energy-rows.tsx";

interface CurveResultProps {
  job: Extract<CalculationJob, { kind: "curve" }>;
  curve: EnergyCurve;
}

/** Energies along a curve; a frame that did not converge is a gap, and breaks are said. */
export function CurveResult({ job, curve }: CurveResultProps) {
  const { unit, textOf } = useDifferences();
  const energies = useMemo(
    () => curve.points.map((point, k) => methodEnergy(job.requests[k]!, point)), // a point for each request
    [job, curve],
  );
  const lowest = Math.min(...energies.filter((energy) => energy !== null));
  const option = useMemo(
    () => energyLine({ name: "Frame", first: 1, energies_hartree: energies, unit }),
    [energies, unit],
  );
  const missing = energies.filter((energy) => energy === null).length;
  return (
    <>
      {curve.breaks.map(({ frames: [k, next], reason, size_hartree }) => (
        <Callout key={k} compact intent="warning">
          Not smooth between frames {k + 1} and {next + 1}:{" "}
          {reason === "solution" ? "the field's solutions do not lead to each other" : "the energy jumps"}, by{" "}
          {textOf(size_hartree)} {unit}.
        </Callout>
      ))}
      {missing > 0 && (
        <Callout compact intent="warning">
          {missing === 1 ? "One frame" : `${missing} frames`} did not converge.
        </Callout>
      )}
      <Chart option={option} label={`Energy above the lowest of ${energies.length} frames.`} />
      <div className="calculation-scroll">
        <table className="calculation-table">
          <thead>
            <tr>
              <th className="number">Frame</th>
              <th className="number">E / Eh</th>
              <th className="number">above / {unit}</th>
            </tr>
          </thead>
          <tbody>
            {energies.map((energy, k) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a frame is known by its place.
              <tr key={k}>
                <td className="number">{k + 1}</td>
                <td className="number">{typeset(energy, 8)}</td>
                <td className="number">{textOf(energy === null ? null : energy - lowest)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
