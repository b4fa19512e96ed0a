import { Tag } from "@blueprintjs/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { CampaignSettings } from "#shared/campaign/campaign.ts";
import { levelOf } from "#shared/campaign/rungs.ts";
import type { PropertyRange, SearchHit } from "#shared/campaign/search.ts";
import type { CampaignId } from "#shared/ids.ts";
import { Formula } from "../../components/formula.tsx";
import { VerdictTag } from "../../components/state-tag.tsx";
import { Structure2d } from "../../components/structure-2d.tsx";
import { navigate } from "../../hooks/route.ts";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import { typeset } from "../../text/format.ts";
import { shownValues } from "../../text/property-values.ts";
import { smilesOf } from "../candidates/columns.tsx";
import { reasonOf } from "../candidates/reason.ts";
import { askedNumbers } from "./asked-numbers.ts";

const ROW_HEIGHT = 68;
/** Rows that show, where there are as many, however long the form is. */
const LEAST_ROWS = 2;
const BORDERS = 2;

const openHit = ({ candidate }: SearchHit): void =>
  navigate({ page: "campaign", id: candidate.campaignId, candidate: candidate.proposal.index });

interface HitProps {
  hit: SearchHit;
  /** Settings of its campaign, where they are known. */
  settings: CampaignSettings | undefined;
  /** What the search asked about. */
  ranges: readonly PropertyRange[];
}

function Hit({ hit: { candidate, similarity }, settings, ranges }: HitProps) {
  const { identity, descriptors, rank, values, review } = candidate;
  const [choice] = useEnergyUnit();
  const reason = reasonOf(candidate);
  const numbers = askedNumbers(descriptors, ranges);
  const campaign = settings?.name ?? "";
  const named = settings ? levelOf(settings, candidate.rung ?? 0) : null;
  return (
    <>
      {identity ? <Structure2d smiles={identity.canonicalSmiles} /> : <span />}
      <span className="hit-molecule">
        <code>{smilesOf(candidate)}</code>
        <span className="muted">
          {descriptors && (
            <>
              <Formula text={descriptors.formula} /> ·{" "}
            </>
          )}
          {[campaign, ...numbers, ...(reason ? [reason] : [])].join(" · ")}
        </span>
      </span>
      <span className="hit-number">
        {shownValues(values, named, choice).map(({ property, text, unit }) => (
          <span key={property.id} title={property.title}>
            <b>{text}</b> {unit}
          </span>
        ))}
        {rank !== null && <small title={`Of "${campaign}"`}>rank {rank}</small>}
      </span>
      <span className="hit-number">
        {similarity !== null && (
          <Tag minimal round title="Tanimoto similarity">
            {typeset(similarity, 2)}
          </Tag>
        )}
      </span>
      <span>{review && <VerdictTag verdict={review.verdict} />}</span>
    </>
  );
}

interface HitListProps {
  hits: readonly SearchHit[];
  ranges: readonly PropertyRange[];
  campaigns: ReadonlyMap<CampaignId, CampaignSettings>;
}

/** The hits, by mouse or by arrow keys and Enter; only those in sight are in the page. */
export function HitList({ hits, ranges, campaigns }: HitListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const virtual = useVirtualizer({
    count: hits.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  // From a search straight to its hits, unless the person is already somewhere else.
  useEffect(() => {
    if (document.activeElement === document.body) scroller.current?.focus();
  }, []);
  const place = Math.min(at, hits.length - 1);
  const walk = (event: KeyboardEvent) => {
    const hit = hits[place];
    if (event.key === "Enter" && hit) openHit(hit);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -hits.length, End: hits.length }[
      event.key
    ];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(place + step, 0), hits.length - 1);
    setAt(next);
    virtual.scrollToIndex(next, { align: "auto" });
  };
  return (
    <div
      ref={scroller}
      className="hit-list"
      role="listbox"
      aria-label="Hits. Arrow keys walk through them, Enter opens one."
      aria-activedescendant={`hit-${place}`}
      tabIndex={0}
      style={{ minHeight: Math.min(LEAST_ROWS, hits.length) * ROW_HEIGHT + BORDERS }}
      onKeyDown={walk}
    >
      <div role="presentation" className="hit-space" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const hit = hits[index];
          if (!hit) return null;
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus.
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys.
            <div
              key={hit.candidate.id}
              id={`hit-${index}`}
              role="option"
              aria-selected={index === place}
              aria-setsize={hits.length}
              aria-posinset={index + 1}
              className="hit"
              style={{ height: ROW_HEIGHT, transform: `translateY(${start}px)` }}
              onClick={() => openHit(hit)}
            >
              <Hit hit={hit} settings={campaigns.get(hit.candidate.campaignId)} ranges={ranges} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
