/** What HF-3c adds to Hartree–Fock in MINIX: dispersion, and for the small basis set a counterpoise correction and shorter bonds. */
import { join } from "node:path";
import { z } from "zod";
import { DomainError } from "#shared/errors.ts";
import { atomicNumber, type Geometry } from "#shared/molecule/molecule.ts";
import { toBohr } from "#shared/units.ts";
import { readShipped } from "../molecule/shipped-file.ts";
import type { D3References } from "./d3-references.ts";
import { d3bj } from "./d3bj.ts";
import type { RationalDamping } from "./d3bj-damping.ts";
import type { Dispersion, DispersionModel } from "./dispersion.ts";
import { slaterOverlap } from "./slater-overlap.ts";

const Element = z.strictObject({
  missing_hartree: z.number().positive(),
  functions: z.number().int().positive(),
  slaterExponent: z.number().positive(),
});
const File = z.strictObject({
  elements: z.record(z.string(), Element),
  /** A row for each element, of those up to it. */
  pairRadii_angstrom: z.array(z.array(z.number().positive())),
});
type File = z.infer<typeof File>;

const DAMPING: RationalDamping = { s8: 0.8777, a1: 0.4171, a2_bohr: 2.9149 };
/** Of gCP for Hartree–Fock in MINIX: σ, η, α and β. */
const COUNTERPOISE = { scale: 0.129, widening: 1.1526, decay: 1.1549, power: 1.1763 };
/** Of the term for short bonds: s and γ. */
const SHORT_RANGE = { scale: 0.03, decay: 0.7 };
/** Atoms with fewer empty functions lend none. */
const FEWEST_EMPTY = 0.4;
/** Half the width of the stencil that derivatives are taken by, bohr: 1e-11 Hartree/bohr off. */
const STEP_BOHR = 2e-3;

interface Atom {
  readonly index: number;
  readonly z: number;
  readonly position: readonly [number, number, number];
  readonly missing_hartree: number;
  /** Functions of the basis set beyond half its electrons. */
  readonly empty: number;
  readonly slater: { n: number; exponent: number };
}

function atomOf({ elements }: File, { symbols, coordinates_angstrom: x }: Geometry, index: number): Atom {
  const symbol = symbols[index]!;
  const element = elements[symbol];
  const number = atomicNumber(symbol);
  if (!element || number === undefined)
    throw new DomainError(
      "not-supported",
      `HF-3c has no parameters here for ${symbol} (atom ${index + 1}): expected elements from H to Ar. Take a functional with D3(BJ).`,
      { symbol },
    );
  return {
    index,
    z: number,
    position: [toBohr(x[3 * index]!), toBohr(x[3 * index + 1]!), toBohr(x[3 * index + 2]!)],
    missing_hartree: element.missing_hartree,
    empty: element.functions - number / 2,
    slater: {
      n: number <= 2 ? 1 : number <= 10 ? 2 : 3,
      exponent: COUNTERPOISE.widening * element.slaterExponent,
    },
  };
}

/** What a has from the functions of b: H. Kruse, S. Grimme, doi:10.1063/1.3700154, eqs. 3 and 5. */
const borrowed = (a: Atom, b: Atom, overlap: number): number =>
  b.empty < FEWEST_EMPTY ? 0 : a.missing_hartree / Math.sqrt(overlap * b.empty);

/** Both corrections of two atoms. */
function pairEnergy({ pairRadii_angstrom: radii }: File, a: Atom, b: Atom, r: number): number {
  const overlap = slaterOverlap(a.slater, b.slater, r);
  const counterpoise =
    COUNTERPOISE.scale *
    Math.exp(-COUNTERPOISE.decay * r ** COUNTERPOISE.power) *
    (borrowed(a, b, overlap) + borrowed(b, a, overlap));
  const radius = toBohr(radii[Math.max(a.z, b.z) - 1]![Math.min(a.z, b.z) - 1]!); // a row for each element
  const short = SHORT_RANGE.scale * (a.z * b.z) ** 1.5 * Math.exp(-SHORT_RANGE.decay * radius ** 0.75 * r);
  return counterpoise - short;
}

/** Beyond it the corrections are below 1e-12 Hartree, and overlaps with them near what numbers can hold. */
const FAR_BOHR = 30;

function pairOf(file: File, a: Atom, b: Atom, r: number): { energy: number; slope: number } {
  if (r > FAR_BOHR) return { energy: 0, slope: 0 };
  const at = (steps: number): number => pairEnergy(file, a, b, r + steps * STEP_BOHR);
  const slope = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * STEP_BOHR);
  return { energy: at(0), slope };
}

const hf3c =
  (file: File, dispersion: DispersionModel): DispersionModel =>
  (geometry, ghosts): Dispersion => {
    const atoms = geometry.symbols.flatMap((_, index) =>
      ghosts.has(index) ? [] : [atomOf(file, geometry, index)],
    );
    const { energy_hartree: attraction, gradient: own } = dispersion(geometry, ghosts);
    const gradient = own.slice();
    let energy_hartree = attraction;
    for (const [i, a] of atoms.entries())
      for (const b of atoms.slice(0, i)) {
        const along = a.position.map((x, axis) => x - b.position[axis]!);
        const r = Math.hypot(...along);
        const { energy, slope } = pairOf(file, a, b, r);
        energy_hartree += energy;
        for (const [axis, x] of along.entries()) {
          gradient[3 * a.index + axis]! += (slope * x) / r;
          gradient[3 * b.index + axis]! -= (slope * x) / r;
        }
      }
    return { model: "hf-3c", energy_hartree, gradient };
  };

/**
 * D3(BJ), the geometrical counterpoise correction and the term for short bonds: R. Sure, S. Grimme, doi:10.1002/jcc.23317; H to Ar.
 *
 * @param resources the folder that holds dispersion/
 * @throws DomainError `invalid-input` for a file that is not as it was shipped
 */
export async function loadHf3c(resources: string, references: D3References): Promise<DispersionModel> {
  const text = await readShipped(join(resources, "dispersion"), "hf-3c.json", "dispersion");
  return hf3c(File.parse(JSON.parse(text)), d3bj(references, DAMPING));
}
