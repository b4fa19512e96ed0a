/** What was read, and which rows will be left out and why, before anything is started. */
import { Callout, HTMLTable } from "@blueprintjs/core";
import { useQuery } from "@tanstack/react-query";
import type { CampaignSettings } from "#shared/campaign/campaign.ts";
import { type LibraryPreview, type LibrarySummary, libraryNotes } from "#shared/campaign/library.ts";
import { api } from "../../rpc/client.ts";
import { integer } from "../../text/format.ts";

const ROWS = 5;

/** The first rows as a table. */
function FirstRows({ summary: { sample, columns } }: { summary: LibrarySummary }) {
  const heads = columns.slice(0, 4);
  return (
    <HTMLTable compact striped className="library-rows">
      <thead>
        <tr>
          {["Row", "Name", "SMILES", ...heads].map((head) => (
            <th key={head}>{head}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sample.slice(0, ROWS).map(({ row, name, smiles, data }) => (
          <tr key={row}>
            <td>{row}</td>
            <td>{name ?? ""}</td>
            <td>
              <code>{smiles}</code>
            </td>
            {heads.map((head) => (
              <td key={head}>{data[head] ?? ""}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </HTMLTable>
  );
}

function LeftOut({ preview, rows }: { preview: LibraryPreview; rows: number }) {
  const { looked, accepted, examples } = preview;
  const of = looked < rows ? `the first ${integer(looked)}` : `${integer(rows)}`;
  return (
    <Callout intent={accepted < looked ? "warning" : "success"} className="field-wide">
      {integer(accepted)} of {of} rows will be computed.
      {examples.length > 0 && (
        <ul className="left-out">
          {examples.map(({ row, name, smiles, rule, detail }) => (
            <li key={row}>
              Row {row}
              {name !== null && `, ${name}`} <code>{smiles}</code> {rule}: {detail}
            </li>
          ))}
        </ul>
      )}
    </Callout>
  );
}

export function LibraryFound({
  summary,
  filter,
}: {
  summary: LibrarySummary;
  filter: CampaignSettings["filter"];
}) {
  const { data: preview } = useQuery(
    api.libraries.preview.queryOptions({ input: { library: summary.hash, filter } }),
  );
  return (
    <div className="library-found field-wide">
      {libraryNotes(summary).map((note) => (
        <p key={note}>{note}</p>
      ))}
      <FirstRows summary={summary} />
      {preview && <LeftOut preview={preview} rows={summary.rows} />}
    </div>
  );
}
