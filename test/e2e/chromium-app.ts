/** The web host over the real engine, as `npm run web` starts it, and its page in Chromium. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { type Browser, chromium, type LaunchOptions, type Page } from "playwright-core";
import { recordViolations, type Watch, watch } from "./journey.ts";

/** One step of a person on a machine that others keep busy. */
export const STEP_MS = 120_000;

export interface Host {
  /** With the token. */
  readonly url: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

export async function startHost(...args: readonly string[]): Promise<Host> {
  if (!existsSync("out/renderer/index.html")) throw new Error('The app is not built. Run "npm run setup".');
  const child = spawn(process.execPath, ["src/webhost/main.ts", "--no-open", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = async (): Promise<void> => {
    child.removeAllListeners("exit");
    if (child.exitCode === null && child.signalCode === null && child.kill()) await once(child, "exit");
  };
  const url = await new Promise<string>((found, fail) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      const address = /http:\/\/\S+/.exec(text)?.[0];
      if (address) found(address);
    });
    child.on("exit", (code) => fail(new Error(`the web host ended with ${code}`)));
  });
  return { url, process: child, stop };
}

export const launchChromium = (args: NonNullable<LaunchOptions["args"]> = []): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.ANSATZ_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", ...args],
  });

export interface ChromiumApp {
  readonly browser: Browser;
  readonly page: Page;
  readonly seen: Watch;
  readonly origin: string;
}

/** A page of 1280 × 800 that draws in three dimensions and keeps what left it and what it refused. */
export async function openInChromium({ url }: Host): Promise<ChromiumApp> {
  const browser = await launchChromium(["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]);
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    acceptDownloads: true,
    reducedMotion: "reduce",
  });
  await context.addInitScript(recordViolations);
  const page = await context.newPage();
  page.setDefaultTimeout(STEP_MS);
  const seen = watch(page);
  await page.goto(url);
  return { browser, page, seen, origin: new URL(url).origin };
}
