import { describe, expect, it } from "vitest";
import { readArguments } from "../../../src/webhost/arguments.ts";

describe("the web host's command line", () => {
  it("takes any free port, the default notebook and writing where nothing is said", () => {
    const nothing = { help: false, port: 0, notebook: undefined, readOnly: false, open: true };
    expect(readArguments([])).toEqual(nothing);
  });

  it("reads every option", () => {
    const args = ["--port", "8080", "--notebook", "a b.sqlite", "--read-only", "--no-open"];
    expect(readArguments(args)).toEqual({
      help: false,
      port: 8080,
      notebook: "a b.sqlite",
      readOnly: true,
      open: false,
    });
    expect(readArguments(["-h"]).help).toBe(true);
  });

  it.each([["--nonsense"], ["file"], ["--port"], ["--no-open=1"]])(
    "answers %s with the usage, as an input that does not fit",
    (...args) => {
      const read = () => readArguments(args);
      expect(read).toThrow(/Usage: npm run web/);
      expect(read).toThrow(expect.objectContaining({ code: "invalid-input" }));
    },
  );

  it.each(["-1", "65536", "1.5", "x", "", "0x10", " 1"])("refuses the port %j", (port) => {
    expect(() => readArguments([`--port=${port}`])).toThrow(/expected a number from 0 to 65535/);
  });
});
