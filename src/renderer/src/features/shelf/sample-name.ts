const ENDING = /\.sqlite$/i;

/** A name that no notebook of the folder has: "sample", else "sample-2" and on. */
export function unusedName(files: readonly string[]): string {
  const used = new Set(files.map((file) => file.replace(ENDING, "").toLowerCase()));
  for (let count = 1; ; count++) {
    const name = count === 1 ? "sample" : `sample-${count}`;
    if (!used.has(name)) return name;
  }
}
