import { Button, InputGroup } from "@blueprintjs/core";
import { Eraser } from "@blueprintjs/icons";
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import {
  type Judgement,
  latestHeld,
  type Review,
  type Verdict,
  Verdict as VerdictSchema,
} from "#shared/campaign/review.ts";
import { type CandidateId, parseCandidateId } from "#shared/ids.ts";
import { useReviewer, useSigned } from "../../components/reviewer.tsx";
import { VERDICTS } from "../../components/state-tag.tsx";
import { useAdvance } from "../../hooks/use-advance.ts";
import { useKeys } from "../../hooks/use-keys.ts";
import { usePolicy } from "../review/queries.ts";
import { REASONS } from "../review/reasons.ts";
import { useVerdictLock } from "../review/use-verdict-lock.tsx";
import { useJudge } from "../review/use-verdicts.ts";
import { saidBy } from "../review/verdict-history.ts";

/** The page's keys, the verdicts among them, do not work in a text field: Escape leaves it with what was written. */
function leave(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key === "Escape") event.currentTarget.blur();
}

interface VerdictButtonProps {
  verdict: Verdict;
  chosen: boolean;
  disabled: boolean;
  onGive(verdict: Verdict): void;
}

function VerdictButton({ verdict, chosen, disabled, onGive }: VerdictButtonProps) {
  const { intent, text, key } = VERDICTS[verdict];
  return (
    <Button
      intent={intent}
      variant={chosen ? "solid" : "outlined"}
      aria-pressed={chosen}
      aria-keyshortcuts={key}
      disabled={disabled}
      onClick={() => onGive(verdict)}
    >
      {text} <kbd>{key}</kbd>
    </Button>
  );
}

/** Why a verdict is asked for in this way, or why none can be given. */
function Note({ locked, blind }: { locked: ReactNode; blind: boolean }) {
  if (locked)
    return (
      <p className="review-note" role="status">
        {locked}
      </p>
    );
  if (!blind) return null;
  return <p className="review-note muted">Blind review: others' verdicts show once you have given yours.</p>;
}

interface ReviewBarProps {
  id: CandidateId;
  /** All that was said of it; undefined while it is not shown yet, and so not judged. */
  reviews: readonly Review[] | undefined;
  /** Finds, before a verdict may change the order, how to go to the next candidate. */
  ahead(): () => void;
}

/** Three verdicts, by button or by key, with a reason and a comment; the first one asks who is reviewing. */
export function ReviewBar({ id, reviews, ahead }: ReviewBarProps) {
  const { campaign } = parseCandidateId(id);
  const [reviewer] = useReviewer();
  const [reason, setReason] = useState("");
  const [comment, setComment] = useState("");
  const [isPending, setPending] = useState(false);
  const [advances] = useAdvance();
  const judge = useJudge();
  const reasons = useId();
  const field = useRef<HTMLInputElement>(null);
  const locked = useVerdictLock(campaign);
  const policy = usePolicy(campaign);

  const isReady = reviews !== undefined && !isPending && !locked;
  const own = saidBy(reviews ?? [], reviewer);
  const sign = async (verdict: Judgement, name: string) => {
    if (!isReady) return;
    setPending(true);
    const goOn = advances && verdict !== "withdrawn" ? ahead() : () => {};
    const words = { reason: reason.trim(), comment: comment.trim() };
    await judge({ candidateId: id, verdict, ...words, reviewer: name }, saidBy(reviews, name), () => {
      setReason("");
      setComment("");
      goOn();
    });
    setPending(false);
  };
  const { give, dialog } = useSigned<Verdict>((verdict, name) => void sign(verdict, name));
  const withdraw = () => {
    if (own) void sign("withdrawn", reviewer);
  };
  const verdictKeys = VerdictSchema.options.map((verdict) => ({
    combo: VERDICTS[verdict].key,
    label: `Verdict: ${VERDICTS[verdict].text}`,
    run: () => give(verdict),
  }));
  const reasonKey = { combo: "w", label: "Reason of the verdict", run: () => field.current?.focus() };
  const withdrawKey = { combo: "u", label: "Withdraw your verdict", run: withdraw };
  useKeys(locked ? [] : [...verdictKeys, withdrawKey, reasonKey]);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's frame would say nothing here.
    <div className="review-bar" role="group" aria-label="Verdict">
      {VerdictSchema.options.map((verdict) => (
        <VerdictButton
          key={verdict}
          verdict={verdict}
          chosen={latestHeld(reviews ?? [])?.verdict === verdict}
          disabled={!isReady}
          onGive={give}
        />
      ))}
      {own && (
        <Button
          variant="minimal"
          icon={<Eraser />}
          aria-label="Withdraw your verdict"
          aria-keyshortcuts="u"
          title="Withdraw your verdict (u)"
          disabled={!isReady}
          onClick={withdraw}
        />
      )}
      <InputGroup
        className="review-reason"
        aria-label="Reason, stored with the verdict"
        aria-keyshortcuts="w"
        placeholder="Reason"
        inputRef={field}
        onKeyDown={leave}
        list={reasons}
        maxLength={1_000}
        disabled={Boolean(locked)}
        value={reason}
        onValueChange={setReason}
      />
      <datalist id={reasons}>
        {REASONS.map((text) => (
          <option key={text} value={text} />
        ))}
      </datalist>
      <InputGroup
        className="review-comment"
        aria-label="Comment, stored with the verdict"
        placeholder="Comment (stored with the verdict)"
        onKeyDown={leave}
        maxLength={10_000}
        disabled={Boolean(locked)}
        value={comment}
        onValueChange={setComment}
      />
      <Note locked={locked} blind={policy.data?.blind ?? false} />
      {dialog}
    </div>
  );
}
