import { Button, InputGroup } from "@blueprintjs/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { CandidateId } from "#shared/ids.ts";
import type { Review, Verdict } from "#shared/review.ts";
import { Verdict as VerdictSchema } from "#shared/review.ts";
import { ReviewerDialog, useReviewer } from "../../app/reviewer.tsx";
import { useKeys } from "../../app/use-keys.ts";
import { useReadOnly } from "../../app/use-read-only.ts";
import { VERDICTS } from "../../components/state-tag.tsx";
import { toast, toastError } from "../../components/toaster.ts";
import { api } from "../../rpc/client.ts";

/** Stores a verdict and refreshes whatever shows it. */
function useReview() {
  const queries = useQueryClient();
  return useMutation({
    ...api.candidates.review.mutationOptions(),
    onSuccess: (review) => {
      void queries.invalidateQueries({ queryKey: api.candidates.key() });
      void queries.invalidateQueries({ queryKey: api.campaigns.key() });
      void toast({ message: `${VERDICTS[review.verdict].done} by ${review.reviewer}`, timeout: 1_500 });
    },
    onError: toastError,
  });
}

/** Three verdicts, by button or by key; the first one asks who is reviewing. */
export function ReviewBar({ id, current }: { id: CandidateId; current: Review | null }) {
  const [reviewer] = useReviewer();
  const [comment, setComment] = useState("");
  const [unsigned, setUnsigned] = useState<Verdict>();
  const { mutate, isPending } = useReview();
  const readOnly = useReadOnly();

  const sign = (verdict: Verdict, name: string) => {
    mutate({ candidateId: id, verdict, comment: comment.trim(), reviewer: name });
    setComment("");
  };
  const give = (verdict: Verdict) => (reviewer ? sign(verdict, reviewer) : setUnsigned(verdict));
  useKeys(
    (readOnly ? [] : VerdictSchema.options).map((verdict) => ({
      combo: VERDICTS[verdict].key,
      label: `Verdict: ${VERDICTS[verdict].text}`,
      run: () => give(verdict),
    })),
  );

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's frame would say nothing here.
    <div className="review-bar" role="group" aria-label="Verdict">
      {VerdictSchema.options.map((verdict) => {
        const { intent, text, key } = VERDICTS[verdict];
        const chosen = current?.verdict === verdict;
        return (
          <Button
            key={verdict}
            intent={intent}
            variant={chosen ? "solid" : "outlined"}
            aria-pressed={chosen}
            aria-keyshortcuts={key}
            disabled={isPending || readOnly}
            onClick={() => give(verdict)}
          >
            {text} <kbd>{key}</kbd>
          </Button>
        );
      })}
      <InputGroup
        className="review-comment"
        aria-label="Comment, stored with the verdict"
        placeholder="Comment (stored with the verdict)"
        maxLength={10_000}
        disabled={readOnly}
        value={comment}
        onValueChange={setComment}
      />
      {unsigned && (
        <ReviewerDialog
          isOpen
          onClose={() => setUnsigned(undefined)}
          onNamed={(name) => sign(unsigned, name)}
        />
      )}
    </div>
  );
}
