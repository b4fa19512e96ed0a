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
  await seePotential(page);
  await copyAsCommand(page);
  await seeRefusal(page);
}

/** From the text field, once however long the key is held. */
async function beginByKey(page: Page): Promise<void> {
  await page.getByLabel("SMILES, XYZ, molfile or FCIDUMP").focus();
  await page.keyboard.down("ControlOrMeta");
  for (let k = 0; k < 3; k++) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
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

/** On the surface of the density, with what its colours mean; formaldehyde's oxygen has the least. */
async function seePotential(page: Page): Promise<void> {
  const orbitals = page.getByRole("listbox", { name: /^Orbitals/ });
  await orbitals.press("Home");
  await orbitals.press("ArrowDown");
  expect(await orbitals.locator('[aria-selected="true"]').textContent()).toContain("electrostatic potential");
  const legend = page.locator(".potential-legend");
  const words = await legend.getByText(/^Potential from −\d+\.\d to \+\d+\.\d kcal\/mol/).textContent();
  const [low, high] = [...(words ?? "").matchAll(/[−+](\d+\.\d)/g)].map(([, digits]) => Number(digits));
  expect(low, "tens of kcal/mol at this density").toBeGreaterThan(15);
  expect(low).toBeLessThan(60);
  expect(high).toBeGreaterThan(5);
  await expectAccessible(page, "a potential");
  await picture(page, "potential");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await picture(page, "potential-dark");
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
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

/** What memory cannot hold is said before it is started, and does not start. */
async function seeRefusal(page: Page): Promise<void> {
  const method = page.getByRole("combobox", { name: "Method" });
  const basis = page.getByRole("combobox", { name: "Basis set" });
  const begin = page.getByRole("button", { name: "Calculate", exact: true }).last();
  await page.getByLabel("SMILES, XYZ, molfile or FCIDUMP").fill("c1ccccc1");
  await method.selectOption("ccsd(t)");
  await basis.selectOption("cc-pvtz");
  await page.getByText("8.00 GiB are allowed. Take a smaller basis set", { exact: false }).waitFor();
  expect(await begin.isDisabled()).toBe(true);
  await expectAccessible(page, "refused");
  await picture(page, "refused");
  await basis.selectOption("6-31g");
  await page.getByText("of one thread and at most", { exact: false }).waitFor();
  expect(await begin.isEnabled()).toBe(true);
  await method.selectOption("rhf");
}
