/** Orders of bonds from which atoms are bonded, the total charge and the number of unpaired electrons. */

/** How an atom may be bonded: sum of its bonds' orders, what it then has, and how unusual that is. */
interface ValenceState {
  valence: number;
  charge: number;
  unpaired: number;
  cost: number;
}

const state = (valence: number, charge: number, unpaired: number, cost: number): ValenceState => ({
  valence,
  charge,
  unpaired,
  cost,
});

/** An atom of `valence` bonds that can give up its electrons, take up one, or lack a bond. */
const usual = (valence: number, plus: number, minus: number): ValenceState[] => [
  state(valence, 0, 0, 0),
  state(valence - 1, 0, 1, 3),
  ...(valence > 1 ? [state(valence - 2, 0, 2, 6)] : []),
  state(valence - 1, -1, 0, minus),
  state(valence + 1, 1, 0, plus),
];

const carbonLike: ValenceState[] = [
  state(4, 0, 0, 0),
  state(3, 0, 1, 3),
  state(3, -1, 0, 3),
  state(3, 1, 0, 3),
  state(2, 0, 2, 6),
  state(2, 0, 0, 7),
];
const boronLike: ValenceState[] = [
  state(3, 0, 0, 0),
  state(4, -1, 0, 2),
  state(2, 0, 1, 3),
  state(2, 1, 0, 5),
];
const sulfurLike: ValenceState[] = [
  ...usual(2, 3, 2),
  state(4, 0, 0, 1),
  state(6, 0, 0, 2),
  state(5, 1, 0, 5),
];
const phosphorusLike: ValenceState[] = [...usual(3, 2, 4), state(5, 0, 0, 1), state(6, -1, 0, 3)];
const halogen: ValenceState[] = [state(1, 0, 0, 0), state(0, -1, 0, 2), state(0, 0, 1, 3)];
const higherHalogen: ValenceState[] = [
  ...halogen,
  state(3, 0, 0, 3),
  state(5, 0, 0, 3),
  state(7, 0, 0, 3),
  state(2, 1, 0, 5),
];
const ion = (charge: number): ValenceState[] => [state(0, charge, 0, 0), state(0, charge - 1, 1, 3)];

/** By atomic number. */
const STATES: Readonly<Record<number, readonly ValenceState[]>> = {
  1: [state(1, 0, 0, 0), state(0, 1, 0, 3), state(0, -1, 0, 3), state(0, 0, 1, 3)],
  2: [state(0, 0, 0, 0)],
  3: ion(1),
  4: [state(2, 0, 0, 0), state(0, 2, 0, 1), state(1, 1, 0, 3)],
  5: boronLike,
  6: carbonLike,
  7: usual(3, 2, 2),
  8: usual(2, 3, 2),
  9: halogen,
  10: [state(0, 0, 0, 0)],
  11: ion(1),
  12: ion(2),
  13: boronLike,
  14: carbonLike,
  15: phosphorusLike,
  16: sulfurLike,
  17: higherHalogen,
  18: [state(0, 0, 0, 0)],
  19: ion(1),
  20: ion(2),
  30: ion(2),
  32: carbonLike,
  33: phosphorusLike,
  34: sulfurLike,
  35: higherHalogen,
  36: [state(0, 0, 0, 0), state(2, 0, 0, 3)],
  37: ion(1),
  38: ion(2),
  53: higherHalogen,
  54: [state(0, 0, 0, 0), state(2, 0, 0, 3), state(4, 0, 0, 3), state(6, 0, 0, 3)],
};

/** Ions among the states: nothing is bonded to them. */
export const isAlwaysIon = (z: number): boolean =>
  STATES[z]?.every(({ valence, charge }) => valence === 0 && charge >= 0) === true &&
  ![2, 10, 18].includes(z);

export interface Skeleton {
  /** Atomic numbers. */
  z: readonly number[];
  bonds: readonly (readonly [number, number])[];
  charge: number;
  /** Unpaired electrons in all. */
  unpaired: number;
}

