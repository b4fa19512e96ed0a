/** Rows of an SDF: title, structure, data items, and coordinates where they are asked for. */
import { moleculeInSpace } from "#core/chemistry/shape/in-space.ts";
import { readGraph } from "#core/chemistry/toolkit/graph.ts";
import { type Mol, type RDKit, RdkitError } from "#core/chemistry/toolkit/rdkit.ts";
import type { LibraryReading } from "#shared/campaign/library.ts";
import { molblockOf, readSdfRecord, sdfRecords } from "../read-sdf.ts";
import { columnRoles, dataHeads, said } from "./columns.ts";
import type { FileRow, FileRows, FileText } from "./rows.ts";

/** Head under which the title of a record may be asked for. */
const TITLE = "title";

/** "> <NAME>" or ">  25  <NAME> (MFCD01)", then lines up to an empty one. */
const ITEM = /^>[^\n<]*<([^>\n]*)>[^\n]*\n((?:[^\n]+\n)*)/gm;

/** Data items in order of appearance. */
function dataItems(record: string): Map<string, string> {
  const after = record.slice(/^M +END.*$/m.exec(record)?.index ?? 0);
  return new Map(
    [...after.matchAll(ITEM)].map(([, head = "", lines = ""]) => [head.trim(), lines.trimEnd()]),
  );
}

type Structure = Pick<FileRow, "smiles" | "molblock"> | { problem: string };

const is3D = (mol: Mol): boolean => {
  const xyz = mol.get_molblock().split("\n").slice(4);
  return xyz.some((line) => /^.{20} *-?\d+\.\d*[1-9]/.test(line) && line.length > 60);
};

function structureOf(rdkit: RDKit, record: string, { coordinates }: LibraryReading): Structure {
  const found = readSdfRecord(rdkit, record);
  if ("reason" in found) return { problem: found.reason };
  using mol = found;
  if (mol.get_num_atoms() === 0) return { problem: "no atoms" };
  if (coordinates === undefined || !is3D(mol)) {
    mol.remove_hs_in_place();
    return { smiles: mol.get_smiles() };
  }
  using full = rdkit.get_mol(molblockOf(record), JSON.stringify({ removeHs: false }));
  if (!full) return { problem: "RDKit cannot read its atoms with their hydrogens" };
  const missing = readGraph(full).atoms.reduce((sum, { hydrogens }) => sum + hydrogens, 0);
  if (missing > 0) return { problem: `its coordinates lack ${missing} hydrogen${missing === 1 ? "" : "s"}` };
  const molblock = full.get_molblock();
  using inSpace = moleculeInSpace(rdkit, molblock, { removeHs: true });
  return inSpace ? { smiles: inSpace.get_smiles(), molblock } : { problem: "RDKit cannot read it in space" };
}

/** RDKit may throw at any call for a molecule of a file: that row has a problem, not the file. */
function structure(rdkit: RDKit, record: string, reading: LibraryReading): Structure {
  try {
    return structureOf(rdkit, record, reading);
  } catch (error) {
    if (!(error instanceof RdkitError)) throw error;
    return { problem: `RDKit cannot work with it: ${error.message}` };
  }
}

const titleOf = (record: string): string => (record.split("\n", 1)[0] ?? "").trim();

export function sdfRows({ rdkit, name: file, text, reading }: FileText): FileRows {
  const records = sdfRecords(text).map((record) => ({ ...record, items: dataItems(record.text) }));
  const items = [...new Set(records.flatMap((record) => [...record.items.keys()]))];
  const names = [TITLE, ...items];
  const heads = dataHeads(names);
  const roles = columnRoles(names, { nameColumn: TITLE, ...reading }, { smiles: -1, file });
  function* rows(): Generator<FileRow> {
    for (const { line, text: record, items: found } of records) {
      const cells = [titleOf(record), ...items.map((item) => found.get(item) ?? "")];
      const { problem, ...row } = said(cells, { heads, roles });
      const got = structure(rdkit, record, reading);
      const why = "problem" in got ? got.problem : problem;
      yield {
        line,
        ...row,
        ...("problem" in got ? { smiles: "" } : got),
        ...(why !== undefined && { problem: why }),
      };
    }
  }
  return { rows: rows(), comments: 0, smilesColumn: null, nameColumn: heads[roles.name] ?? null };
}
