import { describe, expect, it } from "vitest";
import { createControlBlock, requestCancel } from "#core/quantum/control-block.ts";
import { formatFcidump, parseFcidump } from "#core/quantum/hamiltonian/fcidump.ts";
import { integralsHash } from "#core/quantum/hamiltonian/integrals-hash.ts";

const TEXT = ` &FCI NORB=  2,NELEC=2,MS2=0,
  ORBSYM=1,1,
  ISYM=1,
 &END
  0.7D+00    1    1    1    1
  0.1        2    1    1    1
  0.2        2    1    2    1
  0.6        2    2    1    1
  0.65       2    2    2    2
 -1.2        1    1  0  0
 -0.3        2    1  0  0
 -0.5        2    2  0  0
 -0.45       1    0  0  0
  0.71       0    0  0  0
`;

describe("An FCIDUMP file", () => {
  it("is read into tensors with all their symmetries", () => {
    const { norb, nelec, coreEnergy, oneBodyTensor, twoBodyTensor } = parseFcidump(TEXT);
    expect({ norb, nelec, coreEnergy }).toEqual({ norb: 2, nelec: [1, 1], coreEnergy: 0.71 });
    expect([...oneBodyTensor]).toEqual([-1.2, -0.3, -0.3, -0.5]);
    const [a, b, c, d, e] = [0.7, 0.1, 0.2, 0.6, 0.65];
    expect([...twoBodyTensor]).toEqual([a, b, b, d, b, c, c, 0, b, c, c, 0, d, 0, 0, e]);
  });

  it("is written so that it reads back to the last bit", () => {
    const read = parseFcidump(TEXT);
    const noisy = { ...read, oneBodyTensor: read.oneBodyTensor.map((h) => h / 3), coreEnergy: 1 / 7 };
    expect(parseFcidump(formatFcidump(noisy))).toEqual(noisy);
  });

  it("leaves out what is negligible, and of the orders of an integral holds one", () => {
    const read = parseFcidump(TEXT);
    const twoBodyTensor = read.twoBodyTensor.slice();
    // (11|22) and (22|11) as a transformation leaves them.
    [twoBodyTensor[3], twoBodyTensor[12]] = [0.6, 0.6 + 2 ** -53];
    const oneBodyTensor = Float64Array.of(-1.2, 1e-15, 1e-15, -0.5);
    const written = parseFcidump(formatFcidump({ ...read, oneBodyTensor, twoBodyTensor }));
    expect([written.twoBodyTensor[3], written.twoBodyTensor[12]]).toEqual([0.6 + 2 ** -53, 0.6 + 2 ** -53]);
    expect([...written.oneBodyTensor]).toEqual([-1.2, 0, 0, -0.5]);
  });

  it("may have its core energy first, no logical UHF and no last line break", () => {
    const [header = "", body = ""] = TEXT.split(/(?<=&END\n)/);
    const core = "  0.71       0    0  0  0\n";
    const turned = header.replace("MS2=0", "MS2=0,UHF=.FALSE.,IUHF=0") + core + body.replace(core, "");
    expect(parseFcidump(turned)).toEqual(parseFcidump(TEXT));
    expect(parseFcidump(TEXT.trimEnd())).toEqual(parseFcidump(TEXT));
  });

  it("is neither read nor written after it was cancelled", () => {
    const control = createControlBlock();
    const read = parseFcidump(TEXT, { control });
    requestCancel(control);
    for (const work of [parseFcidump, formatFcidump, integralsHash] as const)
      expect(() => work((work === parseFcidump ? TEXT : read) as never, { control })).toThrow("cancel");
  });

  it("that was cut off anywhere is refused", () => {
    const whole = TEXT.trimEnd().length;
    for (let end = 0; end < whole; end++) expect(() => parseFcidump(TEXT.slice(0, end))).toThrow("FCIDUMP");
  });

  it("holds open shells, a header that ends with a slash, and lower case", () => {
    const text = TEXT.replace("&END", "/").replace("NELEC=2,MS2=0", "nelec=3,ms2=1");
    expect(parseFcidump(text).nelec).toEqual([2, 1]);
  });

  it("may hold one orbital", () => {
    const { norb, nelec, twoBodyTensor } = parseFcidump(
      "&FCI NORB=1,NELEC=2,MS2=0 &END\n 0.7 1 1 1 1\n -1.2 1 1 0 0\n 0.5 0 0 0 0\n",
    );
    expect({ norb, nelec, twoBodyTensor: [...twoBodyTensor] }).toEqual({
      norb: 1,
      nelec: [1, 1],
      twoBodyTensor: [0.7],
    });
  });

  it.each([
    [TEXT.replace("&FCI", "FCI"), /expected &FCI/],
    [TEXT.replace("NORB=  2,", ""), /expected NORB/],
    [TEXT.replace("NORB=  2", "NORB=65"), /1 to 64 orbitals, got 65/],
    [TEXT.replace("MS2=0", "MS2=1"), /whose number fits MS2, got 2 with MS2 = 1/],
    [TEXT.replace("MS2=0", "MS2=0,IUHF=1"), /one set of orbitals for both spins, got IUHF = 1/],
    [TEXT.replace("MS2=0", "MS2=0,UHF=.TRUE."), /one set of orbitals for both spins, got UHF = .TRUE./],
    [TEXT.replace("  0.71       0    0  0  0\n", ""), /expected the core energy, .* was the file cut off/],
    [`${TEXT}  0.71  0 0 0 0\n`, /line 11 of the integrals: expected one core energy/],
    [`${TEXT}  0.65       2    2    2    1`, /expected a line that is ended/],
    [
      TEXT.replace("0.65       2", "0.65       3"),
      /line 5 of the integrals: expected a number and four orbitals from 0 to 2/,
    ],
    [TEXT.replace("0.65 ", "nan  "), /line 5/],
    [
      TEXT.replace("0.65       2    2    2", "0.65       2    2    0"),
      /line 5 of the integrals: expected \(ij\|kl\)/,
    ],
    [TEXT.replace(" -0.3        2    1  0", " -0.3        2    1  2"), /line 7/],
  ])("is refused in words", (text, message) => {
    expect(() => parseFcidump(text)).toThrow(message);
  });
});
