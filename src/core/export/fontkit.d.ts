/** As much of fontkit, which brings no types, as is used. */
declare module "fontkit" {
  export interface Font {
    hasGlyphForCodePoint(codePoint: number): boolean;
  }
  /** Reads a TrueType or WOFF file. */
  export function openSync(path: string): Font;
}
