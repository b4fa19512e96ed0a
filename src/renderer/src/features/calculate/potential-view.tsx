/** The electrostatic potential on a surface of the density, and what its colours mean. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { CalculationId } from "#shared/quantum/calculation.ts";
import type { PotentialSurface } from "#shared/quantum/orbitals.ts";
import { READABLE_PER_HARTREE } from "#shared/units.ts";
import type { Viewer } from "../../components/molecule-3d/viewer.ts";
import { useDark } from "../../hooks/use-dark.ts";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import { api } from "../../rpc/client.ts";
import type { ReadableUnit } from "../../text/energy-unit.ts";
import { typeset } from "../../text/format.ts";
import { potentialScale, shade, shadesOf } from "./potential-scale.ts";

const DIGITS: Readonly<Record<ReadableUnit, number>> = {
  eV: 2,
  "kcal/mol": 1,
  "kJ/mol": 0,
  Eh: 4,
  "cm⁻¹": 0,
};

/** As a person reads it: customarily in kcal/mol for a unit charge. */
function useReading() {
  const [choice] = useEnergyUnit();
  const unit = choice === "usual" ? "kcal/mol" : choice;
  const textOf = (value: number): string => {
    const text = typeset(value * READABLE_PER_HARTREE[unit], DIGITS[unit]);
    return value > 0 ? `+${text}` : text;
  };
  return { unit, textOf };
}

/** @param asked undefined where it is not drawn */
export function usePotential(
  viewer: Viewer | undefined,
  asked: { id: CalculationId; isovalue: number } | undefined,
) {
  const dark = useDark();
  const { textOf } = useReading();
  const query = useQuery({
    ...api.calculations.potential.queryOptions({
      input: asked ?? { id: "", isovalue: 1 },
      placeholderData: keepPreviousData,
    }),
    enabled: asked !== undefined,
    gcTime: 60_000,
  });
  const data = asked && query.data;
  const { isError } = query;
  const { least = 0, most = 0 } = data ? potentialScale(data.potential_hartree_per_e) : {};
  const [low, high] = [least, most].map((vertex) => textOf(data?.potential_hartree_per_e[vertex] ?? 0)) as [
    string,
    string,
  ];
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ground's colour is read anew when the theme changes.
  useEffect(() => {
    if (!viewer || !asked) return;
    if (isError || !data) return viewer.drawSurfaces([]);
    const { mesh, potential_hartree_per_e: values } = data;
    const colour = shadesOf(values, potentialScale(values));
    const notes = [
      { text: low, vertex: least },
      { text: high, vertex: most },
    ];
    viewer.drawSurfaces([{ mesh, colour, ...(values.length > 0 && { notes }) }]);
  }, [viewer, data, isError, low, high, dark]);
  return query;
}

const BAR = `linear-gradient(to right, ${[-1, -0.5, 0, 0.5, 1].map(shade).join(", ")})`;

export function PotentialLegend({
  surface: { potential_hartree_per_e: values },
}: {
  surface: PotentialSurface;
}) {
  const { unit, textOf } = useReading();
  if (values.length === 0) return <p className="muted">No surface has this density.</p>;
  const { from, to, least, most } = potentialScale(values);
  return (
    <figure className="potential-legend">
      <div className="potential-bar" style={{ background: BAR }} aria-hidden="true" />
      <div className="potential-ticks number" aria-hidden="true">
        <span>{textOf(from)}</span>
        <span>{textOf((from + to) / 2)}</span>
        <span>{textOf(to)}</span>
      </div>
      <figcaption>
        Potential from {textOf(values[least] ?? 0)} to {textOf(values[most] ?? 0)} {unit} for a unit charge;
        both are marked on the surface. A positive charge is drawn to where it is low.
      </figcaption>
    </figure>
  );
}
