import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { isWhole, pack, unpack } from "#core/export/zip.ts";

const text = (bytes: string): Uint8Array => new TextEncoder().encode(bytes);

/** Little-endian "PK\x01\x02": an entry of the archive's directory, with its unpacked size 24 bytes on. */
const DIRECTORY_ENTRY = Buffer.from([0x50, 0x4b, 1, 2]);
const SIZE_AT = 24;

/** Says of the n-th entry that it unpacks to so many bytes. */
function declaring(archive: Uint8Array, sizes: readonly number[]): Uint8Array {
  const changed = Buffer.from(archive);
  let at = 0;
  for (const size of sizes) {
    at = changed.indexOf(DIRECTORY_ENTRY, at) + 1;
    changed.writeUInt32LE(size, at - 1 + SIZE_AT);
  }
  return changed;
}

/** Where an entry's own header has its time and date in MS-DOS's two words. */
const TIME_AT = 10;

describe("an archive of ours", () => {
  it("has the same bytes whatever the order of its files, and no time but the earliest, 1 January 1980", () => {
    const [a, b] = [text("a"), text("b")];
    const archive = pack({ a, b });
    expect(pack({ b, a })).toEqual(archive);
    expect(new DataView(archive.buffer).getUint16(TIME_AT, true)).toBe(0);
    // bits: year − 1980 (7), month (4), day (5)
    expect(new DataView(archive.buffer).getUint16(TIME_AT + 2, true)).toBe((1 << 5) + 1);
  });

  it("is whole until a byte of it changes; one of elsewhere says nothing", () => {
    const archive = pack({ a: text("a") });
    expect(isWhole(archive)).toBe(true);
    for (const at of [0, TIME_AT, archive.length - 1]) {
      const changed = archive.map((byte, i) => (i === at ? byte ^ 1 : byte));
      expect(isWhole(changed)).not.toBe(true);
    }
    expect(isWhole(zipSync({ a: text("a") }))).toBeUndefined();
  });
});

const refusal = (message: RegExp) =>
  expect.objectContaining({ code: "invalid-input", message: expect.stringMatching(message) });
const refused = (archive: Uint8Array, message: RegExp): void =>
  expect(() => unpack(archive)).toThrow(refusal(message));

describe("an archive from elsewhere", () => {
  it("is unpacked where its files lie in it, folders included", () => {
    const files = { "root/a.txt": text("a"), "root/b..c/d": text("d"), "root/": new Uint8Array() };
    expect(Object.keys(unpack(zipSync(files))).sort()).toEqual(Object.keys(files).sort());
    expect(unpack(pack({ "root/a.txt": text("a") }))["root/a.txt"]).toEqual(text("a"));
  });

  it("is refused where a file name leads out of it", () => {
    for (const name of ["../evil", "root/../../evil", "/etc/evil", "root\\..\\evil", "root/./a", "root//a"]) {
      refused(zipSync({ "root/a": text("a"), [name]: text("x") }), /leads out of it/);
    }
  });

  it("is refused where two files have one name: programs differ in which they take", () => {
    const two = Buffer.from(zipSync({ "root/a1": text("first"), "root/a2": text("second") }));
    refused(Buffer.from(two.toString("latin1").replaceAll("root/a2", "root/a1"), "latin1"), /two files/);
  });

  it("is refused before anything is unpacked where it would fill the memory", () => {
    const one = zipSync({ "root/a": text("a") });
    refused(declaring(one, [0xffff_fff0]), /unpacks to 4294967280 bytes.* at most 1536 MiB a file/);
    const names = Array.from({ length: 5 }, (_, i) => `root/${i}`);
    const many = zipSync(Object.fromEntries(names.map((name) => [name, text("a".repeat(99))])));
    refused(declaring(many, [0, 1, 2, 3].map(() => 2 ** 29).concat(1)), /at most .*2048 MiB in all/);
  });

  it("is refused where much comes out of little, and taken where it is small or truly large", () => {
    const mib = (n: number): Uint8Array => new Uint8Array(n * 2 ** 20);
    expect(Object.keys(unpack(zipSync({ little: mib(1) })))).toEqual(["little"]);
    refused(zipSync({ much: mib(33) }), /unpack to 34603008: expected at most 100 times as many/);
    const large = zipSync({ large: mib(33) }, { level: 0 });
    expect(unpack(large).large).toHaveLength(33 * 2 ** 20);
  });

  it("never unpacks to more than it declares", () => {
    expect(unpack(declaring(zipSync({ "root/a": text("a") }), [1]))).toEqual({ "root/a": text("a") });
    const bomb = zipSync({ "root/a": new Uint8Array(2 ** 20) });
    const files = (() => {
      try {
        return unpack(declaring(bomb, [10]));
      } catch {
        return {};
      }
    })();
    expect(Object.values(files).reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(10);
  });
});
