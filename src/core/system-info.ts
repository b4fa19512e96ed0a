/** What this installation is and can do: each part is tried, not assumed. */
import { describeBackend } from "#core/generation/network/tensor-backend.ts";
import { sqliteVersion } from "#core/notebook/file/database.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import type { Models } from "#core/orchestration/models/models.ts";
import { threadChemistry } from "#core/orchestration/threads/thread-chemistry.ts";
import { quantumEngine } from "#core/quantum/about.ts";
import type { DoctorCheck, SystemInfo } from "#shared/host/system.ts";
import { VERSION } from "./version.ts";

async function check(name: string, work: () => string | Promise<string>): Promise<DoctorCheck> {
  try {
    return { name, ok: true, detail: await work() };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

interface SystemParts {
  models: Models;
  resources: string;
  threads: number;
  readOnlyReason: string | null;
}

export async function systemInfo(
  notebook: Notebook,
  { models, resources, threads, readOnlyReason }: SystemParts,
): Promise<SystemInfo> {
  const checks = [
    await check("quantum engine", () => {
      const { build, instructionSet } = quantumEngine();
      return `build ${build}, ${instructionSet}`;
    }),
    await check("chemistry", async () => (await threadChemistry(resources)).program),
    await check("generator", describeBackend),
    await check("models", async () => {
      const names = await models.check();
      if (names.length === 0) throw new Error(`no model in ${resources}/models`);
      return names.join(", ");
    }),
    await check(
      "notebook",
      () => `SQLite ${sqliteVersion(notebook.db)}, ${notebook.readonly ? "read-only" : "writable"}`,
    ),
    await check("threads", () => String(threads)),
  ];
  const build = checks[0]?.ok ? quantumEngine().build : "none";
  const { path, readonly } = notebook;
  return { version: VERSION, build, notebookPath: path, readOnly: readonly, readOnlyReason, checks };
}
