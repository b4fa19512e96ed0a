/**
 * RO-Crate 1.1 metadata (https://w3id.org/ro/crate/1.1) as the .eln file format asks for it: one root data set, every file
 * with its size and SHA-256, people as Person entities.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { DomainError } from "#shared/errors.ts";
import { parseUntrustedJson } from "#shared/untrusted-json.ts";
import type { Files } from "./zip.ts";

export const METADATA_FILE = "ro-crate-metadata.json";
const CONTEXT = "https://w3id.org/ro/crate/1.1/context";
const PROFILE = "https://w3id.org/ro/crate/1.1";

interface CrateDataSet {
  /** Folder, ending in a slash. */
  path: string;
  name: string;
  description: string;
  dateCreated: string;
  /** Names of people. */
  contributors: readonly string[];
}

interface CrateOptions {
  name: string;
  description: string;
  datePublished: string;
  /** Name and version of the program. */
  program: string;
  /** A licence as a URL or in words. */
  licence: string;
  files: Files;
  /** What each file is, by path; a file without is named by its path. */
  descriptions: Readonly<Record<string, string>>;
  dataSets: readonly CrateDataSet[];
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  csv: "text/csv",
  json: "application/json",
  jsonl: "application/jsonl",
  sdf: "chemical/x-mdl-sdfile",
  smi: "chemical/x-daylight-smiles",
  pdf: "application/pdf",
};

type Entity = Record<string, unknown> & { "@id": string };

const reference = (id: string) => ({ "@id": id });
const personId = (name: string): string => `#person-${encodeURIComponent(name)}`;
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const fileEntity = (path: string, bytes: Uint8Array, description: string | undefined): Entity => ({
  "@id": path,
  "@type": "File",
  name: path.slice(path.lastIndexOf("/") + 1),
  encodingFormat: MEDIA_TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream",
  contentSize: String(bytes.length),
  sha256: sha256(bytes),
  ...(description && { description }),
});

const within = (folder: string, paths: readonly string[]): ReturnType<typeof reference>[] =>
  paths.filter((path) => path.startsWith(folder)).map(reference);

/** The metadata file of a crate that holds the given files. */
export function crateMetadata(options: CrateOptions): Uint8Array {
  const { files, dataSets, descriptions } = options;
  const paths = Object.keys(files).sort();
  const people = [...new Set(dataSets.flatMap(({ contributors }) => contributors))].sort();
  const loose = paths.filter((path) => !dataSets.some((dataSet) => path.startsWith(dataSet.path)));
  const graph: Entity[] = [
    {
      "@id": METADATA_FILE,
      "@type": "CreativeWork",
      about: reference("./"),
      conformsTo: reference(PROFILE),
      dateCreated: options.datePublished,
      sdPublisher: reference("#program"),
      version: "1.0",
    },
    {
      "@id": "./",
      "@type": "Dataset",
      name: options.name,
      description: options.description,
      datePublished: options.datePublished,
      license: options.licence,
      hasPart: [...dataSets.map(({ path }) => reference(path)), ...loose.map(reference)],
    },
    { "@id": "#program", "@type": "Organization", name: options.program },
    ...people.map((name) => ({ "@id": personId(name), "@type": "Person", name })),
    ...dataSets.map(({ path, name, description, dateCreated, contributors }) => ({
      "@id": path,
      "@type": "Dataset",
      name,
      description,
      dateCreated,
      contributor: contributors.map((person) => reference(personId(person))),
      hasPart: within(path, paths),
    })),
    ...paths.map((path) => fileEntity(path, files[path]!, descriptions[path])),
  ];
  return new TextEncoder().encode(`${JSON.stringify({ "@context": CONTEXT, "@graph": graph }, null, 2)}\n`);
}

const FileEntity = z.looseObject({ "@id": z.string(), "@type": z.literal("File"), sha256: z.string() });
const Metadata = z.looseObject({ "@graph": z.array(z.looseObject({ "@id": z.string() })) });

/** What is wrong with the files of a crate, by their metadata. */
export function* checkCrate(files: Files): Generator<{ where: string; what: string }> {
  const metadata = files[METADATA_FILE];
  if (!metadata) {
    yield { where: METADATA_FILE, what: "is missing: this is no RO-Crate" };
    return;
  }
  let graph: readonly unknown[];
  try {
    graph = Metadata.parse(parseUntrustedJson(new TextDecoder().decode(metadata)))["@graph"];
  } catch {
    yield { where: METADATA_FILE, what: "cannot be read" };
    return;
  }
  const described = new Set([METADATA_FILE]);
  for (const entity of graph) {
    const file = FileEntity.safeParse(entity);
    if (!file.success) continue;
    const { "@id": path, sha256: expected } = file.data;
    described.add(path);
    const bytes = files[path];
    if (!bytes) yield { where: path, what: "is missing" };
    else if (sha256(bytes) !== expected)
      yield { where: path, what: "was changed: its SHA-256 is not that of the metadata" };
  }
  for (const path of Object.keys(files)) {
    if (!described.has(path)) yield { where: path, what: "was added: the metadata does not know it" };
  }
}

/** The files of an archive without its one root folder. @throws DomainError invalid-input where there is none */
export function withoutRoot(files: Files): Files {
  const roots = new Set(Object.keys(files).map((path) => path.split("/")[0]));
  const [root] = roots;
  if (roots.size !== 1 || root === undefined) {
    const message = `Expected an .eln archive with one root folder, got ${roots.size} entries at the top.`;
    throw new DomainError("invalid-input", message);
  }
  const entries = Object.entries(files).filter(([path]) => !path.endsWith("/"));
  return Object.fromEntries(entries.map(([path, bytes]) => [path.slice(root.length + 1), bytes]));
}
