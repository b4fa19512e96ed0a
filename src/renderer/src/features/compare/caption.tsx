/** What a candidate is and where it lies, beside its picture. */
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import type { ComparedCandidate } from "#shared/campaign/comparison.ts";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import { shownValues } from "../../text/property-values.ts";
import { smilesOf } from "../../text/smiles-of.ts";
import { alignmentWords, type PlacedCandidate, pairWords } from "./compared.ts";

/** Its name where it was given one. */
export const nameOf = (row: CandidateRow | undefined): string =>
  row ? (row.proposal.given?.name ?? smilesOf(row)) : "";

interface CaptionProps {
  one: ComparedCandidate;
  /** From 0. */
  place: number;
  row: CandidateRow | undefined;
  /** Which all lie on; undefined where none has a geometry. */
  reference: PlacedCandidate | undefined;
}

export function Caption({ one, place, row, reference }: CaptionProps) {
  const [choice] = useEnergyUnit();
  const { alignment, molblock } = one;
  const values = row ? shownValues(row.values, null, choice) : [];
  return (
    <>
      <span className="compare-name" title={row && smilesOf(row)}>
        <b>{place + 1}</b> {nameOf(row)}
        {row?.rank != null && <span className="muted"> #{row.rank}</span>}
        {values.map(({ property, text, unit }) => (
          <span key={property.id} className="number">
            {" "}
            {text} {unit}
          </span>
        ))}
      </span>
      <small className="muted">
        {molblock === null
          ? "It has no geometry: it was not embedded."
          : alignmentWords(alignment, (reference?.place ?? 0) + 1)}
      </small>
      {molblock !== null && reference && alignment && alignment.pairs.length > 0 && (
        <details>
          <summary>Matched atoms</summary>
          <small>{pairWords(alignment.pairs, reference.molblock, molblock)}</small>
        </details>
      )}
    </>
  );
}
