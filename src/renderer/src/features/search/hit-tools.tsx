/** Above the hits: their order, and what can be done with those that are chosen. */
import { Button, HTMLSelect, MenuItem } from "@blueprintjs/core";
import { Clipboard, Export, SortAsc, SortDesc } from "@blueprintjs/icons";
import { useMutation } from "@tanstack/react-query";
import type { ExportFormat } from "#shared/campaign/export.ts";
import type { SearchHit } from "#shared/campaign/search.ts";
import { copyText } from "../../components/copy-text.ts";
import { MenuButton } from "../../components/menu-button.tsx";
import { useReviewer } from "../../components/reviewer.tsx";
import { toast, toastError } from "../../components/toaster.ts";
import type { Sort } from "../../hooks/route.ts";
import { client } from "../../rpc/client.ts";
import { integer } from "../../text/format.ts";
import { smilesLines } from "../../text/smiles-of.ts";
import { FORMATS, saveExport } from "../campaign/save-export.ts";
import { AS_FOUND, ordersOf } from "./hit-order.ts";

/** Those that any candidate with a structure can be written in. */
const HIT_FORMATS: readonly ExportFormat[] = ["csv", "smiles", "sdf"];

/** The chosen hits as the notebook's exports write them: a file for each campaign, which is recorded. */
function useExport(chosen: readonly SearchHit[]) {
  const [reviewer] = useReviewer();
  return useMutation({
    mutationFn: async (format: ExportFormat) => {
      for (const [campaignId, hits] of Map.groupBy(chosen, ({ candidate }) => candidate.campaignId)) {
        const candidates = hits.map(({ candidate }) => candidate.proposal.index);
        const by = reviewer ? { by: reviewer } : {};
        saveExport(
          await client.exports.create({ campaignId, format, selection: "chosen", candidates, ...by }),
        );
      }
    },
    onError: toastError,
  });
}

export function copySmiles(hits: readonly SearchHit[]): void {
  const done = copyText(smilesLines(hits.map(({ candidate }) => candidate)));
  const message = done ? `${integer(hits.length)} SMILES copied` : "The clipboard took nothing.";
  void toast({ message, intent: done ? "success" : "warning" });
}

interface HitToolsProps {
  hits: readonly SearchHit[];
  chosen: readonly SearchHit[];
  sort: Sort;
  onSort(sort: Sort): void;
}

export function HitTools({ hits, chosen, sort, onSort }: HitToolsProps) {
  const { mutate, isPending } = useExport(chosen);
  const orders = ordersOf(hits);
  const known = orders.some(({ id }) => id === sort.column) ? sort.column : AS_FOUND.column;
  return (
    <div className="hit-tools">
      <HTMLSelect
        aria-label="Order of the hits"
        value={known}
        onChange={({ currentTarget }) => onSort({ ...sort, column: currentTarget.value })}
      >
        <option value={AS_FOUND.column}>As found</option>
        {orders.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </HTMLSelect>
      <Button
        variant="minimal"
        icon={sort.descending ? <SortDesc /> : <SortAsc />}
        aria-label={sort.descending ? "Largest first" : "Smallest first"}
        title={sort.descending ? "Largest first" : "Smallest first"}
        onClick={() => onSort({ ...sort, descending: !sort.descending })}
      />
      <span className="muted" role="status">
        {chosen.length > 0 && `${integer(chosen.length)} chosen`}
      </span>
      <Button
        icon={<Clipboard />}
        text="Copy SMILES"
        title="Of the chosen hits (Ctrl or ⌘ C)"
        disabled={chosen.length === 0}
        onClick={() => copySmiles(chosen)}
      />
      <MenuButton text="Export chosen" icon={<Export />} loading={isPending} disabled={chosen.length === 0}>
        {HIT_FORMATS.map((format) => (
          <MenuItem
            key={format}
            text={FORMATS[format][0]}
            label={FORMATS[format][1]}
            onClick={() => mutate(format)}
          />
        ))}
      </MenuButton>
    </div>
  );
}
