import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Plain Node without types. */
const script = "../../scripts/third-party-notices.mjs";
interface Notices {
  notices(): string;
  resourcesWithLicence: readonly string[];
}

describe("THIRD-PARTY.md", () => {
  it("names every package that ships, with its licence, as the lockfile has them", async () => {
    const { notices } = (await import(script)) as Notices;
    const text = readFileSync("THIRD-PARTY.md", "utf8");
    expect(text === notices(), 'it is out of date: run "node scripts/third-party-notices.mjs"').toBe(true);
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
    for (const [name, version] of Object.entries(dependencies))
      expect(text).toContain(`| ${name} | ${version} |`);
    expect(text).toContain("| react |");
    for (const [, id] of text.matchAll(/\| ([0-9a-f]{8}) \|$/gm)) expect(text).toContain(`### ${id}\n`);
  });

  it("knows every package that the window is built of", async () => {
    const text = readFileSync("THIRD-PARTY.md", "utf8");
    const files = readdirSync("src/renderer/src", { recursive: true, encoding: "utf8" });
    const imported = files
      .filter((file) => /\.(tsx?|css)$/.test(file))
      .flatMap((file) => {
        const source = readFileSync(`src/renderer/src/${file}`, "utf8");
        return [...source.matchAll(/(?:from|import) "((?:@[^/"]+\/)?[^./"#@][^/"]*)/g)].map(
          ([, name]) => name,
        );
      });
    expect(new Set(imported).size).toBeGreaterThan(5);
    for (const name of new Set(imported)) expect(text, name).toContain(`| ${name} |`);
  });

  it("knows every folder of data, each with SOURCE and LICENCE", async () => {
    const { resourcesWithLicence } = (await import(script)) as Notices;
    const folders = readdirSync("resources").flatMap((name) =>
      name === "models"
        ? readdirSync("resources/models")
            .filter((f) => f !== "README.md")
            .map((f) => `models/${f}`)
        : [name],
    );
    expect(folders.sort()).toEqual([...resourcesWithLicence].sort());
    for (const name of folders)
      for (const file of ["SOURCE", "LICENCE"])
        expect(existsSync(`resources/${name}/${file}`), name).toBe(true);
  });
});
