/** Candidates as cards, by keyboard. */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { expectAccessible, picture } from "./journey.ts";

/** From the list of campaigns: the cards are walked through, chosen from and ordered as the rows are. */
export async function walkGrid(page: Page): Promise<void> {
  await page.locator("a.campaign-item").first().click();
  await page.getByRole("region", { name: "Candidates", exact: true }).waitFor();
  const total = await page.locator("table.candidate-table").getAttribute("aria-rowcount");
  await page.keyboard.press("v");
  const grid = page.getByRole("listbox", { name: /^Candidates/ });
  await grid.locator(".structure-2d img").first().waitFor();
  await expectAccessible(page, "grid");
  await picture(page, "grid");
  expect(await grid.getByRole("option").first().getAttribute("aria-setsize")).toBe(String(Number(total) - 1));
  await grid.press("ArrowRight");
  const open = grid.locator("[aria-current]");
  await page.getByText(/^#1(?: \(|$)/).waitFor();
  expect(await open.getAttribute("aria-posinset")).toBe("1");
  await grid.press("ArrowDown");
  // As many cards on as stand side by side beside the candidate.
  await expect.poll(async () => Number(await open.getAttribute("aria-posinset"))).toBeGreaterThan(1);
  await page.keyboard.press("x");
  await page.getByRole("group", { name: "Chosen candidates" }).waitFor();
  expect(await open.getAttribute("aria-selected")).toBe("true");
  await page.getByRole("button", { name: "Choose none" }).click();
  await page
    .getByRole("radio", { name: "L", exact: true })
    .or(page.getByText("L", { exact: true }))
    .first()
    .click();
  await picture(page, "grid-beside-candidate");
  await page.keyboard.press("Escape");
  await page.getByLabel("Order of the candidates").selectOption("smiles");
  await grid.locator(".structure-2d img").first().waitFor();
  await page.getByLabel("Order of the candidates").selectOption("rank");
  await page.keyboard.press("v");
  await page.locator("table.candidate-table").waitFor();
}
