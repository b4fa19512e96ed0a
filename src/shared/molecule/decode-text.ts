/** Text of a file whose encoding nobody states. */

/** UTF-16 by its mark or by the zeros that it makes of two plain letters; undefined for anything else. */
function utf16([a, b, c, d]: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if ((a === 0xff && b === 0xfe) || (a && b === 0 && c && d === 0)) return "utf-16le";
  return (a === 0xfe && b === 0xff) || (a === 0 && b && c === 0 && d) ? "utf-16be" : undefined;
}

/** UTF-16, else UTF-8, else Windows-1252, in which every byte is a character; a byte order mark is left out. */
export function decodeText(file: Uint8Array): { text: string; encoding: string } {
  const wide = utf16(file);
  if (wide) return { text: new TextDecoder(wide).decode(file), encoding: wide };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(file), encoding: "utf-8" };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(file), encoding: "windows-1252" };
  }
}
