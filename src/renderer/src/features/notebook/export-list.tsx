import { useQuery } from "@tanstack/react-query";
import type { ExportRecord } from "#shared/campaign/export.ts";
import { api } from "../../rpc/client.ts";
import { integer, when } from "../../text/format.ts";

/** Enough to recognise a file by; the whole hash is what is pointed at. */
const SHORT_HASH = 12;
const SHOWN = 50;

function rowsOf({ what, rows }: ExportRecord): string {
  if (rows !== null) return integer(rows);
  return what === "candidates" ? "hidden until the sign-off" : "whole notebook";
}

function Exported({ file }: { file: ExportRecord }) {
  return (
    <tr>
      <td>{when(file.at)}</td>
      <td className="export-name">{file.fileName}</td>
      <td>{rowsOf(file)}</td>
      <td className="export-name">{file.by ?? "–"}</td>
      <td>
        <code title={file.sha256}>{file.sha256.slice(0, SHORT_HASH)}</code>
      </td>
    </tr>
  );
}

/** Every file that left the notebook, newest first: a file on someone's desk is found by its SHA-256. */
export function ExportList() {
  const { data = [] } = useQuery({ ...api.notebook.exports.queryOptions(), staleTime: 0 });
  if (data.length === 0) return null;
  const newestFirst = data.toReversed().slice(0, SHOWN);
  return (
    <table className="export-list" aria-label="What left the notebook">
      <thead>
        <tr>
          <th scope="col">Exported</th>
          <th scope="col">File</th>
          <th scope="col">Molecules</th>
          <th scope="col">By</th>
          <th scope="col">SHA-256</th>
        </tr>
      </thead>
      <tbody>
        {newestFirst.map((file) => (
          <Exported key={`${file.at} ${file.sha256}`} file={file} />
        ))}
      </tbody>
    </table>
  );
}
