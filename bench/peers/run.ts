/** A script of a peer on some problems, in a process of its own. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { peerPython } from "./venv.ts";

interface Script {
  /** Of requirements-<environment>.txt. */
  environment: string;
  /** Beside this file; its first argument is a file with the problems as JSON, its second the threads. */
  name: string;
  threads: number;
  /** Further arguments. */
  rest?: readonly string[];
}

/** The lines that it prints, each of them JSON. */
export function peerLines(problems: unknown, { environment, name, threads, rest = [] }: Script): unknown[] {
  const folder = mkdtempSync(join(tmpdir(), "ansatz-bench-"));
  try {
    const path = join(folder, "problems.json");
    writeFileSync(path, JSON.stringify(problems));
    const set = Object.fromEntries(
      ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"].map((key) => [key, String(threads)]),
    );
    const script = fileURLToPath(new URL(name, import.meta.url));
    const output = execFileSync(peerPython(environment), [script, path, String(threads), ...rest], {
      env: { ...process.env, ...set, PYTHONDONTWRITEBYTECODE: "1" },
      encoding: "utf8",
    });
    return output
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
