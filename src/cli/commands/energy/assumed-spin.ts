/** Electrons that a SMILES leaves unpaired and a calculation pairs, unless it is told otherwise. */
interface Stated {
  formalCharge: number;
  unpairedElectrons: number;
}

/** A remark where no multiplicity was given and the SMILES, at its own charge, states another than the singlet; else none. */
export function assumedSpin(
  { formalCharge, unpairedElectrons: n }: Stated,
  { charge = formalCharge, multiplicity }: { charge?: number; multiplicity?: number },
): string[] {
  if (n === 0 || multiplicity !== undefined || charge !== formalCharge) return [];
  const stated = `The SMILES states ${n} unpaired electron${n === 1 ? "" : "s"}, but no --multiplicity was given`;
  // An odd one cannot be paired: what follows is refused.
  if (n % 2 === 1) return [`${stated}: give --multiplicity ${n + 1}.`];
  return [
    `${stated}: this is the singlet, all electrons paired. For parallel spins give --multiplicity ${n + 1}.`,
  ];
}