export interface BondOrders {
  /** 1, 2 or 3 of each bond. */
  orders: number[];
  charges: number[];
  unpaired: number[];
}

/** The dearest structure that is looked for: a dinitro compound costs 8. */
const MAX_COST = 16;
/** Steps of the search, some tenths of a second. */
const MAX_STEPS = 400_000;
/** In the order in which they are tried: of two structures as unusual, double bonds before charges, R–N=N⁺=N⁻ before R–N⁻–N⁺≡N. */
const ORDERS = [2, 3, 1];

/**
 * The least unusual Lewis structure: charges and radicals cost, and so do valences that are not the first. Depth-first over bonds in
 * an order in which atoms are soon complete, with rising limit of the cost.
 *
 * @returns undefined where there is none within the limits
 */
export function bondOrders({ z, bonds, charge, unpaired }: Skeleton): BondOrders | undefined {
  const states = z.map((one) => STATES[one] ?? []);
  const around = z.map((_, atom) => bonds.flatMap((bond, i) => (bond.includes(atom) ? [i] : [])));
  const order = searchOrder(z, bonds, around);
  const orders = bonds.map(() => 0);
  const charges = z.map(() => 0);
  const radicals = z.map(() => 0);
  let steps = 0;

  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const isDone = (): boolean => sum(charges) === charge && sum(radicals) === unpaired;
  const valenceOf = (atom: number): number => sum(around[atom]!.map((bond) => orders[bond]!));
  const isComplete = (atom: number): boolean => around[atom]!.every((bond) => orders[bond]! > 0);
  /** States that the atoms of this list may have, one after the other, and then what follows. */
  const settle = (atoms: readonly number[], left: number, then: (left: number) => boolean): boolean => {
    const [atom, ...others] = atoms;
    if (atom === undefined) return then(left);
    const valence = valenceOf(atom);
    for (const found of states[atom]!) {
      if (found.valence !== valence || found.cost > left) continue;
      charges[atom] = found.charge;
      radicals[atom] = found.unpaired;
      if (settle(others, left - found.cost, then)) return true;
    }
    charges[atom] = 0;
    radicals[atom] = 0;
    return false;
  };
  const greatest = (atom: number): number => Math.max(0, ...states[atom]!.map(({ valence }) => valence));
  const assign = (place: number, left: number): boolean => {
    if (steps++ > MAX_STEPS) return false;
    const bond = order[place];
    if (bond === undefined) return isDone();
    const ends = bonds[bond]!;
    for (const value of ORDERS) {
      orders[bond] = value;
      if (ends.some((atom) => valenceOf(atom) > greatest(atom))) continue;
      if (settle(ends.filter(isComplete), left, (rest) => assign(place + 1, rest))) return true;
    }
    orders[bond] = 0;
    return false;
  };
  const single = [...z.keys()].filter((atom) => around[atom]!.length === 0);
  for (let limit = 0; limit <= MAX_COST; limit++) {
    if (settle(single, limit, (left) => assign(0, left))) return { orders, charges, unpaired: radicals };
    if (steps > MAX_STEPS) return undefined;
  }
  return undefined;
}

/** Bonds of atoms with one neighbour first, then along the graph, so that what does not fit is soon seen. */
function searchOrder(
  z: readonly number[],
  bonds: readonly (readonly [number, number])[],
  around: readonly (readonly number[])[],
): number[] {
  const degree = (atom: number): number => around[atom]!.length;
  const isEnd = ([a, b]: readonly [number, number]): boolean => degree(a) === 1 || degree(b) === 1;
  const found = new Set([...bonds.keys()].filter((bond) => isEnd(bonds[bond]!)));
  const seen = new Set<number>();
  for (const start of z.keys()) {
    const queue = seen.has(start) ? [] : [start];
    for (const atom of queue) {
      if (seen.has(atom)) continue;
      seen.add(atom);
      for (const bond of around[atom]!) {
        found.add(bond);
        queue.push(...bonds[bond]!.filter((other) => !seen.has(other)));
      }
    }
  }
  return [...found];
}
