/** The app in Chromium, served by the web host over the real engine. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { calculate } from "./calculate-journey.ts";
import { judgeCards } from "./cards-journey.ts";
import { type Host, openInChromium, startHost } from "./chromium-app.ts";
import { archiveAndImport, reopen, searchByKey, signOff } from "./desk-journey.ts";
import { askDevices } from "./devices-journey.ts";
import { fillByDropping } from "./form-journey.ts";
import {
  expectAccessible,
  expectNothingLeftThePage,
  expectShortlistSdf,
  expectToFitSmallWindow,
  exportShortlist,
  openBest,
  picture,
  replayCandidate,
  runCampaign,
  shortlistByKey,
  traceProvenance,
  verifyNotebook,
  type Watch,
} from "./journey.ts";
import { trainModel } from "./model-journey.ts";
import { plotCandidates } from "./plot-journey.ts";
import { sketchAndSearch, sketchMolecules } from "./sketch-journey.ts";
import { makeTable } from "./table-journey.ts";
import { seeVibrations } from "./vibration-journey.ts";
import { watchCurve, watchOptimisation } from "./watch-journey.ts";

const JOURNEY_MS = 400_000;

let folder: string;
let host: Host | undefined;
let browser: Browser;
let page: Page;
let seen: Watch;
let origin: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-e2e-"));
  host = await startHost("--notebook", resolve(folder, "notebook.sqlite"));
  ({ browser, page, seen, origin } = await openInChromium(host));
});

/** What a journey that failed left open is in no other's way. */
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await page.reload();
});

afterAll(async () => {
  await browser?.close();
  await host?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

describe("the app in a browser", () => {
  it("takes a person from the first start to an exported shortlist", { timeout: JOURNEY_MS }, async () => {
    await runCampaign(page, "Browser journey");
    expect(new URL(page.url()).hash, "the token is out of the address").not.toContain("token");
    const shown = await openBest(page);
    await picture(page, "browser-candidate-light");
    await expectAccessible(page, "candidate");
    await shortlistByKey(page, "Ada Lovelace");
    const sdf = await exportShortlist(page, async () => ({
      saved: page.waitForEvent("download").then((download) => download.path()),
    }));
    expectShortlistSdf(sdf, shown);
    await expectNothingLeftThePage(page, seen, origin);
  });

  it("walks by key, closes dialogs before pages, and keeps its place over a reload", async () => {
    await page.keyboard.press("j");
    await page.getByText(/^#2(?: \(|$)/).waitFor();
    await page.keyboard.press("k");
    await page.getByText(/^#1(?: \(|$)/).waitFor();
    await page.keyboard.press("Shift+?");
    await page.getByRole("dialog").getByText("Next candidate").waitFor();
    await expectAccessible(page, "keys");
    await page.keyboard.press("r");
    await page.locator(".bp6-overlay:focus-within").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await page.locator(".candidate-page").count(), "Escape closed the dialog alone").toBe(1);
    expect(await page.locator(".review-list li").count(), "no verdict through a dialog").toBe(3);
    await expectToFitSmallWindow(page);
    await page.reload();
    await page.getByText(/^#1(?: \(|$)/).waitFor();
    await page.locator(".review-list").getByText("Ada Lovelace").first().waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".candidate-page").waitFor({ state: "detached" });
  });

  it("traces, replays and verifies what it shows", { timeout: JOURNEY_MS }, async () => {
    await page.keyboard.press("j");
    await page.getByText(/^#1(?: \(|$)/).waitFor();
    await traceProvenance(page);
    await replayCandidate(page);
    await verifyNotebook(page);
    await page.goBack();
    // A key before the page is there is for nobody.
    await page.getByText(/^#1(?: \(|$)/).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".candidate-page").waitFor({ state: "detached" });
    await expectNothingLeftThePage(page, seen, origin);
  });

  it("signs off, reopens, searches and archives", { timeout: JOURNEY_MS }, async () => {
    await signOff(page, "without a keychain");
    await reopen(page);
    await searchByKey(page, "Ada");
    await page.keyboard.press("Escape");
    const download = async () => {
      const path = join(folder, "notebook.eln");
      await (await page.waitForEvent("download")).saveAs(path);
      return path;
    };
    await archiveAndImport(page, download);
    expect(existsSync(join(folder, "colleague.sqlite"))).toBe(true);
    await page.goBack();
    await page.locator(".candidate-page").waitFor({ state: "detached" });
    await expectNothingLeftThePage(page, seen, origin);
  });

  it("is as readable in the dark", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.keyboard.press("j");
    await page.locator(".energy-answer").first().waitFor();
    await expectAccessible(page, "candidate in the dark");
    await picture(page, "browser-candidate-dark");
    await page.keyboard.press("c");
    await page.getByRole("heading", { name: "Campaigns" }).waitFor();
    await expectAccessible(page, "campaigns in the dark");
    await expectNothingLeftThePage(page, seen, origin);
  });

  it("chooses candidates in a plot", async () => {
    await plotCandidates(page);
    await page.keyboard.press("c");
    await page.getByRole("heading", { name: "Campaigns" }).waitFor();
    await expectNothingLeftThePage(page, seen, origin);
  });

  it("walks, chooses and judges cards as rows", async () => {
    await judgeCards(page);
    await page.keyboard.press("c");
    await page.getByRole("heading", { name: "Campaigns" }).waitFor();
    await expectNothingLeftThePage(page, seen, origin);
  });

  it("chooses columns, and orders by several", async () => {
    await makeTable(page);
    await page.keyboard.press("c");
    await page.getByRole("heading", { name: "Campaigns" }).waitFor();
    await expectNothingLeftThePage(page, seen, origin);
  });

  it("fills a form in from files that are dropped, where they are dropped", async () => {
    await fillByDropping(page);
    await expectNothingLeftThePage(page, seen, origin);
  });

  it("draws a substructure and molecules where they are asked for", async () => {
    await sketchAndSearch(page);
    await sketchMolecules(page);
    await expectNothingLeftThePage(page, seen, origin);
  });

  it("calculates one molecule and draws its orbitals", async () => {
    await calculate(page);
    await expectNothingLeftThePage(page, seen, origin);
  });

  it("shows vibrations by arrows and as motion", async () => {
    await seeVibrations(page);
    await expectNothingLeftThePage(page, seen, origin);
  });

  it("watches an optimisation and a curve, and keeps them where they are cancelled", async () => {
    await watchOptimisation(page);
    await watchCurve(page);
    await expectNothingLeftThePage(page, seen, origin);
  });

  it("trains a model that campaigns can propose with", { timeout: JOURNEY_MS }, async () => {
    await trainModel(page);
    await expectNothingLeftThePage(page, seen, origin);
  });

  it("enables a provider, sends what it has shown, and reads the books", async () => {
    await askDevices(page);
    await expectNothingLeftThePage(page, seen, origin);
  });

  it("refuses a page that has no token", async () => {
    const stranger = await browser.newPage();
    await stranger.goto(`${origin}/`);
    await stranger.getByText("The server runs, but does not know this page", { exact: false }).waitFor();
    await stranger.close();
  });
});
