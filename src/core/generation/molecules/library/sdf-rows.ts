/** Rows of an SDF: title, structure, data items, and coordinates where they are asked for. */
import { moleculeInSpace } from "#core/chemistry/shape/in-space.ts";
import { readGraph } from "#core/chemistry/toolkit/graph.ts";
import { type Mol, type RDKit, RdkitError } from "#core/chemistry/toolkit/rdkit.ts";
import type { LibraryReading } from "#shared/campaign/library.ts";
import { molblockOf, readSdfRecord, sdfRecords } from "../read-sdf.ts";
import { columnRoles, dataHeads, said } from "./columns.ts";
import { type FileRow, type FileRows, type FileText, namedColumns, refuseColumn } from "./rows.ts";

/** Head under which the title of a record may be asked for. */
const TITLE = "title";

/** "> <NAME>" or ">  25  <NAME> (MFCD01)", then lines up to an empty one. */
const ITEM = /^>[^\n<]*<([^>\n]*)>[^\n]*\n((?:[^\n]+(?:\n|$))*)/gm;

/** Data items in order of appearance; of one that a record has twice the other as "NAME (2)". */
function dataItems(record: string): Map<string, string> {
  const after = record.slice(/^M +END.*$/m.exec(record)?.index ?? 0);
  const found = [...after.matchAll(ITEM)];
  const heads = dataHeads(found.map(([, head = ""]) => head));
  return new Map(found.map(([, , lines = ""], i) => [heads[i] ?? "", lines.trimEnd()]));
}

/** Unpaired electrons by the value of "M  RAD" and "RAD=": singlet, doublet, triplet. */
const UNPAIRED: Readonly<Record<string, number>> = { 1: 0, 2: 1, 3: 2 };

/**
 * The multiplicity that a record's lines of radicals state where two electrons of an atom are paired, which no SMILES says;
 * undefined where the structure says it too.
 */
function statedMultiplicity(record: string): number | undefined {
  const block = molblockOf(record);
  const lines = [...block.matchAll(/^M {2}RAD *\d+((?: +\d+ +\d+)+)/gm)];
  const pairs = lines.flatMap(([, rest = ""]) => [...rest.matchAll(/ +\d+ +(\d+)/g)]);
  const radicals = [...pairs, ...block.matchAll(/^M {2}V30 .* RAD=(\d)/gm)].map(([, value = ""]) => value);
  if (!radicals.includes("1")) return undefined;
  return 1 + radicals.reduce((sum, value) => sum + (UNPAIRED[value] ?? 0), 0);
}

type Structure = Pick<FileRow, "smiles" | "molblock"> | { problem: string };

const hasDepth = (mol: Mol): boolean => {
  const xyz = mol.get_molblock().split("\n").slice(4);
  return xyz.some((line) => /^.{20} *-?\d+\.\d*[1-9]/.test(line) && line.length > 60);
};

/** Columns 21 and 22 of a record's second line: a planar molecule may lie in the plane of a drawing, and RDKit takes it for one. */
const saysInSpace = (record: string): boolean => molblockOf(record).split("\n")[1]?.slice(20, 22) === "3D";

const asDrawn = (mol: Mol): Structure => {
  mol.remove_hs_in_place();
  return { smiles: mol.get_smiles() };
};

function structureOf(rdkit: RDKit, record: string, { coordinates }: LibraryReading): Structure {
  const found = readSdfRecord(rdkit, record);
  if ("reason" in found) return { problem: found.reason };
  using mol = found;
  if (mol.get_num_atoms() === 0) return { problem: "no atoms" };
  const isFlat = !hasDepth(mol);
  if (coordinates === undefined || (isFlat && !saysInSpace(record))) return asDrawn(mol);
  using full = rdkit.get_mol(molblockOf(record), JSON.stringify({ removeHs: false }));
  if (!full) return { problem: "RDKit cannot read its atoms with their hydrogens" };
  const missing = readGraph(full).atoms.reduce((sum, { hydrogens }) => sum + hydrogens, 0);
  if (missing > 0 && isFlat) return asDrawn(mol);
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

/** Columns of an SDF: its items, then the titles where there are any. */
function columnsOf(records: readonly { items: Map<string, string>; title: string }[]) {
  const items = [...new Set(records.flatMap((record) => [...record.items.keys()]))];
  const hasTitles = records.some(({ title }) => title !== "");
  const names = hasTitles ? [...items, TITLE] : items;
  return { items, names, heads: dataHeads(names), titles: names.indexOf(TITLE, items.length) };
}

export function sdfRows({ rdkit, name: file, text, reading }: FileText): FileRows {
  const { SMILES } = namedColumns(reading);
  refuseColumn(file, SMILES === undefined ? undefined : ["SMILES", SMILES], "an SDF holds structures.");
  const records = sdfRecords(text).map((record) => ({
    ...record,
    items: dataItems(record.text),
    title: titleOf(record.text),
  }));
  const { items, names, heads, titles } = columnsOf(records);
  const found = columnRoles(names, reading, { smiles: -1, file });
  const isTitle = reading.nameColumn === undefined && titles >= 0;
  const roles = isTitle ? { ...found, name: titles } : found;
  function* rows(): Generator<FileRow> {
    for (const { line, text: record, items: data, title } of records) {
      const cells = [...items.map((item) => data.get(item) ?? ""), title];
      const { problem, ...row } = said(cells, { heads, roles });
      const got = structure(rdkit, record, reading);
      const why = "problem" in got ? got.problem : problem;
      const multiplicity = statedMultiplicity(record);
      yield {
        line,
        ...(multiplicity !== undefined && { multiplicity }),
        ...row,
        ...("problem" in got ? { smiles: "" } : got),
        ...(why !== undefined && { problem: why }),
      };
    }
  }
  return { rows: rows(), comments: 0, smilesColumn: null, nameColumn: heads[roles.name] ?? null };
}
