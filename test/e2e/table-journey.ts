/** A table as a person makes it: its columns, and its order by several of them. */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { expectAccessible, picture } from "./journey.ts";

/** For a page of candidates on a machine that others keep busy. */
const LOOK = { timeout: 60_000 };

/** Heavy atoms and SMILES of the rows in sight. */
const rowsOf = (page: Page): Promise<[number, string][]> =>
  page.locator(".candidate-table tbody tr[data-candidate]").evaluateAll((rows) =>
    rows.map((row): [number, string] => {
      const text = (column: string) => row.querySelector(`td.cell-${column}`)?.textContent ?? "";
      return [Number(text("descriptor-heavyAtoms")), text("smiles")];
    }),
  );

/** As the engine orders texts: without their capitals. */
const isBefore = ([n, a]: [number, string], [m, b]: [number, string]): boolean =>
  n < m || (n === m && a.toLowerCase() >= b.toLowerCase());

/** By heavy atoms, and of as many by SMILES, the last first. */
async function expectOrdered(page: Page): Promise<void> {
  const marks = () => page.locator(".candidate-table .sort-mark").allTextContents();
  await expect.poll(async () => (await marks()).filter(Boolean), LOOK).toEqual(["▼2", "▲1"]);
  await expect
    .poll(async () => {
      const rows = await rowsOf(page);
      return rows.length > 2 && rows.slice(1).every((row, k) => isBefore(rows[k]!, row)); // of each but the last
    }, LOOK)
    .toBe(true);
}

/** From wherever: columns are chosen by key, the order is made by key, and a reload keeps both. */
export async function makeTable(page: Page): Promise<void> {
  await page.keyboard.press("c");
  await page.locator("a.campaign-item").first().click();
  await page.getByRole("region", { name: "Candidates", exact: true }).waitFor();
  await page.getByText(/^Ranked \d+$/).click();
  await page.keyboard.press("Shift+V");
  const dialog = page.getByRole("dialog", { name: "Columns of the table" });
  await dialog.getByRole("checkbox", { name: "Heavy atoms" }).check({ force: true });
  await dialog.getByRole("checkbox", { name: /^VQE − CASCI/ }).uncheck({ force: true });
  await expectAccessible(page, "columns");
  await picture(page, "columns");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  const head = (name: string) => page.getByRole("columnheader", { name }).locator(".sort-button");
  expect(await head("VQE − CASCI").count()).toBe(0);
  await head("Heavy atoms").press("Enter");
  await head("SMILES").press("Shift+Enter");
  await head("SMILES").press("Shift+Enter");
  await expectOrdered(page);
  await page.reload();
  await expectOrdered(page);
  expect(await head("VQE − CASCI").count()).toBe(0);
  await expectAccessible(page, "a table by several columns");
  await picture(page, "table-by-several");
  await narrowByRange(page);
  await moveColumns(page);
  await keepView(page);
}

/** Heads of the table from left to right. */
const headsOf = (page: Page): Promise<string[]> =>
  page
    .locator(".candidate-table thead th")
    .evaluateAll((heads) => heads.map(({ className }) => className.replace("cell-", "")));

/** A column is moved by key in the head, by mouse, and in the dialog; the address keeps where it stands. */
async function moveColumns(page: Page): Promise<void> {
  const weight = "descriptor-unit-molecularWeight_dalton";
  const before = await headsOf(page);
  const place = before.indexOf(weight);
  const button = page.getByRole("columnheader", { name: "MW / Da" }).locator(".sort-button");
  await button.press("Alt+ArrowLeft");
  await expect.poll(async () => (await headsOf(page)).indexOf(weight)).toBe(place - 1);
  await page.locator(`th.cell-${weight}`).dragTo(page.locator("th.cell-smiles"));
  await expect.poll(async () => (await headsOf(page)).indexOf(weight)).toBe(before.indexOf("smiles"));
  await page.keyboard.press("Shift+V");
  const dialog = page.getByRole("dialog", { name: "Columns of the table" });
  await dialog.getByRole("button", { name: "MW / Da to the right" }).press("Enter");
  await expect.poll(async () => (await headsOf(page)).indexOf(weight)).toBe(before.indexOf("smiles") + 1);
  await expectAccessible(page, "order of columns");
  await picture(page, "column-order");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  const order = await headsOf(page);
  expect(order.toSorted()).toEqual(before.toSorted());
  await page.reload();
  await expect.poll(() => headsOf(page), LOOK).toEqual(order);
}

/** What the table shows is kept under a name, found again when all of it is otherwise, and let go. */
async function keepView(page: Page): Promise<void> {
  const order = await headsOf(page);
  const open = () => page.getByRole("button", { name: "Views", exact: true }).press("Enter");
  const views = page.locator(".views-form");
  await open();
  await views.getByText("None is kept yet.").waitFor();
  await views.getByLabel("Name of the view").fill("By size");
  await page.keyboard.press("Enter");
  await views.getByRole("button", { name: "By size", exact: true }).waitFor();
  await expectAccessible(page, "views");
  await picture(page, "views");
  await page.keyboard.press("Escape");
  await views.waitFor({ state: "detached" });
  await page.keyboard.press("Shift+V");
  await page.getByRole("button", { name: "The usual ones" }).click();
  await page.keyboard.press("Escape");
  await expect.poll(() => headsOf(page)).not.toEqual(order);
  await page.reload();
  await open();
  await views.getByRole("button", { name: "By size", exact: true }).press("Enter");
  await expect.poll(() => headsOf(page), LOOK).toEqual(order);
  await views.getByRole("button", { name: "Forget By size" }).press("Enter");
  await views.getByText("None is kept yet.").waitFor();
  await page.keyboard.press("Escape");
  await views.waitFor({ state: "detached" });
}

/** Molecular weights of the rows in sight, Da. */
const weightsOf = async (page: Page): Promise<number[]> =>
  (await page.locator("td.cell-descriptor-unit-molecularWeight_dalton").allTextContents()).map(Number);

/** In the head of a column, where its histogram is; the filter is told above the table, and taken away there. */
async function narrowByRange(page: Page): Promise<void> {
  const all = await weightsOf(page);
  const least = Number(((Math.min(...all) + Math.max(...all)) / 2).toFixed(1));
  await page.getByRole("button", { name: "Range of Molecular weight / Da" }).press("Enter");
  const form = page.getByRole("group", { name: "Range of Molecular weight / Da" });
  await form.locator("rect").first().waitFor();
  await form.getByText(`${all.length} have this number.`).waitFor();
  await form.getByLabel("Molecular weight / Da, from").fill(String(least));
  const kept = all.filter((weight) => weight >= least);
  await expect.poll(() => weightsOf(page), LOOK).toEqual(kept);
  await expectAccessible(page, "a range");
  await picture(page, "range");
  await page.keyboard.press("Escape");
  await form.waitFor({ state: "detached" });
  const tags = page.getByRole("group", { name: "Ranges" });
  await tags.getByText(`Molecular weight / Da ≥ ${least}`).waitFor();
  await tags.getByRole("button").click();
  await expect.poll(() => weightsOf(page), LOOK).toEqual(all);
}
