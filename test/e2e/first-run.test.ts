/** From an empty place to a sample that a person looks around in, in Chromium over the real engine. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TOUR } from "../../src/renderer/src/features/tour/steps.ts";
import { type Host, openInChromium, STEP_MS, startHost } from "./chromium-app.ts";
import { compareSix } from "./compare-journey.ts";
import { launchDesktop, missing } from "./desktop-app.ts";
import { expectAccessible, expectNothingLeftThePage, picture, type Watch } from "./journey.ts";

/** The sample takes ten seconds on two idle cores. */
const JOURNEY_MS = 300_000;

let folder: string;
let host: Host | undefined;
let browser: Browser;
let page: Page;
let seen: Watch;
let origin: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-first-run-"));
  host = await startHost("--notebook", join(folder, "mine.sqlite"));
  ({ browser, page, seen, origin } = await openInChromium(host));
}, STEP_MS);

afterAll(async () => {
  await browser?.close();
  await host?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const samples = (): string[] => readdirSync(folder).filter((file) => file.startsWith("sample"));

/** The card is in the window and covers nothing of what it points at, unless that fills the window. */
async function expectBeside(target: string): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate((selector) => {
        const card = document.querySelector(".tour-card")?.getBoundingClientRect();
        const at = document.querySelector(selector)?.getBoundingClientRect();
        if (!card || !at) return "nothing there";
        const isInside =
          card.left >= 0 && card.top >= 0 && card.right <= innerWidth && card.bottom <= innerHeight;
        const isApart =
          card.left >= at.right || card.right <= at.left || card.top >= at.bottom || card.bottom <= at.top;
        return { isInside, isApart };
      }, target),
    )
    .toEqual({ isInside: true, isApart: true });
}

describe("the first run", () => {
  it("has help at hand, found by words and read by key", async () => {
    await page.getByRole("button", { name: "Explore a sample" }).waitFor();
    await page.keyboard.press("F1");
    const search = page.getByRole("combobox", { name: "Search the help" });
    const shown = (title: string) => page.getByRole("article", { name: title }).waitFor();
    await shown("First steps");
    await expectAccessible(page, "help");
    await picture(page, "help");
    await search.fill("error bars");
    await shown("Ranks and “undecided”");
    await picture(page, "help-found");
    await search.fill("telemetry");
    await shown("What leaves the machine");
    await search.fill("no such word");
    await page.getByText("No page has all these words", { exact: false }).waitFor();
    await search.fill("");
    await search.press("ArrowDown");
    await shown("When a molecule has no number");
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await expectAccessible(page, "help in the dark");
    await picture(page, "help-dark");
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Devices in the cloud" }).click();
    await page.getByRole("button", { name: "Help", exact: true }).click();
    await shown("Quantum computers in the cloud");
    await page.keyboard.press("Escape");
    await page.goBack();
  });

  it("makes a sample that can be cancelled, and opens it", { timeout: JOURNEY_MS }, async () => {
    await page.getByRole("button", { name: "Explore a sample" }).click();
    await expectAccessible(page, "sample asked for");
    await picture(page, "sample-dialog");
    await page.getByRole("button", { name: "Make the sample" }).click();
    await page.getByRole("progressbar", { name: "Sample" }).waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Make the sample" }).click();
    await page.getByText(/^(reading|taking|filtering|embedding|evaluating)/).waitFor();
    await expectAccessible(page, "sample in the making");
    await picture(page, "sample-making");
    await page.getByText("is ready", { exact: false }).waitFor();
    expect(samples().filter((file) => /\.sqlite$/.test(file))).toEqual(["sample.sqlite"]);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /^Which small molecule/, level: 1 }).waitFor();
    await page.getByText("methanethiol").first().waitFor();
  });

  it("is led through the question by key, from the ranking to the row without a number", async () => {
    for (const [k, { title, target }] of TOUR.entries()) {
      await page.getByRole("dialog", { name: title }).waitFor();
      await page.locator(target).first().waitFor();
      await page.locator(".tour-ring").waitFor();
      await expectBeside(target);
      await picture(page, `tour-${k + 1}`);
      if (k === 0 || title === "Your verdict") await expectAccessible(page, `tour: ${title}`);
      await page.keyboard.press("Enter");
    }
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByText("no basis set here has all of its elements", { exact: false }).first().waitFor();
  });

  it("leaves the tour with Escape, which closes nothing else, and takes it again from the list of commands", async () => {
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("combobox", { name: "Command" }).fill("tour");
    await page.keyboard.press("Enter");
    const last = TOUR.findIndex(({ title }) => title === "Your verdict");
    for (const { title } of TOUR.slice(0, last)) {
      await page.getByRole("dialog", { name: title }).waitFor();
      await page.keyboard.press("Enter");
    }
    await page.getByRole("dialog", { name: "Your verdict" }).waitFor();
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await page.getByRole("group", { name: "Verdict" }).waitFor();
    await expectAccessible(page, "tour in the dark");
    await picture(page, "tour-dark");
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("group", { name: "Verdict" }).waitFor();
  });

  it("compares six of the sample in 3D, side by side and superposed", { timeout: JOURNEY_MS }, async () => {
    await compareSix(page);
    await expectNothingLeftThePage(page, seen, origin);
  });

  it("leads back to the notebook of before, which holds nothing of the sample", async () => {
    await page.getByRole("button", { name: "Back to mine.sqlite" }).click();
    await page.getByRole("button", { name: "Explore a sample" }).waitFor();
    await page.getByRole("button", { name: "Notebook", exact: true }).click();
    await expectAccessible(page, "shelf");
    await picture(page, "shelf");
    await page.getByRole("button", { name: "Open sample.sqlite" }).click();
    await page.getByRole("link", { name: /Which small molecule/ }).waitFor();
    await expectNothingLeftThePage(page, seen, origin);
  });
});

describe.skipIf(missing)("the desktop after it", () => {
  it("opens the sample in place of its notebook, and that again", { timeout: JOURNEY_MS }, async () => {
    await host?.stop();
    const app = await launchDesktop(folder);
    try {
      const window = await app.firstWindow();
      window.setDefaultTimeout(STEP_MS);
      await window.getByRole("button", { name: "Notebook", exact: true }).click();
      await window.getByRole("button", { name: "Open sample.sqlite" }).click();
      await window.getByRole("link", { name: /Which small molecule/ }).waitFor();
      await window.getByRole("button", { name: "Back to notebook.sqlite" }).click();
      await window.getByRole("button", { name: "Explore a sample" }).waitFor();
    } finally {
      await app.close();
    }
  });
});
