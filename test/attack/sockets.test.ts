/** With no provider enabled no socket of the network is opened: a campaign and a session of the desktop app, every call traced. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

/** It may be there and not be let trace, as in some containers. */
const traces = spawnSync("strace", ["-f", "-o", "/dev/null", "true"]).status === 0;
if (!traces) process.stderr.write("\n*** Tests of sockets SKIPPED: no strace that traces ***\n\n");
const TRACED = ["-f", "-qq", "--seccomp-bpf", "-e", "trace=socket,connect,bind,sendto,sendmsg"];

const folder = mkdtempSync(join(tmpdir(), "ansatz-sockets-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const log = join(folder, "calls.log");

/** Calls with an address of the network in them, and openings of such sockets. */
const networkCalls = (): string[] =>
  readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => /AF_INET6?/.test(line));

describe.skipIf(!traces)("without a provider", () => {
  it("sees a socket where there is one", () => {
    const script = "require('node:net').connect(9, '127.0.0.1').on('error', () => {})";
    execFileSync("strace", [...TRACED, "-o", log, process.execPath, "-e", script]);
    expect(networkCalls().join("\n")).toMatch(/connect\(.*127\.0\.0\.1/);
  });

  it("a campaign opens no socket of the network", () => {
    const asked = ["--count", "20", "--max-evaluations", "2", "--max-heavy-atoms", "9"];
    const own = ["--out", join(folder, "results"), "--notebook", join(folder, "campaign.sqlite")];
    const campaign = [process.execPath, "src/cli/main.ts", "screen", ...asked, ...own];
    const said = execFileSync("strace", [...TRACED, "-o", log, ...campaign], { encoding: "utf8" });
    expect(said).toContain("2 evaluated");
    expect(networkCalls()).toEqual([]);
  });

  it("the desktop app asks for no address but those by which the test holds it", async ({ skip }) => {
    const { electron, launchDesktop, missing } = await import("../e2e/desktop-app.ts");
    skip(missing !== "", missing);
    const traced = join(folder, "electron");
    writeFileSync(traced, `#!/bin/sh\nexec strace ${TRACED.join(" ")} -o ${log} ${electron} "$@"\n`);
    chmodSync(traced, 0o755);
    const app = await launchDesktop(folder, traced);
    const page = await app.firstWindow();
    await page.waitForLoadState();
    await page.getByRole("main").waitFor();
    await app.close();
    // A socket without an address is one by which Chromium asks the kernel what the network's cards are called.
    const addresses = networkCalls().filter((line) => line.includes("sa_family"));
    expect(addresses.filter((line) => !line.includes('"127.0.0.1"'))).toEqual([]);
  });
});
