/** What a person does with a large campaign, each thing several times. */
import type { Browser } from "playwright-core";
import { type Sign, type Timed, WatchedPage } from "./page.ts";

export interface Line {
  readonly what: string;
  readonly times: readonly Timed[];
}

interface Measured {
  /** Between frames while the table scrolls, ms. */
  readonly frames: readonly number[];
  readonly heap: { readonly before_bytes: number; readonly after_bytes: number; readonly looked: number };
}

const ROW: Sign = { selector: '.candidate-table tr[aria-rowindex="2"]', attribute: "data-candidate" };
const CANDIDATE: Sign = { selector: "article[data-candidate-page]", attribute: "data-candidate-page" };
const TABLE = ".table-scroll";

const TIMES = 7;
const VERDICTS = 20;

async function several(times: number, act: (k: number) => Promise<Timed>): Promise<Timed[]> {
  const all: Timed[] = [];
  for (let k = 0; k < times; k++) all.push(await act(k));
  return all;
}

interface Journey {
  readonly browser: Browser;
  readonly url: string;
  /** How many candidates are looked at one after the other for what the page holds then. */
  readonly looked: number;
  /** Told of each line as soon as it is measured: what comes after it may fail. */
  onLine(line: Line): void;
}

export async function measureJourney({ browser, url, looked, onLine }: Journey): Promise<Measured> {
  const watched = await WatchedPage.open(browser, { "ansatz.reviewer": "Ada Lovelace" });
  const { page } = watched;
  const note = (what: string, times: readonly Timed[]) => onLine({ what, times });
  note("first useful paint: the list of campaigns", [await watched.opened(url, "a.campaign-item")]);
  const open = () => page.locator("a.campaign-item").first().click();
  const leave = async () => {
    await page.keyboard.press("c");
    await page.locator("a.campaign-item").first().waitFor();
  };
  note(
    "open the campaign",
    await several(TIMES, async (k) => {
      if (k > 0) await leave();
      return watched.timed(open, ROW);
    }),
  );
  const sort = page.locator(".candidate-table th.cell-logP button, .candidate-table th button").last();
  note("sort by a column", await several(TIMES, () => watched.timed(() => sort.click(), ROW)));
  const field = page.getByLabel("Find by name, SMILES, formula, InChIKey or reason");
  await field.focus();
  // Each letter narrows what is found or widens it again.
  const letters = ["F", "C", "#", "Backspace", "Backspace", "Backspace", "S"];
  const count: Sign = { selector: ".candidate-table", attribute: "aria-rowcount" };
  note(
    "filter by a letter",
    await several(letters.length, (k) => watched.timed(() => page.keyboard.press(letters[k] ?? "C"), count)),
  );
  await field.fill("");
  await page.keyboard.press("Escape");
  await page.locator(TABLE).focus();
  await watched.timed(() => page.keyboard.press("j"), CANDIDATE);
  note(
    "next candidate",
    await several(5 * TIMES, () => watched.timed(() => page.keyboard.press("j"), CANDIDATE)),
  );
  note(
    "verdict, and the next candidate",
    await several(VERDICTS, () => watched.timed(() => page.keyboard.press("m"), CANDIDATE)),
  );
  await page.keyboard.press("Escape");
  await page.locator(CANDIDATE.selector).waitFor({ state: "detached" });
  const frames = await watched.frames(TABLE, 200);
  await page.locator(".candidate-table tr[data-candidate]").first().click();
  await page.locator(CANDIDATE.selector).waitFor();
  const before_bytes = await watched.heap_bytes();
  for (let k = 0; k < looked; k++) {
    const id = await page.locator(CANDIDATE.selector).getAttribute("data-candidate-page");
    await page.keyboard.press("j");
    await page.waitForFunction(
      (was) =>
        document.querySelector("article[data-candidate-page]")?.getAttribute("data-candidate-page") !== was,
      id,
    );
  }
  const heap = { before_bytes, after_bytes: await watched.heap_bytes(), looked };
  await page.context().close();
  return { frames, heap };
}

/** The plot of all candidates: the first drawing, and the rectangle that chooses some. */
export async function measurePlot(browser: Browser, url: string): Promise<Line[]> {
  const watched = await WatchedPage.open(browser, { "ansatz.reviewer": "Ada Lovelace" });
  const { page } = watched;
  await watched.opened(url, "a.campaign-item");
  await watched.timed(() => page.locator("a.campaign-item").first().click(), ROW);
  const drawn: Sign = { selector: ".plot-chart", attribute: "aria-label" };
  const shown = await watched.timed(() => page.keyboard.press("p"), drawn);
  // Molecular weight against logP: of all candidates, not only of those that were evaluated.
  const up = await watched.timed(() => page.getByLabel("Up", { exact: true }).selectOption("logP"), drawn);
  const box = await page.locator(".plot-chart").boundingBox();
  if (!box) throw new Error("expected a plot, got none");
  const drag = async () => {
    await page.mouse.move(box.x + 0.3 * box.width, box.y + 0.3 * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.6 * box.width, box.y + 0.6 * box.height, { steps: 10 });
    await page.mouse.up();
  };
  const chosen: Sign = { selector: '[aria-label="Chosen candidates"]' };
  const brushed = await watched.timed(drag, chosen);
  await page.context().close();
  return [
    { what: "plot: first drawing", times: [shown] },
    { what: "plot: another number of all candidates", times: [up] },
    { what: "plot: choose by a rectangle", times: [brushed] },
  ];
}
