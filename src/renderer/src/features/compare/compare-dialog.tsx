/** Up to six candidates in space: side by side, turned as one, or superposed. */
import { Dialog, SegmentedControl, Spinner } from "@blueprintjs/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import type { ComparedCandidate } from "#shared/campaign/comparison.ts";
import type { CandidateId } from "#shared/ids.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { createCameraLink } from "../../components/molecule-3d/camera-link.ts";
import { ViewTools } from "../../components/molecule-3d/view-tools.tsx";
import type { Style } from "../../components/molecule-3d/viewer.ts";
import { useViewer } from "../../components/reviewer.tsx";
import { api } from "../../rpc/client.ts";
import { companyOf, placedOnes } from "./compared.ts";
import { SideBySide } from "./side-by-side.tsx";
import { Superposed } from "./superposed.tsx";

const ARRANGEMENTS = [
  { value: "beside", label: "Side by side" },
  { value: "superposed", label: "Superposed" },
];

interface ComparisonProps {
  compared: readonly ComparedCandidate[];
  rows: readonly CandidateRow[];
}

function Comparison({ compared, rows }: ComparisonProps) {
  const [arrangement, setArrangement] = useState("beside");
  const [chosen, setStyle] = useState<Style>();
  // On one another balls hide what lies within.
  const style = chosen ?? (arrangement === "beside" ? "ball-and-stick" : "stick");
  const placed = useMemo(() => placedOnes(compared), [compared]);
  const company = useMemo(() => companyOf(placed), [placed]);
  const link = useMemo(createCameraLink, []);
  const shown = { compared, placed, rows, company, style, link };
  return (
    <>
      <div className="compare-tools">
        <SegmentedControl
          size="small"
          aria-label="Arrangement"
          options={ARRANGEMENTS}
          value={arrangement}
          onValueChange={setArrangement}
        />
        <ViewTools style={style} onStyle={setStyle} onReset={link.reset} />
        <span className="muted">Geometries as embedded, in the order chosen; seen from the same side.</span>
      </div>
      {arrangement === "beside" ? <SideBySide {...shown} /> : <Superposed {...shown} />}
    </>
  );
}

export function CompareDialog({ ids, onClose }: { ids: readonly CandidateId[]; onClose(): void }) {
  const compared = useQuery(api.candidates.compare.queryOptions({ input: { ids: [...ids] } }));
  const rows = useQuery(api.candidates.some.queryOptions({ input: { ids: [...ids], ...useViewer() } }));
  const failed = [compared, rows].find(({ error }) => error);
  return (
    <Dialog isOpen onClose={onClose} title={`${ids.length} candidates in 3D`} className="compare-dialog">
      {failed?.error && <ErrorBanner error={failed.error} retry={() => void failed.refetch()} />}
      {compared.data && rows.data ? (
        <Comparison compared={compared.data} rows={rows.data} />
      ) : (
        !failed && <Spinner className="page-spinner" />
      )}
    </Dialog>
  );
}
