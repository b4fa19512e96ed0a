/** A person trains a model of their own and finds it where campaigns are started. */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { expectAccessible } from "./journey.ts";

const SERIES = ["C", "CC", "CCC", "CC(C)", "OCC", "FC"].flatMap((tail) =>
  ["OC(=O)", "NC(=O)", "O", "N"].map((link) => `${tail}${link}c1cccs1`),
);

async function closeCard(page: Page): Promise<void> {
  // Keys go to the card once it has the focus, which it takes after it is drawn.
  await page.waitForFunction(() => document.activeElement?.closest(".bp6-portal") != null);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

/** Pixels of the open dialog's body that lie beyond its right edge. */
const hiddenWidth = (page: Page): Promise<number> =>
  page
    .locator(".bp6-dialog-body")
    .evaluate(({ scrollWidth, clientWidth }) => Math.max(0, scrollWidth - clientWidth));

export async function trainModel(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Models" }).click();
  await page.getByRole("heading", { name: "Models" }).waitFor();
  await page.getByLabel("File of molecules").setInputFiles({
    name: "Thiophenes 1.smi",
    mimeType: "text/plain",
    buffer: Buffer.from([...SERIES, "CC("].join("\n")),
  });
  expect(await page.getByLabel("Name of the new model").inputValue()).toBe("thiophenes-1");
  await page.getByLabel("Passes, at most").fill("3");
  await page.getByLabel("Rehearsal").fill("11");
  await page.getByText("Expected a number from 0 to 10.").waitFor();
  await page.getByLabel("Rehearsal").fill("0.5");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page.getByText("a new campaign can propose with it").waitFor();
  await page.getByText(`${SERIES.length} of ${SERIES.length + 1} entries used`).waitFor();
  await page.getByRole("img", { name: /Loss by pass/ }).waitFor();
  await expectAccessible(page, "models");
  await page.getByRole("button", { name: "Card of thiophenes-1" }).click();
  await page.getByRole("dialog").getByText("Proposing molecules like those of Thiophenes 1.smi.").waitFor();
  await closeCard(page);
  await page.getByRole("button", { name: "Card of Drug-like molecules" }).click();
  await page.getByRole("dialog").getByText("Intended use").waitFor();
  expect(await hiddenWidth(page), "the longest card wraps").toBe(0);
  await closeCard(page);
  await page.evaluate(() => {
    location.hash = "#/new";
  });
  const model = page.getByLabel("Model", { exact: true });
  await model.locator("option", { hasText: "thiophenes-1 (your own)" }).waitFor({ state: "attached" });
  await model.selectOption("thiophenes-1");
  await expectAccessible(page, "new campaign");
}
