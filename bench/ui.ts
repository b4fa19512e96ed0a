/**
 * How fast the window is with a large campaign, over the web host in Chromium.
 *
 *     npm run bench -- ui [candidates …] [--looked 1000]
 *
 * candidates: 20000 and 100000 by default, put together from fragments; a fiftieth of them has numbers and a verdict.
 * --looked: candidates that are looked at one after the other, for the memory that the page holds afterwards.
 * ANSATZ_CHROMIUM: the browser's binary. The app must be built: npm run setup.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Browser, chromium } from "playwright-core";
import { print } from "./notebook/report.ts";
import { writeLargeNotebook } from "./problems/large-notebook.ts";
import { canonicalMolecules } from "./problems/molecules.ts";
import { type Line, measureJourney, measurePlot } from "./ui/journey.ts";

const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
};

const ms = (value: number): string => value.toFixed(0);
const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
const load = (): string => loadavg()[0]?.toFixed(1) ?? "?";

function tell({ what, times }: Line): void {
  const all = times.map((one) => one.ms);
  const longest = Math.max(...times.map(({ longest_ms }) => longest_ms));
  const received = times.map(({ received_bytes }) => received_bytes);
  print(
    `| ${what} | ${times.length} | ${ms(quantile(all, 0.5))} | ${ms(Math.max(...all))} | ${longest === 0 ? "< 50" : ms(longest)} | ${kilobytes(quantile(received, 0.5))} | ${load()} |`,
  );
}

/** The web host as `npm run web` starts it, and the address that it prints. */
async function serve(notebook: string): Promise<{ host: ChildProcess; url: string }> {
  const host = spawn(process.execPath, ["src/webhost/main.ts", "--no-open", "--notebook", notebook], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  for await (const chunk of host.stdout) {
    text += String(chunk);
    const url = /http:\/\/\S+/.exec(text)?.[0];
    if (url) return { host, url };
  }
  throw new Error("The web host ended before it printed its address.");
}

async function measure(browser: Browser, { path, looked }: { path: string; looked: number }): Promise<void> {
  const { host, url } = await serve(path);
  try {
    print("| | n | median, ms | most, ms | longest block, ms | received, kB | load |");
    print("| --- | --- | --- | --- | --- | --- | --- |");
    const { frames, heap } = await measureJourney({ browser, url, looked, onLine: tell });
    print(
      `\nScrolling: ${ms(quantile(frames, 0.5))} ms between frames (median of ${frames.length}), p95 ${ms(quantile(frames, 0.95))} ms. ` +
        `Heap ${megabytes(heap.before_bytes)} MB, after ${heap.looked} candidates ${megabytes(heap.after_bytes)} MB.`,
    );
    print("\n| plot | n | median, ms | most, ms | longest block, ms | received, kB | load |");
    print("| --- | --- | --- | --- | --- | --- | --- |");
    for (const line of await measurePlot(browser, url)) tell(line);
  } finally {
    host.kill();
    await once(host, "exit");
  }
}

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { looked: { type: "string", default: "1000" } },
  });
  const sizes = positionals.length > 0 ? positionals.map(Number) : [20_000, 100_000];
  const executablePath = process.env.ANSATZ_CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const folder = mkdtempSync(join(tmpdir(), "ansatz-bench-ui-"));
  print(
    `${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}, Chromium ${browser.version()}, ${new Date().toISOString().slice(0, 16)}`,
  );
  try {
    const molecules = await canonicalMolecules(Math.max(...sizes));
    for (const size of sizes) {
      const path = join(folder, `${size}.sqlite`);
      writeLargeNotebook(path, molecules.slice(0, size));
      print(`\n${size} candidates`);
      await measure(browser, { path, looked: Number(values.looked) });
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
