/** Each candidate in a view of its own, all seen from the same side. */
import { useMemo } from "react";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import type { ComparedCandidate } from "#shared/campaign/comparison.ts";
import type { CameraLink } from "../../components/molecule-3d/camera-link.ts";
import { Structures3d } from "../../components/molecule-3d/structures-3d.tsx";
import type { Company, Style } from "../../components/molecule-3d/viewer.ts";
import { Caption, nameOf } from "./caption.tsx";
import type { PlacedCandidate } from "./compared.ts";

export interface ArrangementProps {
  compared: readonly ComparedCandidate[];
  /** Those that have a geometry. */
  placed: readonly PlacedCandidate[];
  rows: readonly CandidateRow[];
  company: Company;
  style: Style;
  link: CameraLink;
}

interface OneProps extends Pick<ArrangementProps, "company" | "style" | "link"> {
  molblock: string;
  label: string;
}

function One({ molblock, ...view }: OneProps) {
  const structures = useMemo(() => [{ format: "sdf", text: molblock } as const], [molblock]);
  return <Structures3d structures={structures} {...view} />;
}

export function SideBySide({ compared, placed, rows, ...view }: ArrangementProps) {
  return (
    <div className={`compare-views compare-${compared.length > 4 ? 6 : compared.length > 2 ? 4 : 2}`}>
      {compared.map((one, place) => {
        const row = rows.find(({ id }) => id === one.id);
        const label = `3D structure of candidate ${place + 1}, ${nameOf(row)}`;
        return (
          <figure key={one.id}>
            <div className="compare-canvas">
              {one.molblock === null ? null : <One molblock={one.molblock} label={label} {...view} />}
            </div>
            <figcaption>
              <Caption {...{ one, place, row, reference: placed[0] }} />
            </figcaption>
          </figure>
        );
      })}
    </div>
  );
}
