/**
 * Writes THIRD-PARTY.md: every package that ships with the app, its licence, and the licence's text once. Run it after every
 * change of a dependency; a test compares the file with what this makes.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./setup.mjs";

/** Development packages that the build puts into the window, or whose headers the native core is compiled with. */
const BUILT_IN = [
  ...["@blueprintjs/core", "@blueprintjs/icons", "@dagrejs/dagre", "@fontsource-variable/inter"],
  ...["@fontsource-variable/jetbrains-mono", "@orpc/tanstack-query", "@tanstack/react-query"],
  ...["@tanstack/react-table", "@tanstack/react-virtual", "3dmol", "echarts", "react", "react-dom"],
  ...["react-resizable-panels", "node-addon-api", "node-api-headers"],
];

/** What carries its own notices, too long to repeat. */
const BY_THEMSELVES = [
  "Node.js 24 (MIT and others): LICENSE in node_modules/node-*",
  "Electron and Chromium (MIT, BSD-3-Clause and others): LICENSE and LICENSES.chromium.html beside Electron's binary",
  "SQLite (public domain), in better-sqlite3",
  "RDKit, Boost, InChI and FreeType (BSD-3-Clause, BSL-1.0, MIT, FTL), in @rdkit/rdkit's WebAssembly",
];
/** Folders of resources/ with SOURCE and LICENCE beside the data. */
const RESOURCES = [
  "basis",
  "dispersion",
  "filters",
  "fonts",
  "icons",
  "models/drug-like",
  "models/small-organics",
  "qpu",
  "sample",
];

const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;

/** Where Node finds a dependency of the package at `path`. */
function placeOf(path, name) {
  for (let folder = path; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, "")) {
    const place = `${folder ? `${folder}/` : ""}node_modules/${name}`;
    if (lock[place]) return place;
    if (!folder) return undefined;
  }
}

/** Every package that these need, themselves included, platform binaries aside. */
function closure(names) {
  const seen = new Set();
  const visit = (place) => {
    if (!place || seen.has(place) || lock[place].os) return;
    seen.add(place);
    for (const name of Object.keys(lock[place].dependencies ?? {})) visit(placeOf(place, name));
  };
  for (const name of names) visit(placeOf("", name));
  return [...seen].sort();
}

/** Text of a package's licence as it ships it; "" where it ships none. */
function licenceText(place) {
  const folder = join(root, place);
  if (!existsSync(folder)) throw new Error(`expected ${place}; run "npm ci --ignore-scripts"`);
  const file = readdirSync(folder)
    .sort()
    .find((name) => /^(licen[cs]e|copying)(\.|-|$)/i.test(name));
  if (!file) return "";
  const lines = readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").split("\n");
  return lines
    .map((line) => line.trimEnd())
    .join("\n")
    .trim();
}

/** The whole file. */
export function notices() {
  const shipped = closure([...Object.keys(lock[""].dependencies), ...BUILT_IN]);
  const texts = new Map();
  const rows = shipped.map((place) => {
    const name = place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
    const { version, license } = lock[place];
    const text = licenceText(place);
    const id = text && createHash("sha256").update(text).digest("hex").slice(0, 8);
    if (text) texts.set(id, text);
    return `| ${name} | ${version} | ${license ?? "see its text"} | ${id || "none in the package"} |`;
  });
  const licences = [...texts].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    "# Third-party notices",
    "What ships with Ansatz and is not ours. Made by scripts/third-party-notices.mjs from package-lock.json.",
    "## With notices of their own",
    BY_THEMSELVES.map((line) => `- ${line}`).join("\n"),
    "## Data and fonts",
    RESOURCES.map((name) => `- resources/${name}: SOURCE and LICENCE beside it`).join("\n"),
    "## Packages",
    ["| package | version | licence | text |", "|---|---|---|---|", ...new Set(rows)].join("\n"),
    "## Texts",
    ...licences.map(([id, text]) => `### ${id}\n\n~~~~\n${text}\n~~~~`),
    "",
  ].join("\n\n");
}

export const noticesPath = join(root, "THIRD-PARTY.md");
export const resourcesWithLicence = RESOURCES;

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(noticesPath, notices());
