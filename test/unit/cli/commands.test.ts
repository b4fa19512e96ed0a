import { spawnSync } from "node:child_process";
import { Command, Help } from "commander";
import { describe, expect, it } from "vitest";
import { addCommands, COMMANDS } from "../../../src/cli/commands.ts";

const names = Object.keys(COMMANDS);

async function program(...words: string[]): Promise<Command> {
  const made = new Command("ansatz");
  await addCommands(made, words);
  return made;
}

const named = (of: Command, name: string): Command => {
  const found = of.commands.find((command) => command.name() === name);
  if (!found) throw new Error(`no command ${name}`);
  return found;
};

/** Prints what Node loads before the command's own output. */
const HOOK = `import { registerHooks } from "node:module";
registerHooks({ load: (url, context, next) => { process.stderr.write(url + "\\n"); return next(url, context); } });`;

describe("the table of commands", () => {
  it.each(names)("shows %s as its own file declares it", async (name) => {
    const command = named(await program(name), name);
    expect(COMMANDS[name]?.usage).toBe(new Help().subcommandTerm(command));
    expect(command.options.length + command.commands.length).toBeGreaterThan(0);
  });

  it.each([["energy"], ["help", "energy"], ["--json", "energy"]])(
    "completes what %s %s asks for alone",
    async (...words) => {
      const made = await program(...words);
      expect(names.filter((name) => named(made, name).options.length > 0)).toEqual(["energy"]);
    },
  );

  it("loads no library but commander, and nothing of the core, for the list of commands", () => {
    const { stdout, stderr } = run("--help");
    expect(stdout).toContain("energy [options] <molecule>");
    const packages = stderr.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g);
    expect([...new Set([...packages].map(([, name]) => name))]).toEqual(["commander"]);
    expect(stderr).not.toContain("/src/core/");
  });
});

function run(...words: string[]) {
  const hook = `data:text/javascript,${encodeURIComponent(HOOK)}`;
  return spawnSync(process.execPath, ["--import", hook, "src/cli/main.ts", ...words], {
    encoding: "utf8",
  });
}
