import { Button, Menu, MenuDivider, MenuItem, PopoverNext } from "@blueprintjs/core";
import { Export } from "@blueprintjs/icons";
import { useMutation } from "@tanstack/react-query";
import type { KeyboardEvent } from "react";
import type { ExportedFile, ExportFormat, ExportSelection } from "#shared/campaign/export.ts";
import type { CampaignId } from "#shared/ids.ts";
import { useReviewer } from "../../components/reviewer.tsx";
import { saveFile } from "../../components/save-file.ts";
import { toast, toastError } from "../../components/toaster.ts";
import { hashOf } from "../../hooks/route.ts";
import { api } from "../../rpc/client.ts";
import { integer } from "../../text/format.ts";

function bytesOf({ encoding, text }: ExportedFile): BlobPart {
  return encoding === "utf8" ? text : Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function save(file: ExportedFile): void {
  saveFile(new File([bytesOf(file)], file.fileName, { type: file.mediaType }));
  void toast({
    message: `${file.fileName}: ${file.rows === 1 ? "one molecule" : `${integer(file.rows)} molecules`}`,
    intent: "success",
  });
}

const FORMATS: Readonly<Record<ExportFormat, [text: string, label: string]>> = {
  sdf: ["Structures in 3D and all values", "SDF"],
  "sdf-v3000": ["The same for large molecules", "SDF V3000"],
  pdf: ["Report", "PDF"],
  plate: ["Wet-lab sheet with wells", "CSV"],
  csv: ["Table of all values", "CSV"],
  smiles: ["Identifiers and SMILES", "SMI"],
};

const CHOICES: readonly [title: string, selection: ExportSelection, formats: readonly ExportFormat[]][] = [
  ["Shortlist", "shortlist", ["sdf", "sdf-v3000", "pdf", "plate", "csv", "smiles"]],
  ["Everything that was ranked", "ranked", ["sdf", "pdf", "csv", "smiles"]],
  ["Everything, with what was filtered out and why", "all", ["csv"]],
];

const itemsOf = (menu: HTMLElement): HTMLElement[] => [
  ...menu.querySelectorAll<HTMLElement>("[role=menuitem]"),
];

/** The keys that a menu is walked by, which Blueprint leaves to those who show it. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const items = itemsOf(event.currentTarget);
  const place = items.indexOf(document.activeElement as HTMLElement);
  const next = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: -1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}

export function ExportMenu({ campaignId }: { campaignId: CampaignId }) {
  const { mutate, isPending } = useMutation({
    ...api.exports.create.mutationOptions(),
    onSuccess: save,
    onError: toastError,
  });
  const [reviewer] = useReviewer();
  const menu = (
    <Menu onKeyDown={walk} aria-label="Export">
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
    </Menu>
  );
  return (
    <PopoverNext
      content={menu}
      placement="bottom-end"
      animation="minimal"
      arrow={false}
      // Its own would put the focus before the menu, at a time of its own.
      autoFocus={false}
      onOpened={(popover) => itemsOf(popover)[0]?.focus()}
    >
      <Button icon={<Export />} text="Export" loading={isPending} aria-haspopup="menu" />
    </PopoverNext>
  );
}
