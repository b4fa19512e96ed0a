/** Six candidates in space: chosen in the table, turned as one, superposed; without the mouse. */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { expectAccessible, picture } from "./journey.ts";

const COUNT = 6;
const LOOK = { timeout: 60_000 };

/** What a view shows now, as bytes. */
const seen = async (view: Locator): Promise<string> => (await view.screenshot()).toString("base64");

/** From the candidates of a campaign that has six with a geometry. */
export async function compareSix(page: Page): Promise<void> {
  await page.getByRole("group", { name: "Verdict" }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator("article[data-candidate-page]").waitFor({ state: "detached" });
  await page.getByText(/^Ranked \d+$/).click();
  // Until the order is there a key goes through the one before.
  await page.locator(".candidate-table tr[aria-rowindex='2']").getByText("1", { exact: true }).waitFor();
  for (let place = 1; place <= COUNT; place++) {
    await page.keyboard.press("j");
    await page
      .getByText(new RegExp(`^#${place}(?: \\(|$)`))
      .first()
      .waitFor();
    await page.keyboard.press("x");
  }
  await page.getByRole("group", { name: "Chosen candidates" }).getByText(`${COUNT} chosen`).waitFor();
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox", { name: "Command" }).fill("compare");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: `${COUNT} candidates in 3D` });
  const views = dialog.getByRole("application");
  await expect.poll(() => views.locator("canvas").count(), LOOK).toBe(COUNT);
  await dialog.getByText("The others are laid on this one.").waitFor();
  await expect
    .poll(() => dialog.getByText(/RMSD \d+\.\d\d Å|centre on centre/).count(), LOOK)
    .toBe(COUNT - 1);
  await turnAll(views);
  await expectAccessible(page, "six candidates side by side");
  await picture(page, "compare-beside");
  await dialog.getByText("Superposed", { exact: true }).click();
  await expect.poll(() => views.locator("canvas").count(), LOOK).toBe(1);
  await hideOne(dialog, views.first());
  await expectAccessible(page, "six candidates superposed");
  await picture(page, "compare-superposed");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectAccessible(page, "six candidates superposed in the dark");
  await picture(page, "compare-superposed-dark");
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Choose none" }).click();
  await page.keyboard.press("Escape");
  await page.locator(".candidate-page").waitFor({ state: "detached" });
}

/** Who turns one turns all, and all come back. */
async function turnAll(views: Locator): Promise<void> {
  const last = views.last();
  const before = await seen(last);
  await views.first().press("ArrowRight");
  await expect.poll(async () => (await seen(last)) !== before, LOOK).toBe(true);
  await views.first().page().getByRole("button", { name: "Reset the view" }).last().click();
  await expect.poll(async () => (await seen(last)) === before, LOOK).toBe(true);
}

/** One that is hidden is gone from the picture, and comes back where it was. */
async function hideOne(dialog: Locator, view: Locator): Promise<void> {
  await view.press("ArrowLeft");
  const before = await seen(view);
  const box = dialog.getByRole("checkbox", { name: /^Show candidate 2,/ });
  await box.press("Space");
  await expect.poll(async () => (await seen(view)) !== before, LOOK).toBe(true);
  await box.press("Space");
  await expect.poll(async () => (await seen(view)) === before, LOOK).toBe(true);
}
