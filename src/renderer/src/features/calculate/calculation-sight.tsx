import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { CalculationDetail } from "#shared/quantum/calculation.ts";
import { Chart } from "../../components/chart.tsx";
import { api } from "../../rpc/client.ts";
import { integer } from "../../text/format.ts";
import { energyLine } from "./energy-line.ts";
import { useDifferences } from "./energy-rows.tsx";
import { WayResult } from "./way-result.tsx";

const LIVE_MS = 500;

function CurveSoFar({ energies, frames }: { energies: readonly (number | null)[]; frames: number }) {
  const { unit } = useDifferences();
  const option = useMemo(
    () => energyLine({ name: "Frame", first: 1, last: frames, energies_hartree: energies, unit }),
    [energies, frames, unit],
  );
  return (
    <Chart
      option={option}
      label={`Energies of ${integer(energies.length)} of ${integer(frames)} frames so far.`}
    />
  );
}

/** What one that runs has found so far: an optimisation step by step, a curve point by point. */
export function SoFar({ calculation: { id, job, name } }: { calculation: CalculationDetail }) {
  const { data } = useQuery({
    ...api.calculations.sight.queryOptions({ input: { id } }),
    ...{ staleTime: 0, refetchInterval: LIVE_MS },
  });
  if (data?.way) return <WayResult way={data.way} id={id} name={name} />;
  if (job.kind === "curve" && data && data.energies_hartree.length > 0)
    return <CurveSoFar energies={data.energies_hartree} frames={job.requests.length} />;
  return null;
}

/** Whether there is anything to be seen before it is done. */
export const hasSight = ({ job }: CalculationDetail): boolean =>
  job.kind === "curve" || (job.kind === "energy" && job.request.optimise !== undefined);
