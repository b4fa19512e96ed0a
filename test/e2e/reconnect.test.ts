/** The web host stops and starts again on its port: pages of the earlier run say so and come back. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const CHROMIUM = process.env.ANSATZ_CHROMIUM ?? "/usr/bin/chromium";

let folder: string;
let host: ChildProcess;
let browser: Browser;
let context: BrowserContext;

async function start(port: number): Promise<string> {
  const args = ["--no-open", "--port", String(port), "--notebook", join(folder, "notebook.sqlite")];
  host = spawn(process.execPath, ["src/webhost/main.ts", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const [text] = await once(host.stdout!, "data");
  return /http:\/\/\S+/.exec(String(text))?.[0] ?? "";
}

async function stop(): Promise<void> {
  host.kill();
  await once(host, "exit");
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-reconnect-"));
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  context = await browser.newContext();
});
afterAll(async () => {
  await browser?.close();
  host?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

describe("a page of an earlier run of the web host", () => {
  it("says what is so, and comes back with another page, or with the new address", async () => {
    const first = await start(0);
    const port = Number(new URL(first).port);
    const old = await context.newPage();
    const isUp = () => old.getByRole("alert").waitFor({ state: "detached", timeout: 30_000 });
    await old.goto(first);
    await old.getByRole("main").getByRole("heading").first().waitFor();
    await stop();
    await old.getByText("The engine is not running").waitFor();

    const second = await start(port);
    await old.getByText("This page is not connected").waitFor({ timeout: 30_000 });
    const fresh = await context.newPage();
    await fresh.goto(second);
    await isUp();

    await stop();
    await old.getByText("The engine is not running").waitFor();
    const third = await start(port);
    await old.getByText("This page is not connected").waitFor({ timeout: 30_000 });
    const address = old.getByLabel("Address that the server printed");
    for (const wrong of ["nonsense", `http://127.0.0.1:${port}/`, third.replace(String(port), "1")]) {
      await address.fill(wrong);
      await old.getByRole("button", { name: "Reconnect" }).click();
      await old.getByText("Expected http", { exact: false }).waitFor();
    }
    await address.fill(second);
    await old.getByRole("button", { name: "Reconnect" }).click();
    await old.getByText("This page is not connected").waitFor({ timeout: 30_000 });
    await address.fill(third);
    await old.getByRole("button", { name: "Reconnect" }).click();
    await isUp();
    expect(new URL(old.url()).hash).not.toContain("token");
    await fresh.getByRole("alert").waitFor({ state: "detached", timeout: 30_000 });
  });
});
