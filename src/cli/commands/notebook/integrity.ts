/** `ansatz notebook verify | replay | provenance | sign`. */
import type { Command } from "commander";
import { DomainError } from "#shared/errors.ts";
import { CandidateId } from "#shared/ids.ts";
import type { Verification } from "#shared/notebook/verification.ts";
import { PASSPHRASE_VARIABLE, takePassphrase } from "../../device-secrets.ts";
import { existing, leaveAtOnce, openEngine, openToLook, resources, signalOfProcess } from "../../host.ts";
import { formatTable, print, printJson } from "../../output.ts";
import { readId } from "../../read-id.ts";
import { type NotebookFlags, subcommand } from "./command.ts";

export function addIntegrityCommands(notebook: Command): void {
  subcommand(
    notebook,
    "verify [archive]",
    "check every record, the chain and the signatures of the notebook, or of an .eln archive if one is named",
  ).action(runVerify);
  subcommand(notebook, "replay <candidate>", "compute a candidate's steps again and compare").action(
    runReplay,
  );
  subcommand(
    notebook,
    "provenance <candidate>",
    "everything that led to a candidate's numbers and verdicts",
  ).action(runProvenance);
  subcommand(
    notebook,
    "sign",
    `sign the log as it stands; the passphrase is read from ${PASSPHRASE_VARIABLE}`,
  )
    .option("--new-key", "make a new key although there is one; signatures of the former key stay valid")
    .action(runSign);
}

async function runVerify(archive: string | undefined, { notebook, json }: NotebookFlags): Promise<void> {
  // Nothing is kept, and the thread is held until the end.
  leaveAtOnce();
  const { verifyFile } = await import("#core/files.ts");
  const verification = await verifyFile(archive ?? existing(notebook), { resources });
  if (json) printJson(verification);
  else printVerification(verification);
  if (!verification.ok) process.exitCode = 3;
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

function printVerification(verification: Verification): void {
  const { ok, findings, remarks, notCovered, head, signed, events, records, blobs } = verification;
  for (const { where, what } of findings) print(`${where}: ${what}`);
  for (const { where, what } of remarks) print(`Note: ${where} ${what}`);
  print(
    `${ok ? "Nothing was changed" : counted(findings.length, "finding")}: ${counted(events, "event")}, ${counted(records, "record")}, ${counted(blobs, "blob")}`,
  );
  print(`last event ${head.seq}, ${head.hash}`);
  print(signatureLine({ head, signed }));
  print(`Not checked: ${notCovered.join("; ")}.`);
}

/** What is signed, in a sentence. */
export function signatureLine({ head, signed }: Pick<Verification, "head" | "signed">): string {
  if (!signed) {
    return "NOT SIGNED: anyone who can write the file could have rewritten all of it. Compare the last event with one that you wrote down elsewhere, or sign it.";
  }
  const after = signed.seq < head.seq ? `; events ${signed.seq + 1} to ${head.seq} are not signed` : "";
  return `signed up to event ${signed.seq} at ${signed.at} with key ${signed.key}${after}`;
}

async function runReplay(candidate: string, { notebook, json }: NotebookFlags): Promise<void> {
  const id = readId(CandidateId, "candidate", candidate);
  await using engine = await openToLook(notebook);
  const steps = await engine.notebook.replay({ id }, { signal: signalOfProcess() });
  if (json) printJson(steps);
  else {
    const columns = [
      { title: "step", text: (s: (typeof steps)[number]) => s.step },
      { title: "outcome", text: (s: (typeof steps)[number]) => s.outcome },
      { title: "detail", text: (s: (typeof steps)[number]) => s.detail },
    ];
    print(formatTable(columns, steps));
  }
  if (steps.some(({ outcome }) => outcome === "different" || outcome === "not-possible"))
    process.exitCode = 3;
}

async function runProvenance(candidate: string, { notebook, json }: NotebookFlags): Promise<void> {
  const id = readId(CandidateId, "candidate", candidate);
  await using engine = await openToLook(notebook);
  const graph = await engine.notebook.candidateProvenance({ id });
  if (json) return printJson(graph);
  for (const node of graph.nodes) {
    print(`${node.hash.slice(0, 12)}  ${node.kind}  ${node.label}`);
    for (const link of graph.links.filter(({ source }) => source === node.hash)) {
      print(`  ${link.role} → ${link.target.slice(0, 12)}`);
    }
  }
}

async function runSign({
  notebook,
  json,
  newKey = false,
}: NotebookFlags & { newKey?: boolean }): Promise<void> {
  const passphrase = takePassphrase(process.env);
  if (!passphrase) {
    throw new DomainError(
      "invalid-input",
      `Expected the passphrase of the signing key in ${PASSPHRASE_VARIABLE}, got none.`,
    );
  }
  await using engine = await openEngine({ notebook: existing(notebook), recover: false });
  const former = (await engine.notebook.signing()).key?.fingerprint;
  const { key } = await engine.notebook.sign({ lock: { passphrase }, newKey });
  const isNew = key !== former;
  if (json) return printJson({ key, isNew });
  const had = former === undefined ? "it had none" : `it had ${former}`;
  const made = isNew ? `, which was made just now: ${had}` : "";
  print(`Signed with key ${key}${made}. Keep this fingerprint where the notebook is not.`);
}
