/** What can be done with the candidates that are chosen in the table. */
import { Button } from "@blueprintjs/core";
import { Clipboard, Cross } from "@blueprintjs/icons";
import { type ReactNode, useState } from "react";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import { type Verdict, Verdict as VerdictSchema } from "#shared/campaign/review.ts";
import { type CampaignId, candidateId } from "#shared/ids.ts";
import { copyText } from "../../components/copy-text.ts";
import { useSigned } from "../../components/reviewer.tsx";
import { VERDICTS } from "../../components/state-tag.tsx";
import { toast, toastError } from "../../components/toaster.ts";
import { client } from "../../rpc/client.ts";
import { integer } from "../../text/format.ts";
import { smilesLines } from "../../text/smiles-of.ts";
import { CompareButton } from "../compare/compare-button.tsx";
import { useJudgeAll } from "../review/use-verdicts.ts";

interface ChoiceBarProps {
  campaignId: CampaignId;
  /** By the index of the proposal. */
  chosen: ReadonlySet<number>;
  /** Why no verdict can be given now. */
  locked: ReactNode;
  onClear(): void;
}

async function copy(ids: Parameters<typeof client.candidates.some>[0]["ids"]): Promise<void> {
  const rows: CandidateRow[] = await client.candidates.some({ ids });
  const done = copyText(smilesLines(rows));
  const message = done ? `${integer(rows.length)} SMILES copied` : "The clipboard took nothing.";
  await toast({ message, intent: done ? "success" : "warning" });
}

export function ChoiceBar({ campaignId, chosen, locked, onClear }: ChoiceBarProps) {
  const [isPending, setPending] = useState(false);
  const judgeAll = useJudgeAll();
  const inOrder = [...chosen].map((index) => candidateId(campaignId, index));
  const ids = [...chosen].sort((a, b) => a - b).map((index) => candidateId(campaignId, index));
  const judge = async (verdict: Verdict, name: string) => {
    setPending(true);
    await judgeAll(ids, verdict, name);
    setPending(false);
  };
  const { give, dialog } = useSigned<Verdict>((verdict, name) => void judge(verdict, name));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's frame would say nothing here.
    <div className="choice-bar" role="group" aria-label="Chosen candidates">
      <span role="status">
        <b>{integer(chosen.size)}</b> chosen
      </span>
      {VerdictSchema.options.map((verdict) => (
        <Button
          key={verdict}
          size="small"
          variant="outlined"
          intent={VERDICTS[verdict].intent}
          text={VERDICTS[verdict].text}
          aria-label={`${VERDICTS[verdict].text}: all that are chosen`}
          disabled={isPending || Boolean(locked)}
          onClick={() => give(verdict)}
        />
      ))}
      <Button
        size="small"
        variant="minimal"
        icon={<Clipboard />}
        text="Copy SMILES"
        onClick={() => copy(ids).catch(toastError)}
      />
      <CompareButton ids={inOrder} />
      <Button size="small" variant="minimal" icon={<Cross />} text="Choose none" onClick={onClear} />
      {dialog}
    </div>
  );
}
