/** A person enables a provider, sees the exact bytes of a first circuit, sends it, and reads the books. */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { serveIonq } from "../../src/qpu-server/ionq-server.ts";
import { expectAccessible, picture } from "./journey.ts";

const KEY = "planted-key-of-a-person";

async function expectAccessibleInBoth(page: Page, where: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, `${where}, ${colorScheme}`);
    await picture(page, `devices-${where}-${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: null });
}

export async function askDevices(page: Page): Promise<void> {
  await using server = await serveIonq({ key: KEY });
  await page.getByRole("button", { name: "Devices in the cloud" }).click();
  await page.getByRole("heading", { name: "Devices in the cloud" }).waitFor();
  const card = page.getByRole("region", { name: /^IonQ/ });
  await card.getByText("not enabled").waitFor();
  // By key alone.
  await card.getByRole("button", { name: "Enable…" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Enable ionq" });
  await dialog.getByText("What leaves this machine").waitFor();
  const enable = dialog.getByRole("button", { name: "Enable", exact: true });
  expect(await enable.isDisabled()).toBe(true);
  await dialog.getByLabel("Key").fill(KEY);
  await dialog.getByLabel("Of a day, UTC / USD").fill("1");
  await dialog.getByText(/Limits: expected/).waitFor();
  await dialog.getByLabel("Of a day, UTC / USD").fill("");
  await dialog.getByText("Another address").click();
  await dialog.getByLabel("Address", { exact: true }).fill(server.baseUrl);
  await expectAccessibleInBoth(page, "enable");
  await enable.click();
  await card.getByText("enabled", { exact: true }).waitFor();
  expect(server.requests).toEqual([]);
  await card.getByRole("button", { name: "Ask how it is" }).click();
  await card
    .getByRole("status")
    .getByText(/available, 29 qubits/)
    .waitFor();
  await card.getByRole("button", { name: "A first circuit…" }).click();
  const trial = page.getByRole("dialog", { name: "A first circuit" });
  await trial.getByLabel("What would leave").waitFor();
  const shown = JSON.parse((await trial.getByLabel("What would leave").textContent()) ?? "");
  const sent = () => server.requests.filter(({ step }) => step === "submit");
  expect(sent()).toEqual([]);
  await expectAccessibleInBoth(page, "first-circuit");
  await trial.getByRole("button", { name: "Send it" }).click();
  await trial
    .getByRole("status")
    .getByText(/00 \d+ times, 11 \d+ times/)
    .waitFor();
  expect(sent().map(({ body }) => JSON.parse(body))).toEqual([shown]);
  await trial.getByRole("button", { name: "Close" }).last().click();
  await trial.waitFor({ state: "detached" });
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("A first circuit…");
  await expectAccessibleInBoth(page, "backends");
  for (const [tab, words] of [
    ["Jobs", /done/],
    ["Ledger", /Settled 0\.0000 USD/],
    ["Egress log", /question for the price/],
  ] as const) {
    await page.getByRole("tab", { name: tab }).click();
    await page.getByRole("tabpanel").getByText(words).first().waitFor();
    await expectAccessibleInBoth(page, tab.replace(" ", "-").toLowerCase());
  }
  await page.getByRole("tab", { name: "Backends" }).click();
  await card.getByRole("button", { name: "Disable" }).click();
  await card.getByText("not enabled").waitFor();
  await card.getByText("Spent or reserved").waitFor();
  expect(await page.content()).not.toContain(KEY);
}
