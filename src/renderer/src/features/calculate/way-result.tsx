import { Button } from "@blueprintjs/core";
import { useMemo } from "react";
import { formatXyz } from "#shared/molecule/xyz.ts";
import type { CalculationJob } from "#shared/quantum/calculation.ts";
import type { OptimisationWay } from "#shared/quantum/way.ts";
import { Chart } from "../../components/chart.tsx";
import { Molecule3d } from "../../components/molecule-3d/molecule-3d.tsx";
import { integer, typeset } from "../../text/format.ts";
import { wayLines } from "./energy-line.ts";
import { useDifferences } from "./energy-rows.tsx";
import { calculateThis } from "./use-draft.ts";

interface WayResultProps {
  way: OptimisationWay;
  /** Of the calculation: its structures are seen from one side. */
  id: string;
  name: string;
}

/** The atoms where they are now, and how the energy came down. */
export function WayResult({ way: { points, geometry }, id, name }: WayResultProps) {
  const { unit } = useDifferences();
  const option = useMemo(() => wayLines(points, unit), [points, unit]);
  const steps = points.length - 1;
  const last = points.at(-1);
  const text = useMemo(() => formatXyz(geometry), [geometry]);
  return (
    <>
      <Molecule3d structure={{ format: "xyz", text }} motion={id} label={`${name} at step ${steps}`} />
      <Chart option={option} label={`Energy and largest gradient of ${steps} steps of the optimisation.`} />
      <p className="caption muted">
        {integer(steps)} {steps === 1 ? "step" : "steps"}; E = {typeset(last?.energy_hartree, 8)} Eh, largest
        gradient {last?.gradient_hartree_per_bohr.toExponential(1)} Eh/bohr
      </p>
    </>
  );
}

/** Puts the atoms into the form where they were when it was cancelled, with the method and the basis set that moved them. */
export function GoOn({
  way,
  job,
}: {
  way: OptimisationWay;
  job: Extract<CalculationJob, { kind: "energy" }>;
}) {
  const { charge, multiplicity, method, dispersion, basis, ownBasis } = job.request;
  const ofBasis = ownBasis
    ? { basisFile: { name: basis, text: ownBasis.text }, functions: ownBasis.functions }
    : { basis, basisFile: null };
  const begin = () =>
    calculateThis({
      text: formatXyz(way.geometry, job.name, { charge, multiplicity }),
      ...{ fileName: null, charge: null, multiplicity: null, optimise: true },
      ...(dispersion === "hf-3c"
        ? { method: dispersion }
        : { method, dispersion: dispersion !== undefined, ...ofBasis }),
    });
  return <Button size="small" text="Go on from here" onClick={begin} />;
}
