/** A script in the desktop window tries every way out; nothing may reach a listener on this machine. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElectronApplication, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchDesktop, missing } from "../e2e/desktop-app.ts";
import { ATTEMPTS, type Listener, listen, tryWaysOut } from "../e2e/ways-out.ts";

describe.skipIf(missing)("the desktop window", () => {
  let folder: string;
  let app: ElectronApplication;
  let page: Page;
  let listener: Listener;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "ansatz-ways-"));
    listener = await listen();
    app = await launchDesktop(folder);
    page = await app.firstWindow();
    await page.waitForLoadState();
  });
  afterAll(async () => {
    await app?.close();
    await listener[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(ATTEMPTS)("lets nothing out by %s", async (_, ways) => {
    // What the last one left running goes with its page.
    await page.reload();
    expect(await tryWaysOut(page, listener, ways)).toEqual({ udp: 0, tcp: 0 });
  });
});
