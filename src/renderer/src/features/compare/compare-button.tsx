/** Opens the comparison of the candidates that are chosen. */
import { Button } from "@blueprintjs/core";
import { Comparison } from "@blueprintjs/icons";
import { useState } from "react";
import { MOST_COMPARED } from "#shared/campaign/comparison.ts";
import type { CandidateId } from "#shared/ids.ts";
import { useKeys } from "../../hooks/use-keys.ts";
import { CompareDialog } from "./compare-dialog.tsx";

/** @param ids in the order that they were chosen: the others are laid on the first */
export function CompareButton({ ids }: { ids: readonly CandidateId[] }) {
  const [isOpen, setOpen] = useState(false);
  const canCompare = ids.length >= 2 && ids.length <= MOST_COMPARED;
  const open = () => setOpen(true);
  useKeys(canCompare ? [{ combo: "b", label: "Compare the chosen candidates in 3D", run: open }] : []);
  return (
    <>
      <Button
        size="small"
        variant="minimal"
        icon={<Comparison />}
        text="Compare in 3D"
        title={canCompare ? "Side by side and superposed (b)" : `Two to ${MOST_COMPARED} can be compared`}
        disabled={!canCompare}
        onClick={open}
      />
      {isOpen && <CompareDialog ids={ids} onClose={() => setOpen(false)} />}
    </>
  );
}
