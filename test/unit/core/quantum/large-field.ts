/** RHF of n-C33H68 (101 atoms) in STO-3G in a process of its own; prints the energy and the most memory it held. */
import { argv } from "node:process";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";

const symbols: string[] = [];
const coordinates_angstrom: number[] = [];
const place = (symbol: string, ...position: number[]) => {
  symbols.push(symbol);
  coordinates_angstrom.push(...position);
};
const carbons = 33;
for (let i = 0; i < carbons; i++) {
  const side = i % 2 === 0 ? -1 : 1;
  const x = 1.27 * i;
  place("C", x, 0.42 * side, 0);
  for (const z of [-0.89, 0.89]) place("H", x, 1.04 * side, z);
  if (i === 0) place("H", x - 0.9, 0.18, 0);
  if (i === carbons - 1) place("H", x + 0.9, 0.18, 0);
}

const basis = await loadBasisSet(argv[2]!, "sto-3g");
const geometry = { symbols, coordinates_angstrom };
using system = openSystem({ geometry, charge: 0, multiplicity: 1, basis });
const { outcome, energy_hartree, stability } = hartreeFock(system);
const atoms = symbols.length;
const maxRSS_bytes = 1024 * process.resourceUsage().maxRSS;
console.log(JSON.stringify({ atoms, outcome, verdict: stability.verdict, energy_hartree, maxRSS_bytes }));
