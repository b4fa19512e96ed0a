/** The molecules of the table in a plane, like ones together. */
import { Spinner } from "@blueprintjs/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ChemicalMap } from "#shared/campaign/chemical-map.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { api } from "../../rpc/client.ts";
import { integer } from "../../text/format.ts";
import { mapSentence } from "../../text/map-sentence.ts";
import { columnOf, type PlotViewProps } from "./plot-view.ts";
import { PointsView } from "./points-view.tsx";
import { besideOf, usePlotNumbers } from "./use-plot-numbers.ts";

const X = { id: "map x", title: "Map, across" };
const Y = { id: "map y", title: "Map, up" };
const NO_FRONT = { places: [], isFalling: false };

/** Places on the map of candidates by their indices; NaN of those that are not on it. */
function placesOf(map: ChemicalMap, indices: Int32Array): { x: Float64Array; y: Float64Array } {
  const places = new Int32Array((map.indices.at(-1) ?? -1) + 1).fill(-1);
  for (const [k, index] of map.indices.entries()) places[index] = k;
  const of = (side: Float64Array) =>
    Float64Array.from(indices, (index) => side[places[index] ?? -1] ?? Number.NaN);
  return { x: of(map.x), y: of(map.y) };
}

export function MapView({ campaign, asked, columns, shown, ...view }: PlotViewProps) {
  const { id: campaignId, counts } = campaign;
  const map = useQuery({
    ...api.candidates.map.queryOptions({ input: { campaignId }, placeholderData: keepPreviousData }),
    queryKey: ["map", campaignId, counts.proposed],
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const [colour, size] = [columnOf(columns, shown.colour), columnOf(columns, shown.size)];
  const wanted = useMemo(() => {
    const named = [colour, size].filter((one) => one !== undefined);
    // Which candidates there are comes with any number.
    return named.length > 0 ? named : [columns[0]!];
  }, [colour, size, columns]);
  const { numbers: read, error } = usePlotNumbers(campaignId, asked, wanted);
  const { data } = map;
  const drawn = useMemo(() => {
    if (!read || !data) return undefined;
    return {
      numbers: { indices: read.indices, ...placesOf(data, read.indices) },
      colour: besideOf(read, wanted, colour),
      size: besideOf(read, wanted, size),
    };
  }, [read, data, wanted, colour, size]);
  const failed = map.error ?? error;
  if (failed) return <ErrorBanner error={failed} retry={() => void map.refetch()} />;
  if (!drawn || !data)
    return (
      <div className="plot-chart plot-waits" role="status">
        <Spinner size={24} />
        Laying out the molecules. It is done once, and kept.
      </div>
    );
  const all = integer(drawn.numbers.indices.length);
  return (
    <PointsView
      {...view}
      {...drawn}
      x={X}
      y={Y}
      isBare
      beside={<p className="plot-note muted">{mapSentence(data.made)}</p>}
      front={NO_FRONT}
      open={view.selected}
      hasDiagonal={false}
      label={(count) => `Map of chemical space, ${integer(count)} candidates.`}
      note={(count) => `${integer(count)} of ${all} are on the map`}
    />
  );
}
