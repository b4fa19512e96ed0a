/**
 * Orbitals as a Molden file, which viewers and other programs read (G. Schaftenaar, J. H. Noordik, doi:10.1023/A:1008193805436; the format is
 * described at https://www.theochem.ru.nl/molden/molden_format.html). Readers take every basis function, Cartesian ones too, as normalised.
 */
import { toBohr } from "#shared/units.ts";
import { throwIfCancelled } from "../control-block.ts";
import type { ScfResult } from "../field/scf.ts";
import type { QuantumSystem } from "../field/system.ts";
import type { NativeContext } from "../hamiltonian/hamiltonian.ts";
import type { ElementShell } from "../molecule/basis.ts";
import { selfOverlap } from "../molecule/contraction.ts";

/** Orbitals of one spin, or of both. */
export interface FileOrbitals {
  readonly spin: "Alpha" | "Beta";
  /** Columns [nBasis, n]. */
  readonly orbitals: Float64Array;
  /** [n] */
  readonly occupations: ArrayLike<number>;
  /** [n]; zeros in the file where orbitals have none. */
  readonly energies_hartree?: ArrayLike<number>;
}

const LETTERS = "spdf";

/** Of functions of the file, the place that each has here, where x is before y before z: xx yy zz xy xz yz and so on. */
const CARTESIAN_ORDER: Readonly<Record<number, readonly number[]>> = {
  2: [0, 3, 5, 1, 2, 4],
  3: [0, 6, 9, 3, 1, 2, 5, 8, 7, 4],
};

/** m = 0, 1, −1, 2, −2 … of the file among −l … l. */
const pureOrder = (l: number): number[] =>
  Array.from({ length: 2 * l + 1 }, (_, k) => l + (k % 2 === 1 ? (k + 1) / 2 : -k / 2));

const orderOf = (l: number, isPure: boolean): readonly number[] =>
  l < 2 ? Array.from({ length: 2 * l + 1 }, (_, k) => k) : isPure ? pureOrder(l) : CARTESIAN_ORDER[l]!; // orbital sets end at f

/** Of each function of the file, its place among those of these shells here. */
function functionOrder(shells: readonly ElementShell[], isPure: boolean): number[] {
  let first = 0;
  return shells.flatMap(({ l }) => {
    const own = orderOf(l, isPure).map((k) => first + k);
    first += own.length;
    return own;
  });
}

const number = (value: number): string => value.toExponential(15).padStart(23);

function shellLines(shell: ElementShell): string[] {
  const { l, exponents, coefficients } = shell;
  const scale = 1 / Math.sqrt(selfOverlap(shell));
  return [
    ` ${LETTERS[l]} ${exponents.length} 1.00`,
    ...exponents.map((exponent, k) => `${number(exponent)} ${number(scale * coefficients[k]!)}`),
  ];
}

/** Occupied by the electrons of its spin, or of both. */
const filled = (width: number, nelec: readonly number[]): number[] =>
  Array.from({ length: width }, (_, p) => nelec.filter((n) => p < n).length);

/** The orbitals of a field as the file holds them, occupied as in its determinant. */
export function fieldOrbitals({ orbitals, orbitalEnergies_hartree, nelec }: ScfResult): FileOrbitals[] {
  const [alpha, beta] = orbitals;
  const [energies, betaEnergies] = orbitalEnergies_hartree;
  const width = energies.length;
  const first = { spin: "Alpha", orbitals: alpha, energies_hartree: energies } as const;
  if (!beta || !betaEnergies) return [{ ...first, occupations: filled(width, nelec) }];
  return [
    { ...first, occupations: filled(width, nelec.slice(0, 1)) },
    {
      ...{ spin: "Beta", orbitals: beta, energies_hartree: betaEnergies },
      occupations: filled(width, nelec.slice(1)),
    },
  ];
}

/** Orbitals that a rule made, which have no energies, occupied as in the determinant that is correlated. */
export const ruledOrbitals = (
  { nBasis, nelec }: Pick<QuantumSystem, "nBasis" | "nelec">,
  orbitals: Float64Array,
): FileOrbitals => ({
  ...{ spin: "Alpha", orbitals },
  occupations: filled(orbitals.length / nBasis, nelec),
});

/**
 * The text of a Molden file: atoms in bohr, ghosts with the charge 0; contracted functions normalised; d and f functions Cartesian or
 * spherical as the basis set has them. Numbers have 16 digits. Throws AbortError.
 */
export function formatMolden(
  { geometry, basis, charges, nBasis }: QuantumSystem,
  sets: readonly FileOrbitals[],
  { title, control }: { title: string } & Pick<NativeContext, "control">,
): string {
  const { symbols, coordinates_angstrom: xyz } = geometry;
  const isPure = basis.functions === "pure";
  // openSystem refused elements without functions.
  const shells = symbols.map((symbol) => basis.elements[symbol]!);
  const order = functionOrder(shells.flat(), isPure);
  const lines = ["[Molden Format]", "[Title]", ` ${title.replace(/[\r\n[\]]+/g, " ")}`, "[Atoms] AU"];
  symbols.forEach((symbol, atom) => {
    const position = xyz.slice(3 * atom, 3 * atom + 3).map((x) => number(toBohr(x)));
    lines.push(`${symbol} ${atom + 1} ${charges[atom]} ${position.join(" ")}`);
  });
  lines.push("[GTO]");
  for (const [atom, own] of shells.entries()) lines.push(`${atom + 1} 0`, ...own.flatMap(shellLines), "");
  lines.push(...(isPure ? ["[5D]", "[7F]"] : ["[6D]", "[10F]"]), "[MO]");
  for (const { spin, orbitals, occupations, energies_hartree } of sets) {
    const width = orbitals.length / nBasis;
    for (let p = 0; p < width; p++) {
      throwIfCancelled(control);
      lines.push(
        ` Sym= ${p + 1}a`,
        ` Ene= ${number(energies_hartree?.[p] ?? 0)}`,
        ` Spin= ${spin}`,
        ` Occup= ${occupations[p]!.toFixed(12)}`,
        ...order.map((x, k) => `${String(k + 1).padStart(5)} ${number(orbitals[x * width + p]!)}`),
      );
    }
  }
  return `${lines.join("\n")}\n`;
}
