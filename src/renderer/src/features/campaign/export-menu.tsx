import { Button, Menu, MenuDivider, MenuItem, PopoverNext } from "@blueprintjs/core";
import { Export } from "@blueprintjs/icons";
import { useMutation } from "@tanstack/react-query";
import type { ExportedFile, ExportFormat, ExportSelection } from "#shared/export.ts";
import type { CampaignId } from "#shared/ids.ts";
import { toast, toastError } from "../../components/toaster.ts";
import { integer } from "../../format.ts";
import { api } from "../../rpc/client.ts";

/** Hands the file to the browser or the desktop shell, which asks where to put it. */
function save(file: ExportedFile): void {
  const content =
    file.encoding === "base64" ? Uint8Array.from(atob(file.text), (c) => c.charCodeAt(0)) : file.text;
  const url = URL.createObjectURL(new Blob([content], { type: file.mediaType }));
  const link = document.createElement("a");
  link.href = url;
  link.download = file.fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  void toast({ message: `${file.fileName}: ${integer(file.rows)} molecules`, intent: "success" });
}

const CHOICES: readonly [
  title: string,
  format: ExportFormat,
  entries: readonly [ExportSelection, string][],
][] = [
  [
    "SDF: structures with 3D coordinates",
    "sdf",
    [
      ["shortlist", "Shortlist"],
      ["ranked", "All ranked"],
    ],
  ],
  [
    "PDF: a report with structures, methods and provenance",
    "pdf",
    [
      ["shortlist", "Shortlist"],
      ["ranked", "All ranked"],
    ],
  ],
  ["Wet-lab sheet: wells and columns to fill", "plate", [["shortlist", "Shortlist"]]],
  [
    "SMILES with identifiers",
    "smiles",
    [
      ["shortlist", "Shortlist"],
      ["ranked", "All ranked"],
    ],
  ],
  [
    "CSV: a table",
    "csv",
    [
      ["shortlist", "Shortlist"],
      ["ranked", "All ranked"],
      ["all", "Everything, with what was rejected and why"],
    ],
  ],
];

export function ExportMenu({ campaignId }: { campaignId: CampaignId }) {
  const { mutate, isPending } = useMutation({
    ...api.exports.create.mutationOptions(),
    onSuccess: save,
    onError: toastError,
  });
  const menu = (
    <Menu>
      {CHOICES.map(([title, format, entries]) => [
        <MenuDivider key={format} title={title} />,
        ...entries.map(([selection, text]) => (
          <MenuItem
            key={`${format}-${selection}`}
            text={text}
            label={format.toUpperCase()}
            onClick={() => mutate({ campaignId, format, selection })}
          />
        )),
      ])}
    </Menu>
  );
  return (
    <PopoverNext content={menu} placement="bottom-end" animation="minimal" arrow={false}>
      <Button icon={<Export />} text="Export" loading={isPending} aria-haspopup="menu" />
    </PopoverNext>
  );
}
