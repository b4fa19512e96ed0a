/** A page of the web host under a stopwatch: how long until something is on the screen, what crossed the wire, what is held. */
import type { Browser, CDPSession, Page } from "playwright-core";

/** What of the page says that an action is done: the text of an element, or one of its attributes. */
export interface Sign {
  readonly selector: string;
  readonly attribute?: string;
}

/** Of one action. */
export interface Timed {
  /** From the key or press, or the opening of the page, to the second frame after the sign has changed. */
  readonly ms: number;
  /** The longest block of the main thread meanwhile; 0 where none was 50 ms or more. */
  readonly longest_ms: number;
  readonly received_bytes: number;
}

declare global {
  interface Window {
    bench?: { pressed: number; blocks: number[] };
  }
}

/** Runs in the page before its own scripts. */
const install = (): void => {
  const bench = { pressed: 0, blocks: [] as number[] };
  window.bench = bench;
  for (const kind of ["keydown", "pointerdown", "input"])
    addEventListener(kind, () => (bench.pressed = performance.now()), { capture: true });
  const watch = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) bench.blocks.push(duration);
  });
  watch.observe({ type: "longtask", buffered: true });
};

/** Runs in the page: waits for a sign to differ from what it was, and for that to be drawn. */
const untilChanged = ({ selector, attribute, before }: Sign & { before: string | null }) =>
  new Promise<number>((resolve) => {
    const look = (): void => {
      const found = document.querySelector(selector);
      const now = found && (attribute === undefined ? found.textContent : found.getAttribute(attribute));
      if (now === null || now === before) return void requestAnimationFrame(look);
      requestAnimationFrame(() =>
        requestAnimationFrame(() => resolve(performance.now() - (window.bench?.pressed ?? 0))),
      );
    };
    look();
  });

const read = (page: Page, { selector, attribute }: Sign): Promise<string | null> =>
  page.evaluate(
    ([at, name]) => {
      const found = document.querySelector(at ?? "");
      return found && (name === undefined ? found.textContent : found.getAttribute(name));
    },
    [selector, attribute] as const,
  );

export class WatchedPage {
  readonly page: Page;
  private readonly session: CDPSession;
  private received = 0;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.session = session;
    session.on("Network.webSocketFrameReceived", ({ response: { opcode, payloadData } }) => {
      // 1: text; others come as base64.
      this.received += opcode === 1 ? Buffer.byteLength(payloadData) : (payloadData.length * 3) / 4;
    });
    session.on("Network.loadingFinished", ({ encodedDataLength }) => {
      this.received += encodedDataLength;
    });
  }

  static async open(browser: Browser, storage: Readonly<Record<string, string>>): Promise<WatchedPage> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.addInitScript(install);
    await context.addInitScript((kept) => {
      for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value);
    }, storage);
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    return new WatchedPage(page, session);
  }

  /** Does something, and waits until a sign of it is drawn. */
  async timed(act: () => Promise<unknown>, sign: Sign): Promise<Timed> {
    const before = await read(this.page, sign);
    return this.during(async () => {
      const seen = this.page.evaluate(untilChanged, { ...sign, before });
      await act();
      return seen;
    });
  }

  /** From the opening of an address to the first time that an element is drawn. */
  async opened(url: string, selector: string): Promise<Timed> {
    return this.during(async () => {
      await this.page.goto(url, { waitUntil: "commit" });
      return this.page.evaluate(untilChanged, { selector, before: null });
    });
  }

  private async during(work: () => Promise<number>): Promise<Timed> {
    // What went before is to come to rest.
    await this.page.waitForTimeout(300);
    const received = this.received;
    await this.page.evaluate(() => window.bench?.blocks.splice(0));
    const ms = await work();
    // A block is told of when it has ended, and answers that follow belong to what was done.
    await this.page.waitForTimeout(300);
    const blocks = await this.page.evaluate(() => window.bench?.blocks ?? []);
    return { ms, longest_ms: Math.max(0, ...blocks), received_bytes: this.received - received };
  }

  /** Times between frames while the wheel turns over an element, ms. */
  async frames(selector: string, turns: number): Promise<number[]> {
    await this.page.locator(selector).hover();
    const measured = this.page.evaluate(
      (count) =>
        new Promise<number[]>((resolve) => {
          const times: number[] = [];
          const next = (now: number): void => {
            times.push(now);
            if (times.length <= count) requestAnimationFrame(next);
            else resolve(times.slice(1).map((time, k) => time - (times[k] ?? time)));
          };
          requestAnimationFrame(next);
        }),
      turns,
    );
    for (let k = 0; k < turns; k++) await this.page.mouse.wheel(0, 400);
    return measured;
  }

  /** Of JavaScript, after a collection of what nothing holds. */
  async heap_bytes(): Promise<number> {
    await this.session.send("HeapProfiler.collectGarbage");
    return (await this.session.send("Runtime.getHeapUsage")).usedSize;
  }
}
