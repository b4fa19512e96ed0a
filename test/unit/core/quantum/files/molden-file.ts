/** Reads a Molden file by its published order of functions, and what its orbitals give by slow, separate integrals. */

interface BasisFunction {
  readonly centre: readonly number[];
  /** Normalised; a term is a coefficient of x^i y^j z^k exp(−a r²). */
  readonly terms: readonly { readonly powers: readonly number[]; readonly a: number; readonly c: number }[];
}

export interface MoldenOrbital {
  readonly spin: string;
  readonly energy: number;
  readonly occupation: number;
  readonly coefficients: readonly number[];
}

export interface MoldenFile {
  /** Charge and place, bohr. */
  readonly atoms: readonly { readonly charge: number; readonly position: readonly number[] }[];
  readonly functions: readonly BasisFunction[];
  readonly orbitals: readonly MoldenOrbital[];
}

type Monomial = readonly [number, ...(readonly number[])];

/** Monomials c, i, j, k of each function of a shell, in the order of the format; norms are made later. */
const SPHERICAL: readonly (readonly (readonly Monomial[])[])[] = [
  [[[1, 0, 0, 0]]],
  [[[1, 1, 0, 0]], [[1, 0, 1, 0]], [[1, 0, 0, 1]]],
  [
    [
      [2, 0, 0, 2],
      [-1, 2, 0, 0],
      [-1, 0, 2, 0],
    ],
    [[1, 1, 0, 1]],
    [[1, 0, 1, 1]],
    [
      [1, 2, 0, 0],
      [-1, 0, 2, 0],
    ],
    [[1, 1, 1, 0]],
  ],
  [
    [
      [2, 0, 0, 3],
      [-3, 2, 0, 1],
      [-3, 0, 2, 1],
    ],
    [
      [4, 1, 0, 2],
      [-1, 3, 0, 0],
      [-1, 1, 2, 0],
    ],
    [
      [4, 0, 1, 2],
      [-1, 2, 1, 0],
      [-1, 0, 3, 0],
    ],
    [
      [1, 2, 0, 1],
      [-1, 0, 2, 1],
    ],
    [[1, 1, 1, 1]],
    [
      [1, 3, 0, 0],
      [-3, 1, 2, 0],
    ],
    [
      [3, 2, 1, 0],
      [-1, 0, 3, 0],
    ],
  ],
];
const words = (text: string): (readonly Monomial[])[] =>
  text.split(" ").map((word) => {
    const count = (letter: string) => word.split(letter).length - 1;
    return [[1, count("x"), count("y"), count("z")]];
  });
const CARTESIAN = [
  SPHERICAL[0]!,
  SPHERICAL[1]!,
  words("xx yy zz xy xz yz"),
  words("xxx yyy zzz xyy xxy xxz xzz yzz yyz xyz"),
];

const doubleFactorial = (n: number): number => (n < 2 ? 1 : n * doubleFactorial(n - 2));

/** ∫ (x − A)^i (x − B)^j exp(−a (x − A)² − b (x − B)²) dx by the binomial theorem about the product's centre. */
function line(i: number, j: number, [A, B, a, b]: readonly [number, number, number, number]): number {
  const p = a + b;
  const P = (a * A + b * B) / p;
  const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
  let sum = 0;
  for (let s = 0; s <= i; s++)
    for (let t = 0; t <= j; t++) {
      const even = s + t;
      if (even % 2 === 1) continue;
      const moment = doubleFactorial(even - 1) / (2 * p) ** (even / 2);
      sum += choose(i, s) * choose(j, t) * (P - A) ** (i - s) * (P - B) ** (j - t) * moment;
    }
  return sum * Math.sqrt(Math.PI / p) * Math.exp((-a * b * (A - B) ** 2) / p);
}

