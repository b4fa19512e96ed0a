import { type ReactNode, useMemo, useState } from "react";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import { MapView } from "./map-view.tsx";
import { ParallelView } from "./parallel-view.tsx";
import type { PlotHandle } from "./plot-chart.tsx";
import { plotColumns } from "./plot-columns.ts";
import { PlotControls } from "./plot-controls.tsx";
import { PLOT_KINDS, usePlotShown } from "./plot-shown.ts";
import { columnOf, type PlotPanelProps, type PlotViewProps } from "./plot-view.ts";
import { DistributionView, ScatterView } from "./scatter-view.tsx";

const VIEWS: Readonly<Record<PlotViewProps["shown"]["kind"], (props: PlotViewProps) => ReactNode>> = {
  scatter: ScatterView,
  distribution: DistributionView,
  map: MapView,
  parallel: ParallelView,
};

/** A plot of the candidates of the table: what is chosen in the one is chosen in the other. */
export function PlotPanel(props: PlotPanelProps) {
  const { campaign } = props;
  const [choice] = useEnergyUnit();
  const columns = useMemo(() => plotColumns(campaign, choice), [campaign, choice]);
  const [shown, set] = usePlotShown(campaign.id);
  const [handle, setHandle] = useState<PlotHandle>();
  const kind = PLOT_KINDS.find((one) => one.kind === shown.kind)?.kind ?? "scatter";
  const View = VIEWS[kind];
  const titles =
    kind === "map" || kind === "parallel"
      ? [kind]
      : [shown.y, shown.x].map((id) => columnOf(columns, id)?.title);
  const name = [campaign.settings.name, ...titles].join(" ").replace(/[^\w.-]+/g, "-");
  return (
    <section className="plot-panel" aria-label="Plot">
      <PlotControls {...{ columns, shown, set, handle, name }} />
      <View {...props} {...{ columns, shown }} onHandle={setHandle} />
    </section>
  );
}
