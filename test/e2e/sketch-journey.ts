/** Structures drawn, by mouse and as text, wherever one is asked for. */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { expectAccessible, picture } from "./journey.ts";

/** A bond, by a click where nothing is: the tool that is chosen at first draws it. */
async function drawBond(page: Page): Promise<void> {
  const board = page.getByRole("img", { name: /^Drawing; / });
  const box = await board.boundingBox();
  if (!box) throw new Error("no drawing");
  await board.click({ position: { x: box.width / 2, y: box.height / 2 } });
}

/** What is focused, by its label. */
const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.id ?? null);

/** From the search form: a substructure drawn, found, and marked in what it was found in. */
export async function sketchAndSearch(page: Page): Promise<void> {
  await page.keyboard.press("ControlOrMeta+Shift+f");
  const field = page.getByLabel("Contains (SMARTS or SMILES)");
  await field.focus();
  await page.keyboard.press("ControlOrMeta+d");
  const dialog = page.getByRole("dialog", { name: "Draw the substructure" });
  const text = dialog.getByLabel("SMARTS");
  await drawBond(page);
  await expect.poll(() => text.inputValue()).toMatch(/^\[?C[^C]*C/);
  await text.fill("c1ccccc");
  await dialog.getByText("The drawing is of before", { exact: false }).waitFor();
  await text.fill("c1ccccc1");
  await dialog.getByText("The drawing is of before", { exact: false }).waitFor({ state: "detached" });
  await expectAccessible(page, "sketcher");
  await picture(page, "sketcher");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await field.inputValue()).toBe("c1ccccc1");
  await expect.poll(() => focused(page)).toBe("search-contains");
  await field.fill("*~*");
  await page.keyboard.press("Enter");
  await page.getByRole("listbox").locator(".structure-2d img").first().waitFor();
  await picture(page, "search-marked");
}

/** On the page of calculations and in the form of a campaign: the same drawing, of whole molecules. */
export async function sketchMolecules(page: Page): Promise<void> {
  await page.keyboard.press("ControlOrMeta+Shift+e");
  const field = page.getByLabel("SMILES, XYZ, molfile or FCIDUMP");
  await field.fill("");
  await page.getByRole("button", { name: "Draw the molecule" }).click();
  await drawBond(page);
  await page.getByRole("dialog").getByRole("button", { name: "Take it" }).click();
  expect(await field.inputValue()).toBe("CC");
  await page.getByText("8 atoms, charge 0, multiplicity 1", { exact: false }).waitFor();
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox", { name: "Command" }).fill("new campaign");
  await page.keyboard.press("Enter");
  await page.getByText("My own", { exact: true }).click();
  for (const smiles of ["CCO", "CC=O"]) {
    await page.getByRole("button", { name: "Draw a molecule" }).click();
    await page.getByRole("dialog").getByLabel("SMILES").fill(smiles);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  expect(await page.getByLabel("Or paste").inputValue()).toBe("CCO\nCC=O");
  await page.getByText("2 of 2 rows will be computed", { exact: false }).waitFor();
}
