import { Button, InputGroup } from "@blueprintjs/core";
import { useMutation } from "@tanstack/react-query";
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import type { Review, Verdict } from "#shared/campaign/review.ts";
import { Verdict as VerdictSchema } from "#shared/campaign/review.ts";
import { type CandidateId, parseCandidateId } from "#shared/ids.ts";
import { ReviewerDialog, useReviewer } from "../../components/reviewer.tsx";
import { VERDICTS } from "../../components/state-tag.tsx";
import { toast, toastError } from "../../components/toaster.ts";
import { useKeys } from "../../hooks/use-keys.ts";
import { api } from "../../rpc/client.ts";
import { usePolicy, useReviewChanged } from "../review/queries.ts";
import { REASONS } from "../review/reasons.ts";
import { useVerdictLock } from "../review/use-verdict-lock.tsx";

/** Stores a verdict and refreshes whatever shows it, or a lock that came in between. */
function useReview() {
  const changed = useReviewChanged();
  return useMutation({
    ...api.candidates.review.mutationOptions(),
    onSuccess: (review) => {
      void toast({ message: `${VERDICTS[review.verdict].done} by ${review.reviewer}`, timeout: 1_500 });
    },
    onError: toastError,
    onSettled: changed,
  });
}

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

/** Three verdicts, by button or by key, with a reason and a comment; the first one asks who is reviewing. */
export function ReviewBar({ id, current }: { id: CandidateId; current: Review | null }) {
  const { campaign } = parseCandidateId(id);
  const [reviewer] = useReviewer();
  const [reason, setReason] = useState("");
  const [comment, setComment] = useState("");
  const [unsigned, setUnsigned] = useState<Verdict>();
  const { mutate, isPending } = useReview();
  const reasons = useId();
  const field = useRef<HTMLInputElement>(null);
  const locked = useVerdictLock(campaign);
  const policy = usePolicy(campaign);

  const sign = (verdict: Verdict, name: string) => {
    mutate({ candidateId: id, verdict, reason: reason.trim(), comment: comment.trim(), reviewer: name });
    setReason("");
    setComment("");
  };
  const give = (verdict: Verdict) => (reviewer ? sign(verdict, reviewer) : setUnsigned(verdict));
  const verdictKeys = VerdictSchema.options.map((verdict) => ({
    combo: VERDICTS[verdict].key,
    label: `Verdict: ${VERDICTS[verdict].text}`,
    run: () => give(verdict),
  }));
  const reasonKey = { combo: "w", label: "Reason of the verdict", run: () => field.current?.focus() };
  useKeys(locked ? [] : [...verdictKeys, reasonKey]);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's frame would say nothing here.
    <div className="review-bar" role="group" aria-label="Verdict">
      {VerdictSchema.options.map((verdict) => (
        <VerdictButton
          key={verdict}
          verdict={verdict}
          chosen={current?.verdict === verdict}
          disabled={isPending || Boolean(locked)}
          onGive={give}
        />
      ))}
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
      {unsigned && (
        <ReviewerDialog onClose={() => setUnsigned(undefined)} onNamed={(name) => sign(unsigned, name)} />
      )}
    </div>
  );
}
