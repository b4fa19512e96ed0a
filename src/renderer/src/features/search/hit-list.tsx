import { Tag } from "@blueprintjs/core";
import { Circle, TickCircle } from "@blueprintjs/icons";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { CampaignSettings } from "#shared/campaign/campaign.ts";
import { levelOf } from "#shared/campaign/rungs.ts";
import type { PropertyRange, SearchHit } from "#shared/campaign/search.ts";
import type { CampaignId, CandidateId } from "#shared/ids.ts";
import { Formula } from "../../components/formula.tsx";
import { VerdictTag } from "../../components/state-tag.tsx";
import { Structure2d } from "../../components/structure-2d.tsx";
import { navigate } from "../../hooks/route.ts";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import { typeset } from "../../text/format.ts";
import { shownValues } from "../../text/property-values.ts";
import { smilesOf } from "../../text/smiles-of.ts";
import { reasonOf } from "../candidates/reason.ts";
import { askedNumbers } from "./asked-numbers.ts";
import { copySmiles } from "./hit-tools.tsx";

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
  /** And for. */
  contains: string | undefined;
}

function Hit({ hit: { candidate, similarity }, settings, ranges, contains }: HitProps) {
  const { identity, descriptors, rank, values, review } = candidate;
  const [choice] = useEnergyUnit();
  const reason = reasonOf(candidate);
  const numbers = askedNumbers(descriptors, ranges);
  const campaign = settings?.name ?? "";
  const named = settings ? levelOf(settings, candidate.rung ?? 0) : null;
  return (
    <>
      {identity ? <Structure2d smiles={identity.canonicalSmiles} contains={contains} /> : <span />}
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
  chosen: ReadonlySet<CandidateId>;
  onChosen(chosen: ReadonlySet<CandidateId>): void;
  ranges: readonly PropertyRange[];
  /** Marked in the drawings. */
  contains: string | undefined;
  campaigns: ReadonlyMap<CampaignId, CampaignSettings>;
}

/** The hits, by mouse or by arrow keys, Space and Enter; only those in sight are in the page. */
export function HitList({ hits, chosen, onChosen, ranges, contains, campaigns }: HitListProps) {
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
  const toggle = ({ candidate: { id } }: SearchHit) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChosen(next);
  };
  const choose = (some: readonly SearchHit[]) =>
    onChosen(new Set([...chosen, ...some.map(({ candidate }) => candidate.id)]));
  const command = (event: KeyboardEvent): boolean => {
    const hit = hits[place];
    const mod = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && hit) openHit(hit);
    else if (event.key === " " && hit) toggle(hit);
    else if (mod && event.key === "a") choose(hits);
    else if (mod && event.key === "c") copySmiles(hits.filter(({ candidate }) => chosen.has(candidate.id)));
    else return false;
    event.preventDefault();
    return true;
  };
  const walk = (event: KeyboardEvent) => {
    if (command(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -hits.length, End: hits.length }[
      event.key
    ];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(place + step, 0), hits.length - 1);
    if (event.shiftKey) choose(hits.slice(Math.min(place, next), Math.max(place, next) + 1));
    setAt(next);
    virtual.scrollToIndex(next, { align: "auto" });
  };
  return (
    <div
      ref={scroller}
      className="hit-list"
      role="listbox"
      aria-label="Hits. Arrow keys walk through them, Space chooses one, with Shift all on the way; Enter opens one."
      aria-multiselectable
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
              aria-selected={chosen.has(hit.candidate.id)}
              data-current={index === place || undefined}
              aria-setsize={hits.length}
              aria-posinset={index + 1}
              className="hit"
              style={{ height: ROW_HEIGHT, transform: `translateY(${start}px)` }}
              onClick={() => openHit(hit)}
            >
              {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys. */}
              {/* biome-ignore lint/a11y/noStaticElementInteractions: it widens what can be clicked. */}
              <span
                className="hit-choice"
                title="Choose (Space)"
                onClick={(event) => {
                  event.stopPropagation();
                  setAt(index);
                  toggle(hit);
                }}
              >
                {chosen.has(hit.candidate.id) ? <TickCircle /> : <Circle />}
              </span>
              <Hit
                hit={hit}
                settings={campaigns.get(hit.candidate.campaignId)}
                ranges={ranges}
                contains={contains}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
