import { MenuDivider, MenuItem } from "@blueprintjs/core";
import { Export } from "@blueprintjs/icons";
import { useMutation } from "@tanstack/react-query";
import type { ExportFormat, ExportSelection } from "#shared/campaign/export.ts";
import type { CampaignId } from "#shared/ids.ts";
import { MenuButton } from "../../components/menu-button.tsx";
import { useReviewer } from "../../components/reviewer.tsx";
import { toastError } from "../../components/toaster.ts";
import { hashOf } from "../../hooks/route.ts";
import { api } from "../../rpc/client.ts";
import { FORMATS, saveExport } from "./save-export.ts";

const CHOICES: readonly [title: string, selection: ExportSelection, formats: readonly ExportFormat[]][] = [
  ["Shortlist", "shortlist", ["sdf", "sdf-v3000", "pdf", "plate", "csv", "smiles"]],
  ["Everything that was ranked", "ranked", ["sdf", "pdf", "csv", "smiles"]],
  ["Everything, with what was filtered out and why", "all", ["csv"]],
];

export function ExportMenu({ campaignId }: { campaignId: CampaignId }) {
  const { mutate, isPending } = useMutation({
    ...api.exports.create.mutationOptions(),
    onSuccess: saveExport,
    onError: toastError,
  });
  const [reviewer] = useReviewer();
  return (
    <MenuButton icon={<Export />} text="Export" loading={isPending}>
      {CHOICES.map(([title, selection, formats]) => [
        <MenuDivider key={selection} title={title} />,
        ...formats.map((format) => (
          <MenuItem
            key={`${selection}-${format}`}
            text={FORMATS[format][0]}
            label={FORMATS[format][1]}
            onClick={() => mutate({ campaignId, format, selection, ...(reviewer && { by: reviewer }) })}
          />
        )),
      ])}
      <MenuDivider title="The whole notebook" />
      <MenuItem text="Archive, provenance, backup…" href={hashOf({ page: "notebook" })} />
    </MenuButton>
  );
}
