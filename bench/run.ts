/** `npm run bench -- NAME [options]`: runs bench/NAME.ts. */
import { readdir } from "node:fs/promises";

const [name, ...args] = process.argv.slice(2);
const files = await readdir(new URL(".", import.meta.url));
const names = files
  .filter((file) => file.endsWith(".ts") && file !== "run.ts")
  .map((file) => file.slice(0, -3));
if (!name || !names.includes(name)) {
  process.stderr.write(`expected one of ${names.join(", ")}; got ${name ?? "nothing"}\n`);
  process.exit(2);
}
const bench = (await import(new URL(`./${name}.ts`, import.meta.url).href)) as {
  run: (args: string[]) => Promise<void>;
};
await bench.run(args);
