import { AnchorButton, type Intent, NonIdealState, SegmentedControl, Tag } from "@blueprintjs/core";
import { useState } from "react";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import type { ReviewStanding, StandingState } from "#shared/campaign/review-process.ts";
import { parseCandidateId } from "#shared/ids.ts";
import { VerdictTag } from "../../components/state-tag.tsx";
import { Structure2d } from "../../components/structure-2d.tsx";
import { hashOf } from "../../hooks/route.ts";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import { shownValues } from "../../text/property-values.ts";
import { smilesOf } from "../../text/smiles-of.ts";

const STATES: Readonly<Record<StandingState, [Intent, string]>> = {
  disagreement: ["danger", "Disagreement"],
  "awaiting-second": ["warning", "Awaiting a second reviewer"],
  agreed: ["success", "Agreed"],
  unreviewed: ["none", "Not reviewed"],
};
const SHOWN = ["disagreement", "awaiting-second", "agreed"] as const;
type Shown = "all" | (typeof SHOWN)[number];
const TITLES: Readonly<Record<Shown, string>> = {
  all: "All",
  disagreement: "Disagreements",
  "awaiting-second": "Awaiting a second",
  agreed: "Settled",
};

/** One person alone agrees with nobody. */
const titleOf = ({ state, verdicts }: ReviewStanding): string =>
  state === "agreed" && verdicts.length === 1 ? "One verdict" : STATES[state][1];

const linkTo = ({ candidateId }: ReviewStanding): string => {
  const { campaign, index } = parseCandidateId(candidateId);
  return hashOf({ page: "campaign", id: campaign, candidate: index });
};

function Standing({ standing, row }: { standing: ReviewStanding; row: CandidateRow | undefined }) {
  const [intent] = STATES[standing.state];
  const [choice] = useEnergyUnit();
  return (
    <li className="standing">
      <a className="standing-link" href={linkTo(standing)}>
        {row?.identity ? <Structure2d smiles={row.identity.canonicalSmiles} /> : <span />}
        <span className="standing-molecule">
          <code>{row ? smilesOf(row) : standing.candidateId}</code>
          <span className="muted">
            {row?.rank != null && `#${row.rank} · `}
            {row &&
              shownValues(row.values, null, choice)
                .map(({ text, unit }) => `${text} ${unit}`.trimEnd())
                .join(" · ")}
          </span>
        </span>
      </a>
      <span className="standing-verdicts">
        {standing.verdicts.map(({ reviewer, verdict, reason }) => (
          <span key={reviewer} className="standing-verdict">
            <span className="standing-reviewer" title={reviewer}>
              {reviewer}
            </span>
            <VerdictTag verdict={verdict} />
            {reason && (
              <small className="standing-reason muted" title={reason}>
                {reason}
              </small>
            )}
          </span>
        ))}
      </span>
      <Tag minimal round intent={intent}>
        {titleOf(standing)}
      </Tag>
    </li>
  );
}

interface StandingListProps {
  standings: readonly ReviewStanding[];
  rows: ReadonlyMap<string, CandidateRow>;
  /** The address of the campaign. */
  candidates: string;
}

/** Where every reviewed candidate stands; disagreements first, because they need people most. */
export function StandingList({ standings, rows, candidates }: StandingListProps) {
  const [shown, setShown] = useState<Shown>("all");
  const of = (state: Shown) => standings.filter((standing) => state === "all" || standing.state === state);
  const ordered = SHOWN.flatMap((state) => of(state)).filter(
    ({ state }) => shown === "all" || state === shown,
  );
  if (standings.length === 0)
    return (
      <NonIdealState
        className="standing-empty"
        title="No verdict yet"
        description="Open a candidate and press s, m or r: shortlist, maybe, reject."
        action={<AnchorButton intent="primary" text="To the candidates" href={candidates} />}
      />
    );
  return (
    <>
      <SegmentedControl
        aria-label="Which candidates"
        size="small"
        options={(["all", ...SHOWN] as const).map((value) => ({
          value,
          label: `${TITLES[value]} ${of(value).length}`,
        }))}
        value={shown}
        onValueChange={(value) => setShown(value as Shown)}
      />
      <ul className="standings" aria-label={TITLES[shown]}>
        {ordered.map((standing) => (
          <Standing key={standing.candidateId} standing={standing} row={rows.get(standing.candidateId)} />
        ))}
      </ul>
      {ordered.length === 0 && <p className="muted">None.</p>}
    </>
  );
}
