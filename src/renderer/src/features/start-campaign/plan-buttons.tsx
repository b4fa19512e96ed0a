import { Button, ButtonGroup } from "@blueprintjs/core";
import { Document, FloppyDisk } from "@blueprintjs/icons";
import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { planOf, planText } from "#shared/campaign/plan.ts";
import { saveFile } from "../../components/save-file.ts";
import { toastError } from "../../components/toaster.ts";
import { client } from "../../rpc/client.ts";
import type { Draft, Opened } from "./form.ts";
import { requireFiles } from "./plan-files.ts";

/** Puts the plan that means these settings where files go. */
async function savePlan(settings: Draft): Promise<void> {
  const { generation, name } = settings;
  const found =
    generation.source === "library" ? await client.libraries.get({ library: generation.library }) : undefined;
  requireFiles(found?.files.map(({ name }) => name) ?? []);
  const library = found && {
    ...found,
    files: found.files.flatMap(({ name, taken }) => (taken ? [] : [name])),
    notebook: found.files.flatMap(({ taken }) => taken ?? []),
  };
  const stem = name.replace(/[^\p{L}\p{N} _.-]/gu, "_");
  saveFile(new File([planText(planOf(settings, library))], `${stem}.json`, { type: "application/json" }));
}

interface PlanButtonsProps {
  settings: Draft | undefined;
  /** Opens the plan among files. */
  open: UseMutationResult<Opened, unknown, readonly File[]>;
}

/** Takes a plan into the form, with the molecules that it names, and saves what the form says as one. */
export function PlanButtons({ settings, open }: PlanButtonsProps) {
  const input = useRef<HTMLInputElement>(null);
  const save = useMutation({ mutationFn: savePlan, onError: toastError });
  return (
    <ButtonGroup>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label="Plan, and the files that it names"
        onChange={({ currentTarget }) => {
          const chosen = [...(currentTarget.files ?? [])];
          // So that the same files can be chosen again.
          currentTarget.value = "";
          if (chosen.length > 0) open.mutate(chosen);
        }}
      />
      <Button
        icon={<Document />}
        text="Open plan…"
        title="A plan as a file, chosen together with the molecules that it names"
        loading={open.isPending}
        onClick={() => input.current?.click()}
      />
      <Button
        icon={<FloppyDisk />}
        text="Save plan"
        title="The settings as a file, for ansatz screen or another notebook"
        disabled={!settings}
        loading={save.isPending}
        onClick={() => settings && save.mutate(settings)}
      />
    </ButtonGroup>
  );
}
