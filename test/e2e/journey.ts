/** The whole main job as a person does it, in whichever host shows the page. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** Where screenshots are kept; ignored by git. */
const PICTURES = "test-results";
/** Three decimals are on the screen; the file may round once more. */
const HALF_OF_LAST_DIGIT_EV = 0.00051;
/** A campaign of three STO-3G molecules takes seconds; a busy two-core machine is given minutes. */
const CAMPAIGN_MS = 240_000;

declare global {
  interface Window {
    policyViolations?: string[];
  }
}

/** Everything the page complained about while it was watched. */
export interface Watch {
  complaints: string[];
  requests: string[];
}

/** Collects console errors, uncaught exceptions and requests; call before the page loads. */
export function watch(page: Page): Watch {
  const seen: Watch = { complaints: [], requests: [] };
  page.on("console", (message) => {
    if (message.type() === "error") seen.complaints.push(message.text());
  });
  page.on("pageerror", (error) => seen.complaints.push(String(error.stack ?? error)));
  page.on("request", (request) => seen.requests.push(request.url()));
  return seen;
}

/** Records every refusal of the content security policy; call before the page loads. */
export const recordViolations = (): void => {
  window.policyViolations = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    window.policyViolations?.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
  });
};

export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

/** Ends what fades in or out, such as a message that leaves: half transparent it has no contrast to speak of. */
const comeToRest = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const animation of document.getAnimations())
      if (Number.isFinite(Number(animation.effect?.getComputedTiming().endTime))) animation.finish();
  });

/** Fails on anything that axe calls serious or critical. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  await page.evaluate(axe.source);
  await comeToRest(page);
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
  });
  expect(found, where).toEqual([]);
}

/** Fails where a person would have to scroll to see it. */
async function expectInView(locator: Locator): Promise<void> {
  await locator.waitFor();
  const [top, bottom, height] = await locator.evaluate((element) => {
    const box = element.getBoundingClientRect();
    return [box.top, box.bottom, innerHeight] as const;
  });
  expect(top).toBeGreaterThanOrEqual(0);
  expect(bottom).toBeLessThanOrEqual(height);
}

/** From the first start to a finished campaign of three molecules. */
export async function runCampaign(page: Page, name: string): Promise<void> {
  await page.getByRole("heading", { name: "From a generated molecule to a ranked shortlist" }).waitFor();
  await expectAccessible(page, "first start");
  await page.keyboard.press("n");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Molecules").fill("0");
  await page.getByText("Expected at least 1.").waitFor();
  expect(await page.getByRole("button", { name: "Start" }).isDisabled()).toBe(true);
  await page.getByLabel("Molecules").fill("40");
  await page.getByLabel("Build around").selectOption("decorate");
  await page.getByLabel("Scaffold", { exact: true }).fill("[13CH3]c1ccc(*)cc1");
  await page.getByText("Left out of the prompt: isotopes ([13CH3]).", { exact: false }).waitFor();
  await page.getByLabel("Scaffold", { exact: true }).fill("c1ccccc1");
  await page.getByRole("button", { name: "Start" }).click();
  await expectInView(page.getByRole("alert").filter({ hasText: "at least one attachment point" }));
  await page.getByLabel("Build around").selectOption("nothing");
  await page.getByLabel("Heavy atoms, to").fill("9");
  await page.getByLabel("Basis set").selectOption("sto-3g");
  await page.getByLabel("Evaluate at most").fill("3");
  await expectAccessible(page, "start form");
  await page.getByRole("button", { name: "Start" }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
  await page.getByText("Finished", { exact: true }).waitFor({ timeout: CAMPAIGN_MS });
}

/** Opens the best candidate by key, looks at what it shows, and returns its ionisation energy in eV as it is shown. */
export async function openBest(page: Page): Promise<number> {
  await page.getByText(/^Ranked [1-3]$/).click();
  await page.keyboard.press("j");
  await page.getByText(/^#1(?: \(|$)/).waitFor();
  await page.locator(".molecule-3d-canvas canvas").waitFor();
  await page.locator(".chart canvas").waitFor();
  const answer = Number(await page.locator(".energy-answer").last().textContent());
  expect(answer, "a vertical ionisation energy in eV").toBeGreaterThan(5);
  expect(answer).toBeLessThan(20);
  await page.getByText("It adds no accuracy over CASCI", { exact: false }).waitFor();
  await page.locator(".structure-2d img").first().waitFor();
  return answer;
}

/** The brightest colour, 0 to 255, in the upper left corner of the 3D view, where no atom is. */
async function brightestCorner(page: Page): Promise<number> {
  const box = await page.locator(".molecule-3d-canvas canvas").boundingBox();
  if (!box) throw new Error("no 3D view");
  const clip = { x: box.x + 12, y: box.y + 12, width: 4, height: 4 };
  const png = (await page.screenshot({ clip })).toString("base64");
  return page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const context = new OffscreenCanvas(4, 4).getContext("2d")!;
    context.drawImage(await createImageBitmap(new Blob([bytes], { type: "image/png" })), 0, 0);
    return Math.max(...context.getImageData(0, 0, 4, 4).data.filter((_, i) => i % 4 !== 3));
  }, png);
}

