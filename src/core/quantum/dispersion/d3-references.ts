/** The reference systems of DFT-D3: resources/dispersion/d3.json. */
import { join } from "node:path";
import { z } from "zod";
import { readShipped } from "../molecule/shipped-file.ts";

const Element = z.strictObject({
  covalentRadius_angstrom: z.number().positive(),
  r4OverR2_au: z.number().positive(),
  coordinationNumbers: z.array(z.number().min(0)).min(1),
});

const File = z.strictObject({
  elements: z.record(z.string(), Element),
  c6_au: z.array(z.array(z.number().positive())),
});

interface D3Element extends z.infer<typeof Element> {
  /** Where its references begin among all. */
  readonly first: number;
}

export interface D3References {
  readonly elements: Readonly<Record<string, D3Element>>;
  /** C6 of two references, in either order. */
  c6_au(a: number, b: number): number;
}

/**
 * Reads the shipped references, H to Xe.
 *
 * @param resources the folder that holds dispersion/
 * @throws DomainError `invalid-input` for a file that is not as it was shipped
 */
export async function loadD3References(resources: string): Promise<D3References> {
  const text = await readShipped(join(resources, "dispersion"), "d3.json", "dispersion");
  const { elements, c6_au: rows } = File.parse(JSON.parse(text));
  let first = 0;
  const placed = Object.entries(elements).map(([symbol, element]): [string, D3Element] => {
    const own = { ...element, first };
    first += element.coordinationNumbers.length;
    return [symbol, own];
  });
  return {
    elements: Object.fromEntries(placed),
    // A row for each reference, of those up to it.
    c6_au: (a, b) => rows[Math.max(a, b)]![Math.min(a, b)]!,
  };
}
