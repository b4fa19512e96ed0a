/** Parts of the window that cannot be drawn: answers of a fake engine are spoilt on their way, and the rest must work on. */
import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { startWebHost, type WebHost } from "../../src/webhost/server.ts";
import { createFakeEngine, KNOWN_CAMPAIGN } from "../contract/fake-engine.ts";

const STEP_MS = 120_000;
const JOURNEY_MS = 400_000;

let host: WebHost;
let browser: Browser;
let page: Page;
/** What of a message is put into another one's place. */
let spoilt: [from: string, to: string] | null = null;

beforeAll(async () => {
  if (!existsSync("out/renderer/index.html")) throw new Error('The app is not built. Run "npm run setup".');
  const engine = createFakeEngine();
  await engine.campaigns.start(CampaignSettings.parse({ name: "Faulty" }));
  const logger = { info: () => {}, warn: () => {}, error: () => {} };
  host = await startWebHost({ engine, logger, appFolder: "out/renderer", port: 0 });
  browser = await chromium.launch({
    executablePath: process.env.ANSATZ_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
  });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
  });
  page = await context.newPage();
  page.setDefaultTimeout(STEP_MS);
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) =>
      socket.send(typeof message === "string" && spoilt ? message.replaceAll(...spoilt) : message),
    );
  });
  await page.goto(host.url);
});

/** What was shown instead. */
afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  await page.screenshot({ path: "test-results/fault-missed.png" });
  console.error(page.url(), await page.locator("body").textContent());
});

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
});

const fault = (of: string) => page.getByRole("alert").filter({ hasText: `${of} cannot be shown` });

it("a table that cannot be drawn leaves head, views and bar, and comes back", {
  timeout: JOURNEY_MS,
}, async () => {
  spoilt = ['"state":"evaluated"', '"state":"melted"'];
  await page.getByText("Faulty").first().click();
  await fault("The list of candidates").waitFor();
  await page.getByRole("heading", { name: "Faulty" }).waitFor();
  await page.screenshot({ path: "test-results/fault-table.png" });
  await fault("The list of candidates").getByText("Details", { exact: true }).click();
  await page.getByText(`page: campaign ${KNOWN_CAMPAIGN}`).waitFor();
  spoilt = null;
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator("[data-candidate='0']").waitFor();
  expect(await page.getByRole("alert").count()).toBe(0);
});

it("a candidate that cannot be drawn leaves the table, says its details and closes", {
  timeout: JOURNEY_MS,
}, async () => {
  spoilt = ['"reviews":[]', '"reviews":null'];
  await page.locator("[data-candidate='0']").click();
  await fault("This candidate").waitFor();
  await page.getByRole("button", { name: "Copy the details" }).click();
  await page.getByText("Copied.").waitFor();
  expect(await page.locator("[data-candidate='0']").count(), "the table is there").toBe(1);
  await page.getByRole("button", { name: "Close the candidate" }).click();
  await fault("This candidate").waitFor({ state: "detached" });
  spoilt = null;
  await page.locator("[data-candidate='0']").click();
  await page.locator("[data-candidate-page]").waitFor();
  await page.keyboard.press("Escape");
});

it("a dialog that cannot be drawn is one that closes", { timeout: JOURNEY_MS }, async () => {
  spoilt = ['"checks":[]', '"checks":null'];
  await page.getByRole("button", { name: "About this installation" }).click();
  await fault("This installation").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  spoilt = null;
});

it("a page that cannot be drawn leaves the bar, which leads to others", { timeout: JOURNEY_MS }, async () => {
  spoilt = ['"settings":{', '"settings":null,"x":{'];
  await page.goto(`${new URL(host.url).origin}/#/`);
  await fault("This page").waitFor();
  await page.getByRole("button", { name: "Notebook", exact: true }).click();
  await page.getByRole("heading", { name: "Notebook", exact: true }).waitFor();
  expect(await page.getByRole("alert").filter({ hasText: "cannot be shown" }).count()).toBe(0);
});
