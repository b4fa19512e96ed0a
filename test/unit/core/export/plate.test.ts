import { describe, expect, it } from "vitest";
import { toPlate, wellOf } from "#core/export/plate.ts";
import { openStereo, row, unrecordedStereo } from "./rows.ts";

describe("The wet-lab sheet", () => {
  it.each([
    [0, 1, "A", 1],
    [11, 1, "A", 12],
    [12, 1, "B", 1],
    [95, 1, "H", 12],
    [96, 2, "A", 1],
  ])("puts compound %i on plate %i in well %s%i", (n, plate, letter, column) => {
    expect(wellOf(n)).toEqual({ plate, row: letter, column });
  });

  it("gives every compound a well of its own", () => {
    const wells = Array.from({ length: 300 }, (_, n) => JSON.stringify(wellOf(n)));
    expect(new Set(wells).size).toBe(300);
  });

  it("names the compound and leaves hazards and amounts for people to fill", () => {
    const [names, first] = toPlate([row(0)])
      .split("\n")
      .map((line) => line.split(","));
    const cell = (name: string) => first![names!.indexOf(name)];
    expect(cell("well")).toBe("A1");
    expect(cell("canonical_smiles")).toBe("CCO");
    expect(cell("formula")).toBe("C2H6O");
    expect(cell("exact_mass_dalton")).toBe("46.04186");
    expect([cell("hazards"), cell("amount_wanted_mg"), cell("solvent")]).toEqual(["", "", ""]);
  });

  it("names the computed isomer and says where it was not asked for or is not known", () => {
    const sheet = toPlate([row(0, openStereo), row(1, unrecordedStereo), row(2)]).split("\n");
    expect(sheet[1]).toContain(
      ",CC[C@@H](C)O,BTANRVKWQNVYAZ-SCSAIBSYSA-N,stereo not specified by the proposal; one isomer computed,",
    );
    expect(sheet[2]).toContain(
      ",CCC(C)O,BTANRVKWQNVYAZ-UHFFFAOYSA-N,which stereoisomer was computed is not recorded,",
    );
    expect(sheet[3]).toContain(",CCO,LFQSCWFLJHTTHZ-UHFFFAOYSA-N,,");
  });
});
