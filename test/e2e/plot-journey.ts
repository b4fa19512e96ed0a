/** Candidates chosen in a plot, by keyboard, and the plot as files. */
import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { expectAccessible, picture } from "./journey.ts";

async function saved(page: Page, name: string): Promise<Buffer> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name }).click();
  return readFileSync(await (await download).path());
}

/** Points coloured and sized by other numbers, directions turned, and points walked through by arrow keys. */
async function lookByThirdNumber(page: Page, plot: Locator): Promise<void> {
  await plot.getByLabel("Colour", { exact: true }).selectOption("logP");
  await plot.getByLabel("Size", { exact: true }).selectOption("heavyAtoms");
  const colours = plot.getByRole("figure", { name: "Colours: logP" });
  await colours.getByRole("listitem").nth(1).waitFor();
  await plot.getByRole("figure", { name: "Sizes: Heavy atoms" }).waitFor();
  const best = plot.getByText(/best: lower Molecular weight/);
  await best.waitFor();
  await plot.getByLabel("Better: Molecular weight / Da").selectOption("more");
  await plot.getByText(/best: higher Molecular weight/).waitFor();
  expect(await best.count()).toBe(0);
  await plot.getByRole("group", { name: /^Points/ }).press("ArrowRight");
  await page.locator(".candidate-page").waitFor();
  await page.locator("tr[aria-current]").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".candidate-page").waitFor({ state: "detached" });
}

/** The map says how it was made, is found again after a reload, and leads to a candidate by arrow key. */
async function readMap(page: Page, plot: Locator): Promise<void> {
  await plot.getByText("Map", { exact: true }).click();
  const map = plot.getByRole("img", { name: /^Map of chemical space, \d+ candidates/ });
  await map.waitFor();
  await plot.getByText(/laid out by UMAP \(seed 1, \d+ neighbours\) on 1 − Tanimoto/).waitFor();
  await plot.getByLabel("Map, across, from").fill("-1000");
  await page.getByRole("group", { name: "Chosen candidates" }).waitFor();
  await plot.getByRole("group", { name: /^Points/ }).press("ArrowRight");
  await page.locator("tr[aria-current]").waitFor();
  // What stood under the mouse has moved.
  await page.mouse.move(0, 0);
  await expectAccessible(page, "map");
  await picture(page, "plot-map");
  await page.keyboard.press("Escape");
  await page.reload();
  await map.waitFor();
}

/** Lines through axes that a person chooses; a range that is typed on one narrows the table and stands in the address. */
async function narrowByAxis(page: Page, plot: Locator): Promise<void> {
  await plot.getByText("Parallel", { exact: true }).click();
  const drawn = plot.getByRole("img", { name: /^Parallel coordinates of Vertical ionisation energy/ });
  await drawn.waitFor();
  await plot.getByRole("button", { name: /^Axes: \d/ }).press("Enter");
  const axes = page.locator(".axes-form");
  await axes.getByLabel("Heavy atoms", { exact: true }).check({ force: true });
  await axes.getByRole("button", { name: "Heavy atoms to the left" }).press("Enter");
  await page.keyboard.press("Escape");
  await axes.waitFor({ state: "detached" });
  await plot.getByRole("img", { name: /Heavy atoms, TPSA/ }).waitFor();
  const rows = page.locator("table.candidate-table");
  const all = Number(await rows.getAttribute("aria-rowcount"));
  await plot.getByLabel("Heavy atoms, from").fill("1000");
  await expect.poll(async () => Number(await rows.getAttribute("aria-rowcount"))).toBe(1);
  expect(page.url()).toContain("range=");
  await plot.getByText(/are within the ranges; \d+ are not, drawn pale/).waitFor();
  await plot.getByLabel("Heavy atoms, from").fill("1");
  await expectAccessible(page, "parallel coordinates");
  await picture(page, "plot-parallel");
  await page.getByRole("group", { name: "Ranges" }).getByRole("button").click();
  await expect.poll(async () => Number(await rows.getAttribute("aria-rowcount"))).toBe(all);
}

/** From the list of campaigns: what a range chooses in the plot is chosen for the table's verdicts. */
export async function plotCandidates(page: Page): Promise<void> {
  await page.locator("a.campaign-item").first().click();
  await page.getByRole("region", { name: "Candidates", exact: true }).waitFor();
  await page.keyboard.press("p");
  const plot = page.getByRole("region", { name: "Plot" });
  await plot.getByRole("img", { name: /Vertical ionisation energy .* against Molecular weight/ }).waitFor();
  await plot.getByText("Pareto front").click();
  await plot.getByRole("button", { name: /^Choose the front/ }).click();
  await page.getByRole("group", { name: "Chosen candidates" }).waitFor();
  await page.getByRole("button", { name: "Choose none" }).click();
  const from = plot.getByLabel("Molecular weight / Da, from");
  await from.fill("1000000");
  await page.getByRole("group", { name: "Chosen candidates" }).waitFor({ state: "detached" });
  await from.fill("1");
  await page.getByRole("group", { name: "Chosen candidates" }).waitFor();
  await lookByThirdNumber(page, plot);
  await expectAccessible(page, "plot");
  await picture(page, "plot");
  expect((await saved(page, "Save as SVG")).toString()).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
  expect((await saved(page, "Save as PNG")).subarray(1, 4).toString()).toBe("PNG");
  await narrowByAxis(page, plot);
  await readMap(page, plot);
  await plot.getByText("Distribution", { exact: true }).click();
  await plot.getByRole("img", { name: /Distribution of Molecular weight/ }).waitFor();
  await plot.getByLabel("Molecular weight / Da, from").fill("1");
  await page.getByRole("button", { name: "Choose none" }).click();
  await page.getByRole("button", { name: "Plot", exact: true }).click();
  await plot.waitFor({ state: "detached" });
}
