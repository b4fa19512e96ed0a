/** The built desktop app in a real Electron over the real engine. Needs a display: `xvfb-run` on a machine without one. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElectronApplication, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signOff } from "./desk-journey.ts";
import { launchDesktop, missing } from "./desktop-app.ts";
import {
  expectDarkGround,
  expectNothingLeftThePage,
  expectShortlistSdf,
  exportShortlist,
  openBest,
  picture,
  recordViolations,
  runCampaign,
  shortlistByKey,
  verifyNotebook,
  type Watch,
  watch,
} from "./journey.ts";

/** One step of a person on a machine that others keep busy. */
const STEP_MS = 120_000;
const JOURNEY_MS = 400_000;
const BUSY_MS = 2_500;

/** In the desktop's main process: settles when the page says that there is work. */
interface Heard {
  told?: Promise<boolean>;
}
describe.skipIf(missing)("the desktop app", () => {
  let folder: string;
  let app: ElectronApplication;
  let page: Page;
  let seen: Watch;

  async function launch(): Promise<void> {
    app = await launchDesktop(folder);
    await app.context().addInitScript(recordViolations);
    page = await app.firstWindow();
    page.setDefaultTimeout(STEP_MS);
    await page.emulateMedia({ reducedMotion: "reduce" });
    seen = watch(page);
    // The window was there before the watch: load it again under its eyes, and make sure that the recorder runs in it.
    await page.waitForLoadState();
    await page.reload();
    if (await page.evaluate(() => window.policyViolations === undefined))
      await page.evaluate(recordViolations);
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "ansatz-electron-"));
    await launch();
  });
  afterAll(async () => {
    await app?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it("shows a page that is isolated, of our own scheme, and knows nothing of Node", async () => {
    expect(page.url()).toMatch(/^app:\/\/ansatz\//);
    const inside = await page.evaluate(() => [typeof globalThis.process, "require" in globalThis]);
    expect(inside).toEqual(["undefined", false]);
  });

  it("takes a person from the first start to an exported shortlist", { timeout: JOURNEY_MS }, async () => {
    await runCampaign(page, "Desktop journey");
    const shown = await openBest(page);
    await expectDarkGround(page);
    await shortlistByKey(page, "Ada Lovelace");
    await picture(page, "electron-candidate");
    const target = join(folder, "shortlist.sdf");
    const expectFile = async () => {
      await app.evaluate(({ session }, path) => {
        const saved = new Promise<string>((done) => {
          session.defaultSession.once("will-download", (_event, item) => {
            item.setSavePath(path);
            item.once("done", () => done(path));
          });
        });
        Object.assign(globalThis, { saved });
      }, target);
      return { saved: app.evaluate(() => (globalThis as unknown as { saved: Promise<string> }).saved) };
    };
    expectShortlistSdf(await exportShortlist(page, expectFile), shown);
    await expectNothingLeftThePage(page, seen, "app://ansatz/");
  });

  it("keeps the signing key in the system's keychain", { timeout: JOURNEY_MS }, async () => {
    // A test machine has no keychain; what stands in for it is reversible and told apart from the bytes themselves.
    await app.evaluate(({ safeStorage }) => {
      const flip = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0xff));
      safeStorage.isEncryptionAvailable = () => true;
      safeStorage.getSelectedStorageBackend = () => "gnome_libsecret";
      safeStorage.encryptString = (text) => flip(Buffer.from(text));
      safeStorage.decryptString = (box) => flip(box).toString();
    });
    await signOff(page, "with a keychain");
    await page.getByRole("button", { name: "Notebook", exact: true }).click();
    await page.getByText("the keychain of the computer that it was made on").waitFor();
    await page.getByRole("button", { name: "Sign now…" }).click();
    await page.getByRole("button", { name: "Sign", exact: true }).click();
    await page.getByText("The notebook is signed").waitFor();
    await verifyNotebook(page);
    await page.getByText("up to event", { exact: false }).waitFor();
    await expectNothingLeftThePage(page, seen, "app://ansatz/");
    await page.goBack();
    await page.goBack();
  });

  it("asks before it is closed on a calculation that runs", async () => {
    await page.getByRole("button", { name: "Calculate one molecule" }).click();
    await page.getByLabel("SMILES, XYZ, molfile or FCIDUMP").fill("c1ccccc1");
    await page.getByRole("combobox", { name: "Method" }).selectOption("ccsd(t)");
    await page.getByRole("combobox", { name: "Basis set" }).selectOption("cc-pvdz");
    await page.getByText("of one thread and at most", { exact: false }).waitFor();
    await app.evaluate(({ ipcMain }) => {
      (globalThis as Heard).told = new Promise((done) => {
        const hear = (_event: unknown, hasWork: unknown) => {
          if (hasWork) done(ipcMain.off("window:work", hear) && true);
        };
        ipcMain.on("window:work", hear);
      });
    });
    await page.getByRole("button", { name: "Calculate", exact: true }).click();
    expect(await app.evaluate(() => (globalThis as Heard).told)).toBe(true);
    // Of a page that answers nobody for a while nobody is asked by Chromium.
    await page.evaluate((ms) => {
      setTimeout(() => {
        const end = Date.now() + ms;
        while (Date.now() < end);
      }, 0);
    }, BUSY_MS);
    const asked = await app.evaluate(({ dialog, BrowserWindow }) => {
      const words: string[] = [];
      const ask = dialog.showMessageBoxSync;
      dialog.showMessageBoxSync = (...given: unknown[]) => {
        words.push(String((given.at(-1) as { message: string }).message));
        return 1;
      };
      try {
        BrowserWindow.getAllWindows()[0]?.close();
      } finally {
        dialog.showMessageBoxSync = ask;
      }
      return words;
    });
    expect(asked).toEqual(["A calculation is still running."]);
    await page.getByRole("button", { name: "Cancel", exact: true }).click();
    await page.getByRole("button", { name: /under way/ }).waitFor({ state: "detached" });
    await page.goBack();
    await page.goBack();
  });

  it("survives the engine's death: says so, starts it again, and nothing is lost", async () => {
    const main = await app.evaluate(() => process.pid);
    const engine = execFileSync("pgrep", ["-P", String(main), "-f", "engine-process"], {
      encoding: "utf8",
    }).trim();
    process.kill(Number(engine), "SIGKILL");
    await page.getByText("The engine is not running").waitFor();
    await page.getByRole("button", { name: "Restart the engine" }).click();
    await page.getByText("The engine is not running").waitFor({ state: "detached" });
    await page.reload();
    await page.locator(".review-list").getByText("Ada Lovelace").first().waitFor();
  });

  it("opens read-only, and says who writes, while another process holds the notebook", async () => {
    await app.close();
    const notebook = join(folder, "notebook.sqlite");
    const writer = spawn(process.execPath, ["src/webhost/main.ts", "--no-open", "--notebook", notebook], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      await once(writer.stdout, "data");
      await launch();
      await page.getByText(`process ${writer.pid} on`, { exact: false }).waitFor();
      await page.getByText("Desktop journey").first().waitFor();
      await app.close();
    } finally {
      writer.kill();
      await once(writer, "exit");
    }
  });

  it("comes back with its campaigns, and may write, once the other process has ended", async () => {
    await launch();
    await page.getByText("Desktop journey").first().waitFor();
    await page.getByRole("button", { name: "Notebook", exact: true }).click();
    await page.getByRole("button", { name: "Sign now…", disabled: false }).waitFor();
    expect(await page.getByText("open read-only", { exact: false }).count()).toBe(0);
  });

  // Last: Playwright waits for ever for the navigation that is refused here.
  it("refuses to leave the app, to open windows, to ask for permissions and to talk to anyone", async () => {
    const refused = await page.evaluate(async () => {
      const opened = window.open("https://example.com") !== null;
      const camera = await navigator.mediaDevices?.getUserMedia({ video: true }).then(
        () => true,
        () => false,
      );
      const fetched = await fetch("https://example.com").then(
        () => true,
        () => false,
      );
      location.href = "app://ansatz/other.html";
      location.href = "https://example.com";
      return { opened, camera: camera ?? false, fetched };
    });
    expect(refused).toEqual({ opened: false, camera: false, fetched: false });
    await page.waitForTimeout(500);
    expect(page.url()).toMatch(/^app:\/\/ansatz\//);
    expect(app.windows()).toHaveLength(1);
  });
});
