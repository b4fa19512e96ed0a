/** A provenance graph in W3C PROV-JSON (https://www.w3.org/Submission/2013/SUBM-prov-json-20130424/). */
import { encodeParts, jsonParts } from "#shared/encode-parts.ts";
import type { ProvenanceGraph } from "#shared/notebook/provenance.ts";

/** A stage's execution: what it made, when, and by which program. */
interface ProvActivity {
  id: string;
  stage: string;
  record: string;
  program: string;
  finishedAt: string;
  reused: boolean;
}

const PREFIX = { ansatz: "urn:ansatz:", record: "urn:ansatz:record:sha256:", run: "urn:ansatz:run:" };

type Statements = Record<string, Record<string, unknown>>;

/** Numbered statements: PROV-JSON wants an identifier for each relation. */
const numbered = (kind: string, statements: readonly Record<string, unknown>[]): Statements =>
  Object.fromEntries(statements.map((statement, i) => [`_:${kind}${i + 1}`, statement]));

/** Where a record of a kind names the person behind it. */
const PERSON: Readonly<Record<string, string>> = { review: "reviewer", "sign-off": "signer", export: "by" };

const agentId = (name: string): string => `ansatz:agent-${encodeURIComponent(name)}`;

const entities = (nodes: ProvenanceGraph["nodes"]): Statements =>
  Object.fromEntries(
    nodes.map(({ hash, kind, label, at }) => [
      `record:${hash}`,
      {
        "prov:type": `ansatz:${kind}`,
        "prov:label": label,
        "prov:generatedAtTime": { $: at, type: "xsd:dateTime" },
      },
    ]),
  );

const activities = (runs: readonly ProvActivity[]): Statements =>
  Object.fromEntries(
    runs.map(({ id, stage, finishedAt }) => [
      `run:${id}`,
      { "prov:type": `ansatz:${stage}`, "prov:endTime": finishedAt },
    ]),
  );

/** A record and the person behind it. */
interface Attribution {
  hash: string;
  name: string;
}

/** Programs, then people. */
function agents(runs: readonly ProvActivity[], people: readonly Attribution[]): Statements {
  const agent = (type: string, name: string) => [agentId(name), { "prov:type": type, "prov:label": name }];
  const programs = new Set(runs.map(({ program }) => program));
  return Object.fromEntries([
    ...[...programs].map((name) => agent("prov:SoftwareAgent", name)),
    ...people.map(({ name }) => agent("prov:Person", name)),
  ]);
}

const attributions = (nodes: ProvenanceGraph["nodes"]): Attribution[] =>
  nodes.flatMap(({ kind, content, hash }) => {
    const name = PERSON[kind] && (content as Record<string, unknown>)[PERSON[kind]];
    return typeof name === "string" ? [{ hash, name }] : [];
  });

const derivations = (links: ProvenanceGraph["links"]): Statements =>
  numbered(
    "derived",
    links.map(({ source, role, target }) => ({
      "prov:generatedEntity": `record:${source}`,
      "prov:usedEntity": `record:${target}`,
      "prov:role": role,
    })),
  );

/** Entities are records, activities are the runs of stages, agents are programs and people; UTF-8. */
export function toProvJson(
  { nodes, links }: ProvenanceGraph,
  executions: readonly ProvActivity[],
): Uint8Array<ArrayBuffer> {
  const known = new Set<string>(nodes.map(({ hash }) => hash));
  const runs = executions.filter(({ record }) => known.has(record));
  const people = attributions(nodes);
  const document = {
    prefix: PREFIX,
    entity: entities(nodes),
    activity: activities(runs),
    agent: agents(runs, people),
    wasDerivedFrom: derivations(links),
    wasGeneratedBy: numbered(
      "generated",
      runs
        .filter(({ reused }) => !reused)
        .map(({ id, record }) => ({ "prov:entity": `record:${record}`, "prov:activity": `run:${id}` })),
    ),
    used: numbered(
      "used",
      runs
        .filter(({ reused }) => reused)
        .map(({ id, record }) => ({ "prov:activity": `run:${id}`, "prov:entity": `record:${record}` })),
    ),
    wasAssociatedWith: numbered(
      "associated",
      runs.map(({ id, program }) => ({ "prov:activity": `run:${id}`, "prov:agent": agentId(program) })),
    ),
    wasAttributedTo: numbered(
      "attributed",
      people.map(({ hash, name }) => ({ "prov:entity": `record:${hash}`, "prov:agent": agentId(name) })),
    ),
  };
  return encodeParts(jsonParts(document));
}
