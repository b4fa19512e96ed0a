import { expect, it } from "vitest";
import { APP_COMMANDS, type AppCommand, acceleratorOf } from "#shared/host/commands.ts";
import { commandsFor } from "../../../src/renderer/src/app/palette-search.ts";

const COMMANDS = ["Verdict: Shortlist", "Search the notebook", "Notebook", "View: Not evaluated"].map(
  (label) => ({ label }),
);
const found = (text: string) => commandsFor(COMMANDS, text).map(({ label }) => label);

it("finds commands by the beginnings of their words, in any order, capitals or not", () => {
  expect(found("")).toHaveLength(COMMANDS.length);
  expect(found("SHORT ver")).toEqual(["Verdict: Shortlist"]);
  expect(found("note")).toEqual(["Search the notebook", "Notebook"]);
  expect(found("not")).toEqual(["Search the notebook", "Notebook", "View: Not evaluated"]);
  expect(found("book")).toEqual(["Search the notebook", "Notebook"]);
  expect(found("xyz")).toEqual([]);
});

it("no two commands share an id, a title or a key, in the page or in the menu", () => {
  const commands: readonly AppCommand[] = APP_COMMANDS;
  for (const values of [
    commands.map(({ id }) => id),
    commands.map(({ title }) => title),
    commands.flatMap(({ combo }) => combo ?? []),
    commands.flatMap((command) => acceleratorOf(command) ?? []),
  ])
    expect(new Set(values).size).toBe(values.length);
});

it("a key with Ctrl is the menu's too, as Electron writes it; one without is not", () => {
  const accelerators = Object.fromEntries(
    APP_COMMANDS.map((command) => [command.id, acceleratorOf(command)]),
  );
  expect(accelerators).toMatchObject({
    search: "CmdOrCtrl+Shift+F",
    redo: "CmdOrCtrl+Shift+Z",
    settings: "CmdOrCtrl+,",
    "new-campaign": "CmdOrCtrl+N",
  });
  expect(accelerators.models).toBeUndefined();
});
