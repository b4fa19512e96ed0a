import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { openNotebook } from "#core/notebook/notebook.ts";
import { xorshift } from "../fixtures/xorshift.ts";
import { pictureOf } from "./notebook-picture.ts";

const KILLS = Number(process.env.ANSATZ_KILLS ?? 50);
const MOLECULES = 200;
/** Until a process has begun. */
const SHORTEST_MS = 500;

const HEADS = ["C", "CC", "N", "O", "F", "C=C", "C#C", "N#C", "O=C", "CO", "CN", "FC", "OC", "NC"];
const TAILS = ["C", "O", "N", "F", "C#N", "C=O", "C=C", "C#C", "CF", "CO", "CN", "OC", "NC", "CC", "C(F)F"];
const LIBRARY = HEADS.flatMap((head) => TAILS.map((tail) => `${head}C${tail}`)).slice(0, MOLECULES);

/** Of the same molecules: the second finds states of the first. With how long a process lives at most, so that each is killed often. */
const PROPERTIES = [
  ["vertical-ionisation-energy", ["--set", "activeSpace=false"], 5000],
  ["triplet-energy", [], 2500],
] as const;

const folder = mkdtempSync(join(tmpdir(), "ansatz-states-"));
afterAll(() => rmSync(folder, { recursive: true }));
const library = join(folder, "library.smi");
writeFileSync(library, LIBRARY.join("\n"));

const notebook = (name: string): string => join(folder, `${name}.sqlite`);

function screen(name: string, property: number) {
  const [id, settings] = PROPERTIES[property]!;
  const asked = ["--library", library, "--objective", id, "--basis", "sto-3g", ...settings];
  const places = ["--notebook", notebook(name), "--out", join(folder, name), "--json"];
  const args = [join(process.cwd(), "src/cli/main.ts"), "screen", ...asked, ...places];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (data) => {
    said = `${said}${data}`.slice(-2000);
  });
  const ended = new Promise<string>((resolve, reject) =>
    child.on("exit", (code, signal) => {
      if (code === 0) resolve("ended");
      else if (signal === "SIGKILL") resolve("killed");
      else reject(new Error(`exit code ${code}: ${said}`));
    }),
  );
  return { ended, kill: () => child.kill("SIGKILL") };
}

/** How often a state of each key was computed. */
function timesComputed(name: string): number[] {
  using kept = openNotebook({
    path: notebook(name),
    mode: "read-only",
    clock: () => new Date(0),
    program: "test",
  });
  const { db } = kept;
  const keys = db
    .all(db.sql.selectFrom("event").select("body").where("kind", "=", "state-finished"))
    .map(({ body }) => (JSON.parse(body) as { key: string }).key);
  return [...Map.groupBy(keys, (key) => key).values()].map(({ length }) => length);
}

it(`two properties of ${MOLECULES} molecules, killed ${KILLS} times at random, leave what an undisturbed run leaves, and no state is computed twice`, async () => {
  for (const property of PROPERTIES.keys()) await screen("undisturbed", property).ended;
  const random = xorshift(7);
  let killed = 0;
  for (const property of PROPERTIES.keys()) {
    const longest_ms = PROPERTIES[property]![2];
    const most = Math.ceil((KILLS * (property + 1)) / PROPERTIES.length);
    for (let how = "killed"; how === "killed"; ) {
      const run = screen("disturbed", property);
      if (killed < most) {
        const life = SHORTEST_MS + (longest_ms - SHORTEST_MS) * random();
        if ((await Promise.race([run.ended, delay(life, "running")])) === "running") run.kill();
      }
      how = await run.ended;
      if (how === "killed") killed++;
    }
  }
  process.stdout.write(`two properties of ${MOLECULES} molecules: killed ${killed} times\n`);
  expect(killed).toBeGreaterThan(KILLS / 2);
  expect(pictureOf(notebook("disturbed"))).toEqual(pictureOf(notebook("undisturbed")));
  expect(timesComputed("disturbed").length).toBe(timesComputed("undisturbed").length);
  expect(Math.max(...timesComputed("disturbed"))).toBe(1);
  expect(verifyNotebook(notebook("disturbed"))).toMatchObject({ ok: true, findings: [] });
}, 1_800_000);
