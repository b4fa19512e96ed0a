/**
 * A slow, readable twin of the native kernels: ladder operators on determinants written as sets of spin orbitals.
 * Spin orbital p is α of orbital p, norb + p its β; a determinant is the bits of one number, created in ascending order.
 */
import type { Excitation } from "#core/quantum/ansatz/ansatz.ts";
import type { ActiveHamiltonian } from "#core/quantum/hamiltonian/hamiltonian.ts";

export type State = Map<number, number>;

/** a†_p or a_p on one determinant: the sign and the new determinant, or nothing. */
function ladder(determinant: number, spinOrbital: number, creates: boolean): [number, number] | undefined {
  const occupied = (determinant >> spinOrbital) & 1;
  if (occupied === (creates ? 1 : 0)) return undefined;
  let sign = 1;
  for (let q = 0; q < spinOrbital; q++) if ((determinant >> q) & 1) sign = -sign;
  return [sign, determinant ^ (1 << spinOrbital)];
}

/** A product of ladder operators, written left to right, on a state. */
export function applyLadders(state: State, operators: readonly [number, boolean][]): State {
  const result: State = new Map();
  for (const [determinant, amplitude] of state) {
    let current: [number, number] | undefined = [1, determinant];
    for (const [spinOrbital, creates] of [...operators].reverse()) {
      const next = ladder(current[1], spinOrbital, creates);
      if (!next) {
        current = undefined;
        break;
      }
      current = [current[0] * next[0], next[1]];
    }
    if (current) result.set(current[1], (result.get(current[1]) ?? 0) + current[0] * amplitude);
  }
  return result;
}

export function addScaled(target: State, source: State, scale: number): void {
  for (const [determinant, amplitude] of source)
    target.set(determinant, (target.get(determinant) ?? 0) + scale * amplitude);
}

/** H|state⟩ = Σ h_pq a†_pσ a_qσ + ½ Σ (pq|rs) a†_pσ a†_rτ a_sτ a_qσ, without the core energy. */
export function applyHamiltonian(h: ActiveHamiltonian, state: State): State {
  const { norb } = h;
  const result: State = new Map();
  const orbitals = Array.from({ length: norb }, (_, p) => p);
  for (const p of orbitals)
    for (const q of orbitals)
      for (const sigma of [0, norb]) {
        const one = h.oneBodyTensor[p * norb + q]!;
        addScaled(result, applyLadders(state, [[p + sigma, true], [q + sigma, false]]), one); // biome-ignore format: one operator
        for (const r of orbitals)
          for (const s of orbitals)
            for (const tau of [0, norb]) {
              const two = h.twoBodyTensor[((p * norb + q) * norb + r) * norb + s]!;
              const operators: [number, boolean][] = [
                [p + sigma, true],
                [r + tau, true],
                [s + tau, false],
                [q + sigma, false],
              ];
              addScaled(result, applyLadders(state, operators), 0.5 * two);
            }
      }
  return result;
}

const bits = (mask: number): number[] =>
  Array.from({ length: 31 }, (_, p) => p).filter((p) => (mask >> p) & 1);

/** T = a†(α created, ascending) a(α annihilated, descending) · the same for β. */
function excitationOperators(e: Excitation, norb: number): [number, boolean][] {
  const part = (create: number, annihilate: number, shift: number): [number, boolean][] => [
    ...bits(create).map((p): [number, boolean] => [p + shift, true]),
    ...bits(annihilate)
      .reverse()
      .map((p): [number, boolean] => [p + shift, false]),
  ];
  return [...part(e.alphaCreate, e.alphaAnnihilate, 0), ...part(e.betaCreate, e.betaAnnihilate, norb)];
}

/** e^{θ(T − T†)}|state⟩ by its power series. */
export function evolve(state: State, e: Excitation, options: { norb: number; theta: number }): State {
  const forward = excitationOperators(e, options.norb);
  const backward = [...forward].reverse().map(([p, creates]): [number, boolean] => [p, !creates]);
  const result: State = new Map(state);
  let term = state;
  for (let k = 1; k < 40; k++) {
    const next: State = new Map();
    addScaled(next, applyLadders(term, forward), options.theta / k);
    addScaled(next, applyLadders(term, backward), -options.theta / k);
    term = next;
    addScaled(result, term, 1);
  }
  return result;
}

/** Strings of `nelec` electrons in `norb` orbitals, ascending. */
export function strings(norb: number, nelec: number): number[] {
  const all = Array.from({ length: 2 ** norb }, (_, s) => s);
  return all.filter((s) => bits(s).length === nelec);
}

/** Coefficients in the order of the native core, α strings × β strings. */
export function toVector(
  state: State,
  norb: number,
  [nalpha, nbeta]: readonly [number, number],
): Float64Array {
  return Float64Array.from(
    strings(norb, nalpha).flatMap((a) => strings(norb, nbeta).map((b) => state.get(a | (b << norb)) ?? 0)),
  );
}

export function fromVector(
  vector: Float64Array,
  norb: number,
  [nalpha, nbeta]: readonly [number, number],
): State {
  const beta = strings(norb, nbeta);
  return new Map(
    strings(norb, nalpha).flatMap((a, i) =>
      beta.map((b, j): [number, number] => [a | (b << norb), vector[i * beta.length + j]!]),
    ),
  );
}

/** A small deterministic generator of numbers in (−½, ½), for inputs only. */
export function randomNumbers(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 4294967296 - 0.5;
  };
}

/** Random integrals with the full symmetry of real orbitals. */
export function randomHamiltonian(
  norb: number,
  nelec: readonly [number, number],
  seed: number,
): ActiveHamiltonian {
  const random = randomNumbers(seed);
  const oneBodyTensor = new Float64Array(norb * norb);
  const twoBodyTensor = new Float64Array(norb ** 4);
  const at = (p: number, q: number, r: number, s: number) => ((p * norb + q) * norb + r) * norb + s;
  for (let p = 0; p < norb; p++)
    for (let q = 0; q <= p; q++) {
      const one = random() + (p === q ? p - norb / 2 : 0);
      oneBodyTensor[p * norb + q] = oneBodyTensor[q * norb + p] = one;
      for (let r = 0; r <= p; r++)
        for (let s = 0; s <= (r === p ? q : r); s++) {
          const two = 0.3 * random() + (p === q && r === s ? 0.5 : 0);
          for (const [a, b] of [[p, q], [q, p]] as const) // biome-ignore format: pairs
            for (const [c, d] of [[r, s], [s, r]] as const) // biome-ignore format: pairs
              twoBodyTensor[at(a, b, c, d)] = twoBodyTensor[at(c, d, a, b)] = two;
        }
    }
  return { norb, nelec, coreEnergy: random(), oneBodyTensor, twoBodyTensor };
}
