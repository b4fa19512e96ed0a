/** A script in the web host's page tries every way out; in a browser that obeys our headers nothing may reach a listener. */
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWebHost, type WebHost } from "../../src/webhost/server.ts";
import { createFakeEngine } from "../contract/fake-engine.ts";
import { ATTEMPTS, type Listener, listen, tryWaysOut } from "../e2e/ways-out.ts";

const CHROMIUM = process.env.ANSATZ_CHROMIUM ?? "/usr/bin/chromium";

describe("the web host's page", () => {
  let host: WebHost;
  let browser: Browser;
  let listener: Listener;

  beforeAll(async () => {
    const logger = { info: () => {}, warn: () => {}, error: () => {} };
    host = await startWebHost({ engine: createFakeEngine(), logger, appFolder: "out/renderer", port: 0 });
    listener = await listen();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser?.close();
    await listener?.[Symbol.asyncDispose]();
    await host?.[Symbol.asyncDispose]();
  });

  /** A page of its own for each: what the last one left running goes with it. */
  async function withPage<T>(use: (page: Page) => Promise<T>): Promise<T> {
    const page = await browser.newPage();
    try {
      return await use(page);
    } finally {
      await page.close();
    }
  }

  it("still talks to its own server", () =>
    withPage(async (page) => {
      const socket = page.waitForEvent("websocket");
      await page.goto(host.url);
      await (await socket).waitForEvent("framereceived");
    }));

  it.each(ATTEMPTS)("lets nothing out by %s", (_, ways) =>
    withPage(async (page) => {
      await page.goto(host.url);
      expect(await tryWaysOut(page, listener, ways)).toEqual({ udp: 0, tcp: 0 });
    }),
  );
});
