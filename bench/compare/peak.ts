/** What part of the machine's peak the kernels of integrals and direct CI reach on one core: kernels.cpp against the core as it was built. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { header, print } from "../vqe/table.ts";
import { load } from "./rows.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Row {
  name: string;
  perSecond: number;
}

/** Compiled for this machine by the C++ compiler that CXX names, or c++. */
function measured(): Row[] {
  const folder = mkdtempSync(join(tmpdir(), "ansatz-bench-"));
  try {
    const program = join(folder, "kernels");
    const includes = ["native/include", "native/src"].flatMap((path) => ["-I", join(root, path)]);
    const files = [join(root, "bench/compare/kernels.cpp"), join(root, "build/native/libansatz_core.a")];
    execFileSync(process.env.CXX ?? "c++", [
      ...["-O3", "-march=native", "-std=c++20", ...includes, ...files],
      ...["-pthread", "-o", program],
    ]);
    return execFileSync(program, { encoding: "utf8" })
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Row);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function peakSection(): void {
  header("kernels on one core", "10⁹ operations a second", "of the peak", "load");
  const [peak, ...rows] = measured();
  const of = (perSecond: number): string => `${((100 * perSecond) / peak!.perSecond).toFixed(0)} %`; // the program's first line
  for (const { name, perSecond } of [peak!, ...rows]) // the same
    print(name.replaceAll("|", "\\|"), (perSecond / 1e9).toPrecision(3), of(perSecond), load());
}
