/** What comes after a shortlist, as people do it: sign-off, search, archive; in whichever host shows the page. */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { expectAccessible, picture } from "./journey.ts";

const PASSPHRASE = "correct horse battery staple";

async function giveNewPassphrase(page: Page): Promise<void> {
  await page.getByLabel("New passphrase").fill(PASSPHRASE);
  await page.getByLabel("The same again").fill(PASSPHRASE);
}

/** From a campaign with one candidate on the shortlist to a signed lock; the keychain is used where there is one. */
export async function signOff(page: Page, keychain: "with a keychain" | "without a keychain"): Promise<void> {
  await page.getByRole("button", { name: "Review", exact: true }).click();
  await page.getByRole("list", { name: "All" }).getByText("One verdict", { exact: true }).first().waitFor();
  await expectAccessible(page, "review");
  await picture(page, "review");
  await page.getByRole("button", { name: "Sign off…" }).click();
  await page.getByText("A key pair is made for this notebook.", { exact: false }).waitFor();
  if (keychain === "without a keychain") await giveNewPassphrase(page);
  await expectAccessible(page, "sign-off");
  await page.getByRole("button", { name: "Sign off and lock" }).click();
  await page.getByRole("heading", { name: "Signed off and locked" }).waitFor();
}

/** A locked campaign takes no verdict and says why; a reopened one takes it again. */
export async function reopen(page: Page): Promise<void> {
  await page.getByRole("list", { name: "All" }).getByRole("link").first().click();
  await page.getByText("The shortlist was signed off by", { exact: false }).waitFor();
  expect(await page.getByRole("button", { name: /^Reject/ }).isDisabled()).toBe(true);
  await page.getByRole("link", { name: "Reopen it" }).click();
  await page.getByRole("button", { name: "Reopen…" }).click();
  await page.getByLabel("Reason", { exact: true }).fill("A second look");
  await page.getByRole("button", { name: "Reopen", exact: true }).click();
  await page.getByRole("button", { name: "Sign off…" }).waitFor();
}

/** By structure and verdict, without the mouse, to the candidate that was shortlisted. */
export async function searchByKey(page: Page, reviewer: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox", { name: "Command" }).fill("search");
  await expectAccessible(page, "palette");
  await page.keyboard.press("Enter");
  await page.getByLabel("Contains (SMARTS or SMILES)").fill("C(((");
  await page.keyboard.press("Enter");
  await page.getByText("This input does not fit").waitFor();
  await page.getByLabel("Contains (SMARTS or SMILES)").fill("*");
  await page.getByLabel("Words in reviews").fill(reviewer);
  await page.getByLabel("Latest verdict").selectOption("shortlist");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await page.getByText("One candidate").waitFor();
  await page.getByRole("listbox").getByText("Shortlisted").waitFor();
  await expectAccessible(page, "search");
  await picture(page, "search");
  await page.getByRole("listbox").press("Enter");
  await page.locator(".review-list").getByText(reviewer).first().waitFor();
}

/** The whole notebook as one file, which is checked and becomes a notebook of its own. */
export async function archiveAndImport(page: Page, save: () => Promise<string>): Promise<void> {
  await page.getByRole("button", { name: "Notebook", exact: true }).click();
  await page.getByText("Fingerprint of the key").waitFor();
  const saved = save();
  await page.getByRole("button", { name: "Export .eln" }).click();
  await page
    .getByRole("table", { name: "What left the notebook" })
    .getByText(/\.eln$/)
    .waitFor();
  await page.getByLabel("Archive", { exact: true }).setInputFiles(await saved);
  await page.getByRole("button", { name: "Verify the archive" }).click();
  await page.getByText("Everything is as it was written").waitFor();
  await page.getByText("up to event", { exact: false }).waitFor();
  await page.getByLabel("Name of the new notebook").fill("colleague");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByText("Imported", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Back up now" }).click();
  await page.getByText("Backed up to", { exact: false }).waitFor();
  await expectAccessible(page, "notebook's desk");
  await picture(page, "notebook");
}
