/**
 * What each method says of eight molecules that one determinant does not describe, beside what is known of them.
 *
 *     npm run bench -- showcase n2 [--plot FILE.svg]
 *
 * n2, f2, o2, ch2, ethylene, benzyne, ozone or lif. Energies less those of the first point, eV.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { decimal } from "#shared/decimals.ts";
import { toElectronVolt } from "#shared/units.ts";
import { SHOWCASES, type Showcase } from "./showcase/cases.ts";
import { type Energies, energiesAt, METHODS } from "./showcase/methods.ts";
import { plotShowcase } from "./showcase/plot.ts";

const resources = fileURLToPath(new URL("../resources", import.meta.url));

/** Energies of each point less those of the first, eV; null where one of both was not reached. */
const relative = (all: readonly Energies[]): Energies[] =>
  all.map(
    (energies) =>
      Object.fromEntries(
        METHODS.map((method) => {
          const [energy, first] = [energies[method], all[0]?.[method] ?? null];
          return [method, energy === null || first === null ? null : toElectronVolt(energy - first)];
        }),
      ) as Energies,
  );

function print({ title, basis, space, points, literature }: Showcase, rows: readonly Energies[]): void {
  const shown = METHODS.filter((method) => rows.some((row) => row[method] !== null));
  console.log(`${title}; ${basis}, (${space.nelec}e,${space.norb}o); eV`);
  console.log(`| | ${shown.join(" | ")} |\n|${" --- |".repeat(shown.length + 1)}`);
  for (const [k, row] of rows.entries()) {
    const cells = shown.map((method) => (row[method] === null ? "not converged" : decimal(row[method], 2)));
    console.log(`| ${points[k]?.at} | ${cells.join(" | ")} |`);
  }
  console.log(`reference: ${decimal(literature.value_eV, 2)} at the last, ${literature.source}`);
}

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    options: { plot: { type: "string" } },
    allowPositionals: true,
  });
  const [name = ""] = positionals;
  const showcase = Object.hasOwn(SHOWCASES, name) ? SHOWCASES[name] : undefined;
  if (!showcase) throw new Error(`expected one of ${Object.keys(SHOWCASES).join(", ")}; got "${name}"`);
  const begin = process.cpuUsage();
  const found: Energies[] = [];
  for (const point of showcase.points) found.push(await energiesAt(showcase, point, resources));
  const rows = relative(found);
  print(showcase, rows);
  const { user, system } = process.cpuUsage(begin);
  console.log(`${((user + system) / 1e6).toFixed(0)} s of processor time on one thread`);
  if (values.plot !== undefined) plotShowcase(values.plot, showcase, rows);
}