/** A candidate that is open follows the window down to the smallest one of the desktop app. */
export async function expectToFitSmallWindow(page: Page): Promise<void> {
  const size = page.viewportSize();
  if (!size) throw new Error("no viewport");
  await page.setViewportSize({ width: 900, height: 600 });
  const overhang = () =>
    page.locator(".candidate-page").evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  await expect.poll(overhang, { timeout: 10_000 }).toBe(0);
  await page.setViewportSize(size);
}

/** A molecule stands on the page's own ground in the dark too, also where no graphics card draws it. */
export async function expectDarkGround(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => brightestCorner(page)).toBeLessThan(128);
  await page.emulateMedia({ colorScheme: null });
}

/** Gives a verdict by key; the first one asks for a name. */
export async function shortlistByKey(page: Page, reviewer: string): Promise<void> {
  await page.keyboard.press("w");
  await page.keyboard.type("Fits the objective");
  await page.keyboard.press("Escape");
  await page.keyboard.press("s");
  await page.getByLabel("Your name").fill(reviewer);
  await page.keyboard.press("Enter");
  // A verdict leads to the next candidate, undo back to the one that it was of, and the other way about.
  await page.getByText(/^#2(?: \(|$)/).waitFor();
  await page.keyboard.press("ControlOrMeta+z");
  await page.locator(".review-list").getByText("Withdrawn").waitFor();
  await page.getByText(/^#1(?: \(|$)/).waitFor();
  expect(await page.locator("tr[aria-current]").getByText("Shortlisted").count()).toBe(0);
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await page.locator(".review-list li:nth-child(3)").waitFor();
  await page.locator(".review-list").getByText(reviewer).first().waitFor();
  await page.locator(".review-list").getByText("Fits the objective").first().waitFor();
  await page.locator("tr[aria-current]").getByText("Shortlisted").filter({ visible: true }).waitFor();
}

/** From the numbers on the screen back to the model and its data, and forward again; the same by key alone. */
export async function traceProvenance(page: Page): Promise<void> {
  await page.keyboard.press("g");
  const record = (kind: string) => page.getByRole("button", { name: new RegExp(`^${kind} `) });
  for (const kind of ["data-set", "model", "sampling-run", "conformer", "scf", "vqe", "evaluation", "review"])
    await record(kind).first().waitFor();
  await expectAccessible(page, "provenance graph");
  await record("model").first().focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "What came of it" }).click();
  await page.getByRole("dialog", { name: /^Everything that came of: / }).waitFor();
  await record("candidate").first().waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

/** Computes the candidate again on the same machine with the same program: every step must come out the same. */
export async function replayCandidate(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Compute again and compare" }).click();
  const steps = page.locator(".replay-list li");
  await steps.first().waitFor({ timeout: CAMPAIGN_MS });
  // The whole line, so that a difference says of which step and why.
  const lines = await steps.allTextContents();
  expect(lines.filter((line) => !line.startsWith("Same bits"))).toEqual([]);
  expect(lines.length).toBeGreaterThan(0);
}

export async function verifyNotebook(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Notebook", exact: true }).click();
  await page.getByRole("button", { name: "Verify" }).click();
  await page.getByText("Everything is as it was written").waitFor({ timeout: CAMPAIGN_MS });
  await expectAccessible(page, "notebook");
}

/** Chooses an export by key, round the menu once, and returns the text of the file that was saved. */
export async function exportShortlist(
  page: Page,
  expectFile: () => Promise<{ saved: Promise<string> }>,
): Promise<string> {
  await page.getByRole("button", { name: "Export" }).press("Enter");
  await page.locator("[role=menuitem]:focus", { hasText: "Structures in 3D and all values" }).waitFor();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowDown");
  // Before the key: a file that nobody waits for yet would ask where to go.
  const { saved } = await expectFile();
  await page.keyboard.press("Enter");
  return readFileSync(await saved, "utf8");
}

/** One record: a structure in 3D, and the ionisation energy that was on the screen. */
export function expectShortlistSdf(sdf: string, shown_ev: number): void {
  expect(sdf.match(/^\$\$\$\$$/gm)).toHaveLength(1);
  expect(sdf).toMatch(/V[23]000/);
  const exported = /<vertical_ie_vqe_ev>\s+(\S+)/.exec(sdf)?.[1];
  expect(Math.abs(Number(exported) - shown_ev)).toBeLessThanOrEqual(HALF_OF_LAST_DIGIT_EV);
}

export async function expectNothingLeftThePage(page: Page, seen: Watch, origin: string): Promise<void> {
  expect(await page.evaluate(() => window.policyViolations)).toEqual([]);
  expect(seen.complaints).toEqual([]);
  const foreign = seen.requests.filter((url) => !url.startsWith(origin) && !/^(data|blob):/.test(url));
  expect(foreign).toEqual([]);
}