/** ⟨f|g⟩, or ⟨f| x, y or z |g⟩ for an axis. */
export function integral(f: BasisFunction, g: BasisFunction, axis?: number): number {
  let sum = 0;
  for (const s of f.terms)
    for (const t of g.terms) {
      let product = s.c * t.c;
      for (const k of [0, 1, 2]) {
        const [i, j] = [s.powers[k]!, t.powers[k]!];
        const at = [f.centre[k]!, g.centre[k]!, s.a, t.a] as const;
        // x = (x − B) + B
        product *= axis === k ? line(i, j + 1, at) + at[1] * line(i, j, at) : line(i, j, at);
      }
      sum += product;
    }
  return sum;
}

function functionsOf(
  letter: string,
  rows: readonly (readonly number[])[],
  { centre, isPure }: { centre: readonly number[]; isPure: boolean },
): BasisFunction[] {
  const l = "spdf".indexOf(letter);
  return (isPure ? SPHERICAL : CARTESIAN)[l]!.map((monomials) => {
    const primitive = (a: number): BasisFunction => ({
      centre,
      terms: monomials.map(([c, ...powers]) => ({ powers, a, c })),
    });
    // Coefficients refer to normalised primitives.
    const terms = rows.flatMap(([a, c]) => {
      const one = primitive(a!);
      const norm = Math.sqrt(integral(one, one));
      return one.terms.map((term) => ({ ...term, c: (term.c * c!) / norm }));
    });
    return { centre, terms };
  });
}

/** The lines of each section by its name. */
function sectionsOf(text: string): Map<string, string[]> {
  const sections = new Map<string, string[]>();
  for (const part of text.split(/^\[/m).slice(1)) {
    const [name = "", rest = ""] = part.split(/\](.*)/s);
    sections.set(
      name,
      rest.split("\n").map((row) => row.trim()),
    );
  }
  return sections;
}

export function readMolden(text: string): MoldenFile {
  const sections = sectionsOf(text);
  const isPure = sections.has("5D") && sections.has("7F");
  const [unit, ...rows] = sections.get("Atoms")!;
  if (unit !== "AU") throw new Error(`expected AU, got ${unit}`);
  const atoms = rows.filter(Boolean).map((row) => {
    const [, , charge, ...position] = row.split(/\s+/).map(Number);
    return { charge: charge!, position };
  });
  const functions: BasisFunction[] = [];
  const gto = sections.get("GTO")!;
  let centre: readonly number[] = [];
  for (let k = 0; k < gto.length; k++) {
    const [first = "", count] = gto[k]!.split(/\s+/);
    if (/^\d+$/.test(first)) centre = atoms[Number(first) - 1]!.position;
    else if (/^[a-z]$/.test(first)) {
      const primitives = gto.slice(k + 1, k + 1 + Number(count)).map((row) => row.split(/\s+/).map(Number));
      functions.push(...functionsOf(first, primitives, { centre, isPure }));
      k += Number(count);
    }
  }
  const orbitals = sections
    .get("MO")!
    .join("\n")
    .split(/Sym=.*\n/)
    .slice(1)
    .map((block) => {
      const value = (key: string): string => new RegExp(`${key}=\\s*(\\S+)`).exec(block)![1]!;
      const coefficients = [...block.matchAll(/^\d+\s+(\S+)$/gm)].map(([, c]) => Number(c));
      return {
        spin: value("Spin"),
        energy: Number(value("Ene")),
        occupation: Number(value("Occup")),
        coefficients,
      };
    });
  return { atoms, functions, orbitals };
}

/** A matrix over the basis functions. */
export const matrixOf = ({ functions }: MoldenFile, axis?: number): number[][] =>
  functions.map((f) => functions.map((g) => integral(f, g, axis)));

/** ⟨p|matrix|q⟩ */
export function between(p: MoldenOrbital, q: MoldenOrbital, matrix: readonly (readonly number[])[]): number {
  return p.coefficients.reduce(
    (sum, c, i) => sum + c * matrix[i]!.reduce((inner, m, j) => inner + m * q.coefficients[j]!, 0),
    0,
  );
}
