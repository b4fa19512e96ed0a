/** The form for a new campaign, as far as only a browser shows it: files dropped, fields that follow each other. */
import type { Page } from "playwright-core";
import { expect } from "vitest";

const CSV = { name: "own.csv", text: "smiles,name\nCO,methanol\nCCO,ethanol\n" };

/** Drops a file on what the selector names, as a person does with the mouse. */
async function drop(page: Page, selector: string, { name, text }: { name: string; text: string }) {
  await page
    .locator(selector)
    .first()
    .evaluate(
      (element, [name, text]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], name));
        for (const type of ["dragenter", "dragover", "drop"])
          element.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
      },
      [name, text] as const,
    );
}

export async function fillByDropping(page: Page): Promise<void> {
  await page.keyboard.press("n");
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("before");
  await drop(page, ".start-form h1", CSV);
  await name.fill("typed while it was read");
  await page.getByText("2 of 2 rows will be computed.").waitFor();
  expect(await name.inputValue()).toBe("typed while it was read");
  const start = page.getByRole("button", { name: "Start" });
  await page.getByLabel("Tautomers").fill("25");
  await page.getByText("Expected at most 20.").waitFor();
  expect(await start.isDisabled()).toBe(true);
  await page.getByLabel("Tautomers").fill("");
  await page.getByText("2 of 2 rows will be computed.").waitFor();
  await followDefinition(page);
  expect(await name.inputValue(), "a file for a field is no plan").toBe("typed while it was read");
  await page.getByRole("button", { name: "Cancel" }).click();
}

/** What is to be bound, as a SMILES and in the definition, is one and the same. */
async function followDefinition(page: Page): Promise<void> {
  await page.getByLabel("Property", { exact: true }).selectOption("probe-affinity");
  const smiles = page.getByLabel("What they are to bind", { exact: true });
  const definition = page.getByLabel("Definition", { exact: true });
  const written = async () => JSON.parse(await definition.inputValue());
  await smiles.fill("CO");
  await smiles.blur();
  expect((await written()).smiles).toBe("CO");
  await definition.fill(JSON.stringify({ ...(await written()), title: "water", smiles: "O" }));
  expect(await smiles.inputValue()).toBe("O");
  await smiles.focus();
  await smiles.blur();
  expect(await written()).toMatchObject({ title: "water", smiles: "O" });
  const other = { ...(await written()), title: "ammonia", smiles: "N" };
  const field = "label:has(input[aria-label='File of a definition'])";
  await drop(page, field, { name: "ammonia.json", text: JSON.stringify(other) });
  await expect.poll(() => smiles.inputValue()).toBe("N");
}
