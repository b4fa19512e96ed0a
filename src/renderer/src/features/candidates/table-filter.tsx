import { Button, InputGroup, SegmentedControl } from "@blueprintjs/core";
import { GridView, ListColumns, ScatterPlot, Search, Th } from "@blueprintjs/icons";
import type { ReactNode, RefObject } from "react";
import { CANDIDATE_STATES } from "#shared/campaign/candidate.ts";
import { type CandidateCounts, CandidateView } from "#shared/campaign/candidate-page.ts";
import { useKeys } from "../../hooks/use-keys.ts";

export const VIEW_TITLES: Readonly<Record<CandidateView, string>> = {
  all: "All",
  ranked: "Ranked",
  shortlisted: "Shortlisted",
  open: "Not evaluated",
  "filtered-out": CANDIDATE_STATES.rejected.title,
  rejected: "Rejected",
  failed: CANDIDATE_STATES.failed.title,
};

interface TableFilterProps {
  counts: CandidateCounts;
  view: CandidateView;
  onView(view: CandidateView): void;
  text: string;
  onText(text: string): void;
  search: RefObject<HTMLInputElement | null>;
  hasPlot: boolean;
  onPlot(hasPlot: boolean): void;
  /** Whether candidates are cards rather than rows. */
  isGrid: boolean;
  onGrid(isGrid: boolean): void;
  onColumns(): void;
  /** What else is chosen beside. */
  children: ReactNode;
}

/** Narrows the table by state and by text. */
export function TableFilter({
  counts,
  view,
  onView,
  text,
  onText,
  search,
  hasPlot,
  onPlot,
  isGrid,
  onGrid,
  onColumns,
  children,
}: TableFilterProps) {
  const views = CandidateView.options.map((name) => ({ name, count: counts[name] }));
  const shown = views.filter(
    ({ name, count }) => count > 0 || name === "all" || name === "ranked" || name === view,
  );
  useKeys(
    shown.map(({ name }, place) => ({
      combo: String(place + 1),
      label: `View: ${VIEW_TITLES[name]}`,
      run: () => onView(name),
    })),
  );
  return (
    <div className="table-filter">
      <SegmentedControl
        aria-label="Which candidates"
        size="small"
        options={shown.map(({ name, count }) => ({ value: name, label: `${VIEW_TITLES[name]} ${count}` }))}
        value={view}
        onValueChange={(value) => onView(value as CandidateView)}
      />
      <InputGroup
        className="table-search"
        type="search"
        size="small"
        leftIcon={<Search />}
        inputRef={search}
        aria-label="Find by name, SMILES, formula, InChIKey or reason"
        placeholder="SMILES, formula, rule…"
        value={text}
        onValueChange={onText}
        rightElement={<kbd className={text ? "hint hint-hidden" : "hint"}>/</kbd>}
      />
      <Button
        size="small"
        variant="minimal"
        icon={<ScatterPlot />}
        text="Plot"
        aria-label="Plot"
        active={hasPlot}
        aria-pressed={hasPlot}
        title="Plot of these candidates (p)"
        onClick={() => onPlot(!hasPlot)}
      />
      <Button
        size="small"
        variant="minimal"
        icon={<ListColumns />}
        text="Columns"
        aria-label="Columns"
        aria-haspopup="dialog"
        title="Which columns the table shows (shift + v)"
        onClick={onColumns}
      />
      {children}
      <Button
        size="small"
        variant="minimal"
        icon={isGrid ? <Th /> : <GridView />}
        text={isGrid ? "Table" : "Grid"}
        aria-label={isGrid ? "Table" : "Grid"}
        title={isGrid ? "Candidates as rows (v)" : "Candidates as cards (v)"}
        onClick={() => onGrid(!isGrid)}
      />
    </div>
  );
}
