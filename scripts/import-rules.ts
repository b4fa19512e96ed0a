/**
 * Who may import what: checks every import under src/ against the table in docs/architecture.md, and that folders side by side
 * never import each other in a circle. `node scripts/import-rules.ts` prints what is refused and exits 1.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

const NETWORK = new Set(
  ["http", "https", "http2", "net", "tls", "dgram", "dns"].map((name) => `node:${name}`),
);
const IMPORT =
  /^(?:import|export)\b[^;"]*?from\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\("([^"]+)"\)|\brequire\("([^"]+)"\)|new URL\("(\.[^"]+\.ts)", import/gm;

/** A room and what its files may import. */
interface Row {
  room: string;
  /** Rooms and files of ours. */
  rooms: string[];
  packages: string[];
  /** "" for none, "node" for all but the network, "network" for all. */
  node: string;
}

interface Violation {
  file: string;
  line: number;
  message: string;
}

/** One of: a path below src/, a package, a module of Node. */
interface Target {
  ours?: string;
  package?: string;
  node?: string;
}

interface Import {
  file: string;
  line: number;
  target: Target;
}

/** The rows of the table under "## Who may import what": room, rooms and files of ours, packages, Node. */
export function readRules(markdown: string): Row[] {
  const section = markdown.split("## Who may import what")[1]?.split("\n## ")[0] ?? "";
  const cells = (line: string): string[] =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
  const words = (cell = ""): string[] => cell.split(/,\s*/).filter(Boolean);
  const rows = section
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map(cells);
  if (rows.length === 0)
    throw new Error('expected a table under "## Who may import what" in docs/architecture.md');
  return rows.map(([room = "", rooms, packages, node = ""]) => ({
    room,
    rooms: words(rooms),
    packages: words(packages),
    node,
  }));
}

/** The row of a path below src/: the longest room that holds it. */
function rowOf(path: string, rules: readonly Row[]): Row | undefined {
  const holds = ({ room }: Row) => path === room || path.startsWith(`${room}/`);
  return rules.filter(holds).sort((a, b) => b.room.length - a.room.length)[0];
}

/** A path below src/ for a file of ours, the name for a package or a Node module. */
function resolveImport(file: string, specifier: string): Target {
  if (specifier.startsWith(".")) return { ours: posix.join(posix.dirname(file), specifier) };
  if (specifier.startsWith("#")) return { ours: specifier.slice(1) };
  if (specifier.startsWith("node:")) return { node: specifier };
  return {
    package: specifier
      .split("/")
      .slice(0, specifier.startsWith("@") ? 2 : 1)
      .join("/"),
  };
}

function refusal(row: Row, target: Target, rules: readonly Row[]): string | undefined {
  if (target.node) {
    if (row.node === "") return `${row.room} runs anywhere: no ${target.node}`;
    if (NETWORK.has(target.node) && row.node !== "network")
      return `${row.room} may not open a network connection`;
    return undefined;
  }
  if (target.package)
    return row.packages.includes(target.package)
      ? undefined
      : `${row.room} may not import the package ${target.package}`;
  const path = target.ours ?? "";
  const room = rowOf(path, rules)?.room;
  if (room === row.room || [path, room ?? ""].some((open) => row.rooms.includes(open))) return undefined;
  return `${row.room} may not import ${path}`;
}

function importsOf(sources: ReadonlyMap<string, string>): Import[] {
  return [...sources].flatMap(([file, text]) =>
    [...text.matchAll(IMPORT)].map((match) => ({
      file,
      line: text.slice(0, match.index).split("\n").length,
      target: resolveImport(file, match.slice(1).find(Boolean) ?? ""),
    })),
  );
}

/** The folders below one parent that two files stand in, if they differ. */
function siblings(from: string, to: string): [string, string] | undefined {
  const [a, b] = [from.split("/"), to.split("/")];
  let depth = 0;
  while (a[depth] === b[depth]) depth++;
  if (depth >= a.length - 1 || depth >= b.length - 1) return undefined;
  return [a.slice(0, depth + 1).join("/"), b.slice(0, depth + 1).join("/")];
}

/** Folders that reach each other, as sentences with the imports that tie them. */
function circles(imports: readonly Import[]): Violation[] {
  const arrows = new Map<string, Map<string, { file: string; line: number }>>();
  for (const { file, line, target } of imports) {
    const pair = target.ours && siblings(file, target.ours);
    if (!pair) continue;
    const [from, to] = pair;
    arrows.set(from, (arrows.get(from) ?? new Map()).set(to, { file, line }));
  }
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...(arrows.get(from)?.keys() ?? [])].some(
      (next) => next === to || (!seen.has(next) && seen.add(next) && reaches(next, to, seen)),
    );
  return [...arrows].flatMap(([from, targets]) =>
    [...targets]
      .filter(([to]) => reaches(to, from))
      .map(([to, at]) => ({ ...at, message: `the folders ${from} and ${to} import each other in a circle` })),
  );
}

/** @param sources text by path below src/ */
export function violations(sources: ReadonlyMap<string, string>, rules: readonly Row[]): Violation[] {
  const imports = importsOf(sources);
  const refused = imports.flatMap(({ file, line, target }) => {
    const row = rowOf(file, rules);
    const message = row ? refusal(row, target, rules) : `no room of docs/architecture.md holds ${file}`;
    return message ? [{ file, line, message }] : [];
  });
  return [...refused, ...circles(imports)];
}

/** Every TypeScript file of a folder, by path below it. */
export function readSources(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  return new Map(names.map((name) => [name.replaceAll("\\", "/"), readFileSync(join(folder, name), "utf8")]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const rules = readRules(readFileSync(join(root, "docs/architecture.md"), "utf8"));
  const found = violations(readSources(join(root, "src")), rules);
  for (const { file, line, message } of found) process.stderr.write(`src/${file}:${line}: ${message}\n`);
  process.exit(found.length > 0 ? 1 : 0);
}
