/** Long calculations watched while they run, and cancelled: what was computed is kept. */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { expectAccessible, picture } from "./journey.ts";

const FRAMES = 60;
const HYDROGEN_FLUORIDE = Array.from(
  { length: FRAMES },
  (_, k) => `2\nH to F\nH 0 0 0\nF 0 0 ${(0.8 + 0.01 * k).toFixed(2)}\n`,
).join("");
/** For an energy and its gradient on a machine that others keep busy. */
const LOOK = { timeout: 110_000, interval: 200 };

interface Watched {
  /** Names the picture. */
  name: string;
  text: string;
  basis: string;
  option: string;
  /** Of the chart while it runs, and of the chart of what is kept; with a number that grows. */
  running: RegExp;
  kept: RegExp;
}

/** The number in a chart's label; 0 while there is no such chart. */
async function countIn(calculation: Locator, label: RegExp): Promise<number> {
  const labels = await calculation
    .getByRole("img")
    .evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? ""));
  return Math.max(0, ...labels.map((text) => Number(label.exec(text)?.[1] ?? 0)));
}

/** Begun, seen to grow while it runs, and cancelled: what was seen is kept, also over a reload. */
async function watchAndCancel(page: Page, { name, text, basis, option, running, kept }: Watched) {
  await page.keyboard.press("ControlOrMeta+Shift+e");
  await page.getByLabel("SMILES, XYZ, molfile or FCIDUMP").fill(text);
  await page.getByRole("combobox", { name: "Method" }).selectOption("rhf");
  await page.getByRole("combobox", { name: "Basis set" }).selectOption(basis);
  await page.getByText(option).click();
  await page.getByText("of one thread and at most", { exact: false }).waitFor();
  await page.keyboard.press("ControlOrMeta+Enter");
  const calculation = page.getByRole("article", { name: "Calculation" });
  await calculation.getByText("running", { exact: true }).waitFor();
  const count = () => countIn(calculation, running);
  await expect.poll(count, LOOK).toBeGreaterThan(0);
  const first = await count();
  await expect.poll(count, LOOK).toBeGreaterThan(first);
  const seen = await count();
  await expectAccessible(page, name);
  await picture(page, name);
  await calculation.getByRole("button", { name: "Cancel" }).click();
  await calculation.getByText("cancelled", { exact: true }).waitFor();
  await page.reload();
  await calculation.getByText(/ · kept as [0-9a-f]{12}$/).waitFor();
  await calculation.getByText("It was cancelled", { exact: false }).waitFor();
  expect(await countIn(calculation, kept)).toBeGreaterThanOrEqual(seen);
  await picture(page, `${name}-cancelled`);
}

/** Some seconds a step: a look twice a second sees it on its way, on a quiet machine too. */
export async function watchOptimisation(page: Page): Promise<void> {
  const label = /^Energy and largest gradient of (\d+) steps/;
  const [running, kept] = [label, label];
  const option = "Optimise the geometry";
  const asked = { text: "OCC(O)CO", basis: "6-31g*", option };
  await watchAndCancel(page, { name: "optimisation-running", ...asked, running, kept });
  await page.getByRole("button", { name: "Go on from here" }).waitFor();
}

/** A bond that is stretched, frame by frame. */
export async function watchCurve(page: Page): Promise<void> {
  const option = `A curve of all ${FRAMES} frames`;
  await watchAndCancel(page, {
    name: "curve-running",
    ...{ text: HYDROGEN_FLUORIDE, basis: "cc-pvdz", option },
    running: /^Energies of (\d+) of 60 frames so far/,
    kept: /^Energy above the lowest of (\d+) frames/,
  });
}
