/** All candidates in one view, each hidden and shown by itself. */
import { Checkbox } from "@blueprintjs/core";
import { useMemo, useState } from "react";
import { Structures3d } from "../../components/molecule-3d/structures-3d.tsx";
import type { ShownStructure } from "../../components/molecule-3d/viewer.ts";
import { Caption, nameOf } from "./caption.tsx";
import { apartAtoms, CARBONS, type PlacedCandidate } from "./compared.ts";
import type { ArrangementProps } from "./side-by-side.tsx";

/** With its colour, and its number where it stands clear of the others. */
function numbered(placed: readonly PlacedCandidate[]): (ShownStructure & { place: number })[] {
  const atoms = apartAtoms(placed.map(({ molblock }) => molblock));
  return placed.map(({ molblock, place }, k) => ({
    place,
    format: "sdf",
    text: molblock,
    carbon: CARBONS[place]!, // as many as can be compared
    name: { text: String(place + 1), atom: atoms[k]! },
  }));
}

export function Superposed({ compared, placed, rows, ...view }: ArrangementProps) {
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const all = useMemo(() => numbered(placed), [placed]);
  const structures = useMemo(() => all.filter(({ place }) => !hidden.has(place)), [all, hidden]);
  const toggle = (place: number) => {
    const next = new Set(hidden);
    if (!next.delete(place)) next.add(place);
    setHidden(next);
  };
  return (
    <div className="compare-superposed">
      <div className="compare-canvas">
        <Structures3d
          structures={structures}
          label={`3D structures of ${structures.length} candidates, superposed`}
          {...view}
        />
      </div>
      <ol className="compare-legend" aria-label="Candidates">
        {compared.map((one, place) => {
          const row = rows.find(({ id }) => id === one.id);
          return (
            <li key={one.id}>
              <Checkbox
                checked={one.molblock !== null && !hidden.has(place)}
                disabled={one.molblock === null}
                aria-label={`Show candidate ${place + 1}, ${nameOf(row)}`}
                onChange={() => toggle(place)}
              >
                <span className="compare-swatch" style={{ background: CARBONS[place] }} aria-hidden="true" />
              </Checkbox>
              <Caption {...{ one, place, row, reference: placed[0] }} />
            </li>
          );
        })}
      </ol>
    </div>
  );
}
