import { AnchorButton, Button, Callout, ProgressBar } from "@blueprintjs/core";
import { Duplicate, Lock, People, Play, Stop } from "@blueprintjs/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Campaign, isActive } from "#shared/campaign/campaign.ts";
import type { Progress } from "#shared/campaign/job.ts";
import { sourceWords } from "#shared/campaign/sources/sources.ts";
import { leftText } from "#shared/campaign/span-text.ts";
import type { CampaignId } from "#shared/ids.ts";
import { CampaignStateTag } from "../../components/state-tag.tsx";
import { toastError } from "../../components/toaster.ts";
import { hashOf, navigate } from "../../hooks/route.ts";
import { useLive } from "../../hooks/use-live.ts";
import { api } from "../../rpc/client.ts";
import { integer } from "../../text/format.ts";
import {
  canResume,
  methodOf,
  progressText,
  progressTitle,
  proposedTitle,
  shareDone,
} from "../../text/summary.ts";
import { useSignedOff } from "../review/queries.ts";
import { ExportMenu } from "./export-menu.tsx";

function Funnel({ campaign }: { campaign: Campaign }) {
  const { counts } = campaign;
  const steps = [
    [proposedTitle(campaign), counts.proposed],
    ["passed", counts.passed],
    ["evaluated", counts.evaluated],
    ...(counts.shortlisted === null ? [] : [["shortlisted", counts.shortlisted] as const]),
  ] as const;
  return (
    <ol className="funnel" aria-label="How far it has come">
      {steps.map(([label, value]) => (
        <li key={label}>
          <b>{integer(value)}</b>
          <span>{label}</span>
        </li>
      ))}
      {counts.failed > 0 && (
        <li className="funnel-failed">
          <b>{integer(counts.failed)}</b>
          <span>failed</span>
        </li>
      )}
    </ol>
  );
}

function LiveProgress({ campaign, progress }: { campaign: Campaign; progress: Progress | null }) {
  const { counts, settings } = campaign;
  const live = useLive();
  const title = progressTitle(campaign, progress, live);
  return (
    <div className="live-progress">
      <span className="live-progress-text">
        <b aria-live="polite">{title}</b>
        <span>
          {integer(counts.evaluated)} of at most {integer(settings.evaluation.maxEvaluations)} evaluated
          {live && progress?.secondsLeft !== undefined && `, ${leftText(progress.secondsLeft)}`}
        </span>
        {live && progress && <span className="muted">{progressText(progress, settings)}</span>}
      </span>
      <ProgressBar
        intent={live ? "primary" : "none"}
        animate={live}
        stripes={live}
        value={shareDone(campaign)}
        aria-label="Campaign"
      />
    </div>
  );
}

/** Stop and go on; the answer is the campaign as it then stands. */
function useControl<Name extends "cancel" | "resume">(name: Name, id: CampaignId) {
  const queries = useQueryClient();
  return useMutation({
    ...api.campaigns[name].mutationOptions(),
    onSuccess: (answer) => {
      queries.setQueryData(api.campaigns.get.queryKey({ input: { id } }), answer);
    },
    onError: toastError,
  });
}

/** It has used up its time: how much more it is given. */
function AtLimit({ campaign: { id, error, settings } }: { campaign: Campaign }) {
  const resume = useControl("resume", id);
  const live = useLive();
  const [hours, setHours] = useState(2 * (settings.limits.hours ?? 1));
  return (
    <Callout className="campaign-error" intent="warning" title="At its limit of time" role="alert">
      {error} What was computed is kept.{" "}
      <label>
        Hours of computing in all{" "}
        <input
          type="number"
          min={0}
          step="any"
          value={hours}
          onChange={({ currentTarget }) => setHours(currentTarget.valueAsNumber)}
        />
      </label>{" "}
      <Button
        text="Go on"
        disabled={!live || !(hours > 0)}
        loading={resume.isPending}
        onClick={() => resume.mutate({ id, limits: { hours } })}
      />
    </Callout>
  );
}

/** Why it stopped, or why it came to its end with nothing ranked. */
function Trouble({ campaign }: { campaign: Campaign }) {
  if (campaign.state === "succeeded")
    return (
      <Callout className="campaign-error" intent="warning" title="Nothing was ranked" role="alert">
        {campaign.error}
      </Callout>
    );
  if (campaign.state === "cancelled") return <AtLimit campaign={campaign} />;
  return (
    <Callout className="campaign-error" intent="danger" title="The campaign stopped" role="alert">
      {campaign.error} What was computed until then is kept; Resume goes on from there.
    </Callout>
  );
}

function ReviewButton({ campaignId }: { campaignId: CampaignId }) {
  const { data: signedOff } = useSignedOff(campaignId);
  return (
    <AnchorButton
      icon={signedOff ? <Lock /> : <People />}
      text={signedOff ? "Signed off" : "Review"}
      title="Standings, rules and sign-off"
      href={hashOf({ page: "review", id: campaignId })}
    />
  );
}

export function CampaignHeader({ campaign, progress }: { campaign: Campaign; progress: Progress | null }) {
  const { id, settings, state } = campaign;
  const cancel = useControl("cancel", id);
  const resume = useControl("resume", id);
  const live = useLive();
  return (
    <section className="campaign-header" aria-label="Campaign">
      <div className="campaign-title">
        <h1>{settings.name}</h1>
        <CampaignStateTag state={state} />
        <span className="muted campaign-method">
          {sourceWords(settings.generation).summary(settings.generation)} · {methodOf(settings)}
        </span>
      </div>
      <Funnel campaign={campaign} />
      <div className="campaign-actions">
        {isActive(campaign) && (
          <Button
            icon={<Stop />}
            text="Cancel"
            disabled={!live}
            loading={cancel.isPending}
            onClick={() => cancel.mutate({ id })}
          />
        )}
        {canResume(campaign) && !(state === "cancelled" && campaign.error) && (
          <Button
            intent="primary"
            icon={<Play />}
            text="Resume"
            disabled={!live}
            loading={resume.isPending}
            onClick={() => resume.mutate({ id })}
          />
        )}
        <Button
          variant="minimal"
          icon={<Duplicate />}
          aria-label="New campaign with these settings"
          title="New campaign with these settings"
          onClick={() => navigate({ page: "new", from: id })}
        />
        <ReviewButton campaignId={id} />
        <ExportMenu campaignId={id} />
      </div>
      {isActive(campaign) && <LiveProgress campaign={campaign} progress={progress} />}
      {campaign.error && <Trouble campaign={campaign} />}
    </section>
  );
}
