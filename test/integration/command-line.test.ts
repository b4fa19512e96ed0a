import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ansatz } from "../fixtures/ansatz.ts";

const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "ansatz-cli-"));
const main = join(home, "src/cli/main.ts");
process.env.ANSATZ_NOTEBOOK = join(folder, "notebook.sqlite");
process.chdir(folder);
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

/** As a process of its own; the others are called in this one. */
const started = (...args: string[]) => spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });

function file(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const water = file("water.xyz", "3\nwater\nO 0 0 0.1173\nH 0 0.7572 -0.4692\nH 0 -0.7572 -0.4692\n");

it("says what to do where the folder of the default notebook cannot be made", () => {
  const env = {
    ...process.env,
    HOME: water,
    XDG_DATA_HOME: join(water, "data"),
    APPDATA: water,
    LOCALAPPDATA: water,
  };
  delete (env as Partial<typeof env> & { ANSATZ_NOTEBOOK?: string }).ANSATZ_NOTEBOOK;
  const { status, stderr } = spawnSync(process.execPath, [main, "screen", "--count", "1"], {
    encoding: "utf8",
    cwd: folder,
    env,
  });
  expect(status).toBe(2);
  expect(stderr).toMatch(/cannot be made.*--notebook or ANSATZ_NOTEBOOK/);
});

it("does not end well where the reader of its output is gone", async () => {
  const child = spawn(process.execPath, [main, "energy", water, "--json"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  child.stdout.destroy();
  const [status] = await once(child, "exit");
  expect(status).toBe(141);
});

describe("ansatz on bad input says what it expected and what came, and exits with 2", () => {
  const carbon = file("carbon.xyz", "1\n\nC 0 0 0\n");
  const methyl = file("methyl.xyz", "4\n\nC 0 0 0\nH 0 1.08 0\nH 0.93 -0.54 0\nH -0.93 -0.54 0\n");
  const xenon = file("xenon.xyz", "1\n\nXe 0 0 0\n");
  const overlapping = file("overlapping.xyz", "2\n\nH 0 0 0\nH 0 0 0.001\n");
  const broken = file("broken.xyz", "3\nwater\nO 0 0 0\nH 0 zero 0\nH 0 0 1\n");

  it.each([
    ["an unparsable SMILES", ["energy", "C1CC("], /SMILES/i],
    ["a missing file", ["energy", "nowhere.xyz"], /no file "nowhere.xyz"/],
    ["a broken xyz file", ["energy", broken], /line 4/],
    ["an element without basis", ["energy", xenon], /Xe/],
    ["atoms on top of each other", ["energy", overlapping], /0\.001|apart|overlap/i],
    ["an odd electron count with multiplicity 1", ["energy", methyl], /multiplicity/i],
    ["a multiplicity that does not fit", ["energy", carbon, "--multiplicity", "2"], /multiplicity/i],
    [
      "an active space with too many electrons",
      ["energy", water, "--active-space", "40e,4o"],
      /active space/i,
    ],
    [
      "an active space with too many orbitals",
      ["energy", water, "--active-space", "4e,40o"],
      /active space/i,
    ],
    [
      "an active space in the wrong words",
      ["energy", water, "--active-space", "4,4"],
      /expected e\.g\. "4e,4o", got "4,4"/,
    ],
    ["an unknown basis", ["energy", water, "--basis", "sto-4g"], /sto-4g/],
    ["an unknown method", ["energy", water, "--method", "dft"], /expected rhf, .*got "dft"/],
    ["a number that is none", ["energy", water, "--charge", "one"], /--charge: expected an integer/],
    ["an unknown model", ["generate", "--model", "nobody"], /nobody/],
    ["a temperature out of range", ["generate", "--temperature", "9"], /from 0.1 to 2, got "9"/],
    [
      "a notebook that is not there",
      ["notebook", "campaigns", "--notebook", "none.sqlite"],
      /no notebook at "none.sqlite"/,
    ],
    ["a candidate id in the wrong words", ["notebook", "show", "7"], /notebook/],
    ["a folder instead of a file", ["energy", folder], /cannot be read/],
    ["too many iterations", ["energy", water, "--max-iterations", "4294967296"], /from 1 to 10000/],
    ["a file instead of a folder", ["screen", "--out", water], /cannot hold the results/],
    ["an unknown option", ["energy", water, "--frobnicate"], /unknown option/],
    ["an unknown command", ["frobnicate"], /unknown command/],
    [
      "an unknown export format",
      ["export", "0199c6b2-0000-7000-8000-000000000000", "--format", "doc"],
      /--format sdf, sdf-v3000, csv, smiles, plate, pdf and/,
    ],
    [
      "an empty index of a candidate",
      ["export", "0199c6b2-0000-7000-8000-000000000000", "--candidates", "3,"],
      /--candidates: expected at most 10,000 whole numbers from 0/,
    ],
    [
      "a selection beside named candidates",
      ["export", "0199c6b2-0000-7000-8000-000000000000", "--candidates", "", "--selection", "all"],
      /--selection or --candidates, got both/,
    ],
  ])("%s", async (_case, args, message) => {
    const { status, stdout, stderr } = await ansatz(...args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\bat .*\.ts:\d+/);
    expect(status).toBe(2);
    expect(stdout).toBe("");
  });

  it("says its version", () => {
    expect(started("--version").stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("prints the error as one JSON document when asked for JSON", () => {
    const { status, stdout } = started("energy", "C1CC(", "--json");
    expect(status).toBe(2);
    expect(JSON.parse(stdout).error.code).toBe("invalid-input");
  });
});

describe("ansatz energy", () => {
  it("prints one JSON document with the promised keys, null where a method was not asked for", () => {
    const { status, stdout } = started("energy", water, "--method", "rhf", "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      basis: "sto-3g",
      nBasis: 7,
      charge: 0,
      multiplicity: 1,
      activeSpace: null,
      casci_hartree: null,
      vqe_hartree: null,
      converged: true,
      iterations: null,
      nParameters: null,
    });
  });

  it("gives a VQE energy that is not below CASCI and near it", async () => {
    const { stdout } = await ansatz("energy", water, "--method", "vqe", "--active-space", "4e,4o", "--json");
    const { hartreeFock_hartree, casci_hartree, vqe_hartree } = JSON.parse(stdout);
    /** Rounding of two converged energies. */
    const rounding = 1e-9;
    expect(vqe_hartree).toBeGreaterThan(casci_hartree - rounding);
    expect(vqe_hartree).toBeLessThan(hartreeFock_hartree);
  });

  it("takes the charge of a SMILES", async () => {
    const { stdout } = await ansatz("energy", "[NH4+]", "--method", "rhf", "--json");
    expect(JSON.parse(stdout).charge).toBe(1);
  });

  it("reports a VQE that ran out of iterations as not converged, with exit code 3", () => {
    const args = ["energy", water, "--active-space", "4e,4o", "--max-iterations", "1", "--json"];
    const { status, stdout } = started(...args);
    const result = JSON.parse(stdout);
    expect(status).toBe(3);
    expect(result.converged).toBe(false);
    expect(result.vqe_hartree).toBeNull();
    expect(result.outcomes.vqe).toBe("not-converged");
  });
});

describe("ansatz notebook", () => {
  const notebook = join(folder, "journey.sqlite");
  const json = async (...args: string[]) => {
    const { status, stdout, stderr } = await ansatz(...args, "--json");
    expect(status, stderr).toBe(0);
    return JSON.parse(stdout);
  };
  /** Isobutyric acid is the only one so small: it is evaluated, and computed again. */
  const settings = ["--seed", "4", "--count", "40", "--max-heavy-atoms", "7", "--basis", "sto-3g"];

  it("finds, traces, replays, signs, archives and imports what screen wrote", async () => {
    await json("screen", ...settings, "--notebook", notebook, "--out", folder);
    const [hit] = await json("notebook", "search", "--state", "evaluated", "--notebook", notebook);
    const none = await ansatz("notebook", "search", "--formula", "C60", "--notebook", notebook);
    expect(none).toMatchObject({ stdout: "", stderr: "No candidate fits all conditions.\n" });
    const { id } = hit.candidate;
    const { evaluation } = await json("notebook", "show", id, "--notebook", notebook);
    const inSpace = ["vertical_hartree", "verticalCasci_hartree", "koopmans_hartree"];
    const states = ["neutral", "cation", "mp2-cation"];
    expect(Object.keys(evaluation)).toEqual(["outcome", ...states, "verticalMp2_hartree", ...inSpace]);
    const steps = await json("notebook", "replay", id, "--notebook", notebook);
    expect(steps.map((step: { outcome: string }) => step.outcome)).toEqual(Array(4).fill("identical"));
    const { nodes } = await json("notebook", "provenance", id, "--notebook", notebook);
    const kinds = nodes.map((node: { kind: string }) => node.kind);
    expect(kinds).toEqual(
      expect.arrayContaining(["model", "sampling-run", "conformer", "scf", "backend-call", "vqe"]),
    );

    const archive = join(folder, "journey.eln");
    const head = async (path: string) => (await json("notebook", "verify", "--notebook", path)).head;
    const archived = await head(notebook);
    await json("notebook", "archive", archive, "--notebook", notebook);
    expect(await json("notebook", "verify", archive)).toMatchObject({ ok: true });
    const copy = join(folder, "copy.sqlite");
    await json("notebook", "import", archive, "--notebook", copy);
    expect(await head(copy)).toEqual(archived);
    const exports = await json("notebook", "exports", "--notebook", notebook);
    expect(exports.map(({ what }: { what: string }) => what)).toEqual([
      "candidates",
      "candidates",
      "archive",
    ]);
    const saved = await json("notebook", "salvage", notebook, "--out", join(folder, "saved.sqlite"));
    expect(saved).toMatchObject({ lost: [], saved: { event: (await head(notebook)).seq } });
  });

  it("says of a key that it was made just now, also where a backup of before has none", async () => {
    const copy = join(folder, "copy.sqlite");
    const signed = async (passphrase: string) => {
      process.env.ANSATZ_PASSPHRASE = passphrase;
      return await ansatz("notebook", "sign", "--notebook", copy);
    };
    const backup = (await json("notebook", "backup", "--notebook", copy)).path;
    const made = /^Signed with key ([0-9a-f]{64}), which was made just now: it had none\./;
    const { stdout } = await signed("correct horse battery");
    const [, key] = made.exec(stdout)!;
    expect((await signed("correct horse battery")).stdout).toMatch(
      new RegExp(`^Signed with key ${key}\\. Keep`),
    );
    const restored = await ansatz("notebook", "restore", backup, "--notebook", copy);
    expect(restored.stdout).toContain("NOT SIGNED");
    const again = (await signed("another passphrase")).stdout;
    expect(made.exec(again)?.[1]).not.toBe(key);
  });

  it("says that a changed archive was changed, with exit code 3", async () => {
    const bytes = readFileSync(join(folder, "journey.eln"));
    const middle = bytes.length >> 1;
    bytes[middle] = bytes[middle]! ^ 1;
    const { status, stdout } = await ansatz("notebook", "verify", file("changed.eln", bytes), "--json");
    expect(status).toBe(3);
    expect(JSON.parse(stdout).ok).toBe(false);
  });
});

describe("ansatz generate", () => {
  it("gives the same molecules for the same seed", async () => {
    const sample = async () =>
      JSON.parse((await ansatz("generate", "--count", "8", "--seed", "5", "--json")).stdout).samples;
    const first = await sample();
    expect(first).toHaveLength(8);
    expect(await sample()).toEqual(first);
  });
});
