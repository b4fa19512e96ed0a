/** Candidates as cards: walked, chosen, judged and narrowed, as in the table. */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { expectAccessible, picture } from "./journey.ts";

/** Where a card stands in the order, from 1; 0 where none is open. */
const openPlace = async (cards: Locator): Promise<number> => {
  const open = cards.locator('[aria-current="true"]');
  return (await open.count()) === 1 ? Number(await open.getAttribute("aria-posinset")) : 0;
};

/** For a page of candidates on a machine that others keep busy. */
const LOOK = { timeout: 60_000 };

const toBeAt = (cards: Locator, place: number) => expect.poll(() => openPlace(cards), LOOK).toBe(place);

/** How many cards stand in the first row. */
const cardsAbreast = (cards: Locator): Promise<number> =>
  cards.getByRole("option").evaluateAll((all) => {
    const tops = all.map((card) => Math.round(card.getBoundingClientRect().top));
    return tops.filter((top) => top === tops[0]).length;
  });

/** Along a row, down a column, to both ends; without the mouse. */
async function walkCards(cards: Locator): Promise<void> {
  await cards.press("ArrowRight");
  await toBeAt(cards, 1);
  // The candidate beside them takes half the width: cards stand otherwise than before.
  await cards.page().locator(".candidate-page").waitFor();
  const abreast = await cardsAbreast(cards);
  await cards.press("ArrowDown");
  await toBeAt(cards, 1 + abreast);
  await cards.press("End");
  const total = Number(await cards.getByRole("option").first().getAttribute("aria-setsize"));
  await toBeAt(cards, total);
  await cards.press("Home");
  await toBeAt(cards, 1);
  await cards.press("ArrowRight");
  await toBeAt(cards, 2);
}

/** Chosen by key, judged by key, and led on to the next one; returns the index of the proposal. */
async function judgeSecond(page: Page, cards: Locator): Promise<string | null> {
  const second = cards.locator('[aria-posinset="2"]');
  const total = Number(await second.getAttribute("aria-setsize"));
  await page.keyboard.press("x");
  await page.getByRole("group", { name: "Chosen candidates" }).getByText("1 chosen").waitFor();
  expect(await second.getAttribute("aria-selected")).toBe("true");
  await page
    .getByText(/^#2(?: \(|$)/)
    .first()
    .waitFor();
  // A verdict is of what is shown: before that there is none to give.
  const maybe = page.getByRole("group", { name: "Verdict" }).getByRole("button", { name: /^Maybe/ });
  await expect.poll(() => maybe.isEnabled(), LOOK).toBe(true);
  await page.keyboard.press("m");
  await second.getByText("Maybe", { exact: true }).waitFor();
  await toBeAt(cards, Math.min(3, total));
  return second.getAttribute("data-candidate");
}

/** The filter that is typed among cards holds among rows. */
async function narrowCards(page: Page, cards: Locator): Promise<void> {
  const all = Number(await cards.getByRole("option").first().getAttribute("aria-setsize"));
  await page.keyboard.press("/");
  await page.keyboard.type("maybe there is no such molecule");
  await page.getByText("No candidate of this view has “maybe", { exact: false }).waitFor();
  const field = page.getByLabel("Find by name, SMILES, formula, InChIKey or reason");
  await field.fill("C");
  await expect.poll(() => cards.getByRole("option").count(), LOOK).toBeGreaterThan(0);
  const kept = Number(await cards.getByRole("option").first().getAttribute("aria-setsize"));
  expect(kept).toBeLessThanOrEqual(all);
  await field.blur();
  await page.keyboard.press("v");
  await expect.poll(() => page.getByRole("table").getAttribute("aria-rowcount"), LOOK).toBe(String(kept + 1));
  expect(await field.inputValue()).toBe("C");
}

/** How many cards show a structure in 3D: a picture with something on it. */
const drawnIn3d = (cards: Locator): Promise<number> =>
  cards.locator("canvas").evaluateAll(
    (all) =>
      (all as HTMLCanvasElement[]).filter((canvas) => {
        const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        return pixels.some((value, k) => k % 4 === 3 && value > 0);
      }).length,
  );

/** Three that were embedded and the others as they are, all by one viewer; and flat again. */
async function seeIn3d(page: Page, cards: Locator): Promise<void> {
  await page.keyboard.press("d");
  await expect.poll(() => drawnIn3d(cards), LOOK).toBeGreaterThanOrEqual(3);
  expect(await page.locator(".molecule-3d-studio canvas").count()).toBe(1);
  await expectAccessible(page, "cards in 3D");
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await picture(page, "cards-3d");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await picture(page, "cards-3d-dark");
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.keyboard.press("d");
  await expect.poll(() => cards.locator("canvas").count(), LOOK).toBe(0);
}

/** From wherever, and back to rows: what was chosen, judged and narrowed among cards is so among rows. */
export async function judgeCards(page: Page): Promise<void> {
  await page.keyboard.press("c");
  await page.locator("a.campaign-item").first().click();
  await page.getByRole("region", { name: "Candidates", exact: true }).waitFor();
  await page.keyboard.press("v");
  const cards = page.getByRole("listbox", { name: /^Candidates\./ });
  await cards.getByRole("option").first().waitFor();
  await walkCards(cards);
  const index = await judgeSecond(page, cards);
  await expectAccessible(page, "cards");
  await picture(page, "cards");
  await page.keyboard.press("Escape");
  await page.locator(".candidate-page").waitFor({ state: "detached" });
  await picture(page, "cards-alone");
  await seeIn3d(page, cards);
  await narrowCards(page, cards);
  const row = page.locator(`tr[data-candidate="${index}"]`);
  await row.getByText("Maybe", { exact: true }).filter({ visible: true }).first().waitFor();
  expect(await row.getAttribute("data-chosen")).toBe("true");
  await page.getByRole("button", { name: "Choose none" }).click();
}
