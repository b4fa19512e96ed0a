/** A molecule from its SMILES to its orbitals, as a person does it. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { expectAccessible, picture } from "./journey.ts";

/** Widest and highest of a PNG. */
const sizeOf = (path: string): [number, number] => {
  const bytes = readFileSync(path);
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
};

/** From the form to the result that the notebook keeps, its orbitals, and the command that asks for the same. */
export async function calculate(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Calculate one molecule" }).click();
  await page.getByLabel("SMILES, XYZ, molfile or FCIDUMP").fill("C=O");
  await page.getByRole("combobox", { name: "Method" }).selectOption("rhf");
  await page.getByRole("combobox", { name: "Basis set" }).selectOption("sto-3g");
  await page.getByText("4 atoms, charge 0, multiplicity 1", { exact: false }).waitFor();
  await page.getByText("of one thread and at most", { exact: false }).waitFor();
  await expectAccessible(page, "calculate");
  await beginByKey(page);
  const result = page.getByRole("article", { name: "Calculation" });
  await result.getByText("converged", { exact: true }).waitFor();
  await result.getByText("kept as", { exact: false }).waitFor();
  await seeOrbitals(page);
  await copyAsCommand(page);
  await watchOptimisation(page);
}

/** Aspirin by HF-3c with a bond held: seen as it moves, cancelled, and gone on with from there. */
async function watchOptimisation(page: Page): Promise<void> {
  const field = page.getByLabel("SMILES, XYZ, molfile or FCIDUMP");
  await field.fill("CC(=O)Oc1ccccc1C(=O)O");
  await page.getByRole("combobox", { name: "Method" }).selectOption("hf-3c");
  expect(await page.getByRole("combobox", { name: "Basis set" }).count(), "the method names its own").toBe(0);
  await page.getByText("Optimise the geometry").click();
  await page.getByLabel("Hold", { exact: true }).fill("distance 1 2; twist 3");
  await page.getByText("Held: expected distance | angle | dihedral", { exact: false }).waitFor();
  await page.getByLabel("Hold", { exact: true }).fill("distance 1 2 1.6");
  await page.getByText("of one thread and at most", { exact: false }).waitFor();
  await expectAccessible(page, "calculate, an optimisation");
  await picture(page, "calculate-form");
  await page.getByRole("button", { name: "Calculate", exact: true }).click();
  const result = page.getByRole("article", { name: "Calculation" });
  await result.getByRole("img", { name: /^Energy and largest gradient of [2-9] steps/ }).waitFor();
  await expectAccessible(page, "an optimisation under way");
  await picture(page, "optimisation");
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page, "an optimisation under way in the dark");
  await picture(page, "optimisation-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await expectToBeAsked(page);
  await result.getByRole("button", { name: "Cancel" }).click();
  await result.getByText("It was cancelled on its way", { exact: false }).waitFor();
  await result.getByText("kept as", { exact: false }).waitFor();
  await result.getByRole("button", { name: "Go on from here" }).click();
  expect(await field.inputValue()).toMatch(/^21\ncharge=0 multiplicity=1/);
}

/** From the text field, once however long the key is held and however often it is pressed before the page has drawn. */
async function beginByKey(page: Page): Promise<void> {
  await page.getByLabel("SMILES, XYZ, molfile or FCIDUMP").focus();
  await page.keyboard.down("ControlOrMeta");
  for (let k = 0; k < 3; k++) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await page.evaluate(() => {
    const press = { key: "Enter", code: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
    for (let k = 0; k < 2; k++) document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", press));
  });
  await page.keyboard.up("ControlOrMeta");
  const rows = page.getByRole("region", { name: "Calculations" }).locator("tbody tr");
  await rows.first().waitFor();
  expect(await rows.count()).toBe(1);
}

/** By keyboard, with a distance, and as a picture for print. */
async function seeOrbitals(page: Page): Promise<void> {
  const orbitals = page.getByRole("listbox", { name: /^Orbitals/ });
  const chosen = orbitals.locator('[aria-selected="true"]');
  expect(await chosen.textContent()).toContain("HOMO");
  await page.getByText(/points, .* Å apart/).waitFor();
  await orbitals.press("ArrowUp");
  expect(await chosen.textContent()).toContain("LUMO");
  await page.getByText(/points, .* Å apart/).waitFor();
  await page.getByLabel("Atoms to measure, two to four numbers").fill("1 2");
  await page.getByText(/C1–O2 1\.2\d\d Å/).waitFor();
  await expectAccessible(page, "orbitals");
  await picture(page, "orbitals");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Picture" }).click();
  const [width, height] = sizeOf(await (await download).path());
  expect(Math.min(width, height), "enough points for print").toBeGreaterThan(1000);
}

/** A tab that is closed on a calculation asks first, and stays where the answer is no. */
async function expectToBeAsked(page: Page): Promise<void> {
  const asked = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
}

async function copyAsCommand(page: Page): Promise<void> {
  const command = "ansatz energy C=O --method rhf --basis sto-3g";
  await page.getByRole("article").getByRole("button", { name: "Copy as command" }).click();
  await page.getByText("The command is on the clipboard").first().waitFor();
  const field = page.getByLabel("SMILES, XYZ, molfile or FCIDUMP");
  await field.fill("");
  await field.press("ControlOrMeta+v");
  expect(await field.inputValue()).toBe(command);
  await field.fill("C=O");
}
