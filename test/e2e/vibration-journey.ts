/** Vibrations of a molecule, seen as arrows by who wants stillness, and as motion when asked for. */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { expectAccessible, picture } from "./journey.ts";

const LOOK = { timeout: 60_000 };

/** What a view shows now, as bytes. */
const seen = async (view: Locator): Promise<string> => (await view.screenshot()).toString("base64");

export async function seeVibrations(page: Page): Promise<void> {
  await page.keyboard.press("ControlOrMeta+Shift+e");
  await page.getByLabel("SMILES, XYZ, molfile or FCIDUMP").fill("O");
  await page.getByRole("combobox", { name: "Method" }).selectOption("rhf");
  await page.getByRole("combobox", { name: "Basis set" }).selectOption("sto-3g");
  await page.getByText("Optimise the geometry").click();
  await page.getByText("Vibrations and thermochemistry").click();
  await page.getByText("of one thread and at most", { exact: false }).waitFor();
  await page.keyboard.press("ControlOrMeta+Enter");
  const list = page.getByRole("listbox", { name: "Vibrations, lowest first" });
  await list.waitFor();
  expect(await list.getByRole("option").count()).toBe(3);
  await list
    .getByText(/^\d{4} cm⁻¹$/)
    .first()
    .waitFor();
  const view = (words: RegExp) => page.getByRole("application", { name: words });
  const still = view(/vibration 1 of 3, \d+ cm⁻¹, by arrows/);
  await still.locator("canvas").waitFor();
  const bend = await seen(still);
  await list.press("End");
  const stretch = view(/vibration 3 of 3, \d+ cm⁻¹, by arrows/);
  await expect.poll(async () => (await seen(stretch)) !== bend, LOOK).toBe(true);
  await list.scrollIntoViewIfNeeded();
  await expectAccessible(page, "vibrations");
  await picture(page, "vibrations");
  const resting = await seen(stretch);
  await page.keyboard.press("m");
  const moving = view(/vibration 3 of 3, \d+ cm⁻¹, moving/);
  const first = await seen(moving);
  await expect.poll(async () => (await seen(moving)) !== first, LOOK).toBe(true);
  await picture(page, "vibrations-moving");
  await page.getByRole("button", { name: "Pause" }).click();
  // Its atoms are back, and its arrows too.
  await expect.poll(async () => (await seen(stretch)) === resting, LOOK).toBe(true);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await picture(page, "vibrations-dark");
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  // What follows asks for its own.
  await page.getByText("Vibrations and thermochemistry").click();
  await page.getByText("Optimise the geometry").click();
}
