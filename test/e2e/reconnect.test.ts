/** The web host stops and starts again on its port: pages of the earlier run say so and come back. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Host, launchChromium, startHost } from "./chromium-app.ts";

let folder: string;
let host: Host | undefined;
let browser: Browser;
let context: BrowserContext;

async function start(port: number): Promise<string> {
  host = await startHost("--port", String(port), "--notebook", join(folder, "notebook.sqlite"));
  return host.url;
}

const stop = async (): Promise<void> => host?.stop();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-reconnect-"));
  browser = await launchChromium();
  context = await browser.newContext();
});
afterAll(async () => {
  await browser?.close();
  host?.process.kill("SIGKILL");
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
