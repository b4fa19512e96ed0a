/**
 * RDKit's own descriptors. It computes some forty at a time, most of which nobody asks for: of plain molecules these are found by own
 * code, to the last digit the same, in a third of the time.
 */
import type { PlainMolecule } from "../patterns/plain-molecule.ts";
import { countMatchedAtoms, matchesAt, readSmarts, type Smarts } from "../patterns/smarts.ts";
import type { MoleculeGraph } from "../toolkit/graph.ts";
import { neighbourClasses } from "../toolkit/neighbour-classes.ts";
import type { Mol, RDKit } from "../toolkit/rdkit.ts";
import { type CrippenModel, type CrippenType, compileCrippen, crippenLogP } from "./crippen.ts";
import { tpsa } from "./tpsa.ts";

/** By RDKit's names. */
export interface RdkitDescriptors {
  exactmw: number;
  amw: number;
  NumHeavyAtoms: number;
  NumRotatableBonds: number;
  NumRings: number;
  NumHBD: number;
  NumHBA: number;
  CrippenClogP: number;
  tpsa: number;
  NumAtomStereoCenters: number;
  NumSpiroAtoms: number;
  NumBridgeheadAtoms: number;
}

/** In Da. */
interface Masses {
  average: number;
  /** Of the most common isotope. */
  exact: number;
}

export interface DescriptorModel {
  crippen: CrippenModel;
  /** By atomic number. */
  masses: ReadonlyMap<number, Masses>;
}

/** In Da, with RDKit's digits. */
const ELECTRON_MASS = 0.00054857991;
const WEIGHED: readonly (readonly [number, string])[] = [
  [1, "H"],
  [5, "B"],
  [6, "C"],
  [7, "N"],
  [8, "O"],
  [9, "F"],
  [15, "P"],
  [16, "S"],
  [17, "Cl"],
  [35, "Br"],
  [53, "I"],
];

const computedByRdkit = (mol: Mol): RdkitDescriptors => JSON.parse(mol.get_descriptors());

/** @param types of crippen.json */
export function compileDescriptors(rdkit: RDKit, types: readonly CrippenType[]): DescriptorModel {
  const masses = WEIGHED.map(([z, symbol]): [number, Masses] => {
    using mol = rdkit.get_mol(`[${symbol}]`);
    if (!mol) throw new Error(`RDKit cannot read an atom of ${symbol}`);
    const { amw, exactmw } = computedByRdkit(mol);
    return [z, { average: amw, exact: exactmw }];
  });
  return { crippen: compileCrippen(types), masses: new Map(masses) };
}

function smarts(text: string): Smarts {
  const pattern = readSmarts(text);
  if (!pattern) throw new Error(`${text} cannot be read`);
  return pattern;
}

/** RDKit's definitions, Code/GraphMol/Descriptors/Lipinski.cpp. */
const DONOR = smarts("[N&!H0&v3,N&!H0&+1&v4,O&H1&+0,S&H1&+0,n&H1&+0]");
const ACCEPTOR = smarts(
  "[$([O,S;H1;v2]-[!$(*=[O,N,P,S])]),$([O,S;H0;v2]),$([O,S;-]),$([N;v3;!$(N-*=!@[O,N,P,S])]),$([nH0X2,o,s;+0])]",
);
const END = "!$(*#*)&!D1&!$(C(F)(F)F)&!$(C(Cl)(Cl)Cl)&!$(C(Br)(Br)Br)&!$(C([CH3])([CH3])[CH3])&!$([CH3])";
const AMIDE =
  "!$([CD3](=[N,O,S])-!@[#7,O,S!D1])&!$([#7,O,S!D1]-!@[CD3]=[N,O,S])&!$([CD3](=[N+])-!@[#7!D1])&!$([#7!D1]-!@[CD3]=[N+])";
const [ROTOR_BEGIN, ROTOR_END] = [smarts(`[${END}&${AMIDE}]`), smarts(`[${END}]`)];

/** Single bonds outside of rings between atoms of which each can be an end, and one the beginning. */
function rotatableBonds(molecule: PlainMolecule): number {
  const isRotor = (a: number, b: number): boolean =>
    matchesAt(ROTOR_BEGIN, molecule, a) && matchesAt(ROTOR_END, molecule, b);
  let count = 0;
  for (const [i, { bonds }] of molecule.entries())
    for (const { to, type, inRing } of bonds)
      if (i < to && !inRing && type === 1 && (isRotor(i, to) || isRotor(to, i))) count++;
  return count;
}

function weights(molecule: PlainMolecule, { masses }: DescriptorModel): { amw: number; exactmw: number } {
  // It was weighed with the others.
  const hydrogen = masses.get(1)!;
  let [amw, exactmw, hydrogens] = [0, 0, 0];
  for (const atom of molecule) {
    // Each organic element was weighed.
    const { average, exact } = masses.get(atom.z)!;
    amw += average;
    amw += atom.hydrogens * hydrogen.average;
    exactmw += exact;
    exactmw -= ELECTRON_MASS * atom.charge;
    hydrogens += atom.hydrogens;
  }
  return { amw, exactmw: exactmw + hydrogens * hydrogen.exact };
}

/** Atoms that are all that two rings share, and the ends of the bonds that two rings share more than one of. */
function joints({ rings, bonds }: MoleculeGraph): { spiro: number; bridgehead: number } {
  const spiro = new Set<number>();
  const bridgehead = new Set<number>();
  const isBondOf = (ring: readonly number[], a: number, b: number): boolean => {
    const at = ring.indexOf(a);
    return at >= 0 && (ring[(at + 1) % ring.length] === b || ring.at(at - 1) === b);
  };
  for (const [i, one] of rings.entries())
    for (const other of rings.slice(i + 1)) {
      const shared = one.filter((atom) => other.includes(atom));
      // There is one.
      if (shared.length === 1) spiro.add(shared[0]!);
      if (shared.length < 3) continue;
      const between = bonds.filter(
        ({ begin, end }) => isBondOf(one, begin, end) && isBondOf(other, begin, end),
      );
      if (between.length < 2) continue;
      const ends = between.flatMap(({ begin, end }) => [begin, end]);
      for (const atom of shared) if (ends.filter((end) => end === atom).length === 1) bridgehead.add(atom);
    }
  return { spiro: spiro.size, bridgehead: bridgehead.size };
}

/**
 * Undefined where one may be a centre through others alone, as its neighbours are alike but for their stereo: of those RDKit has two ways
 * to count.
 */
function stereocentres(mol: Mol, graph: MoleculeGraph): number | undefined {
  const { CIP_atoms: centres } = JSON.parse(mol.get_stereo_tags()) as { CIP_atoms: [number, string][] };
  const labelled = centres.filter(([, label]) => label !== "(?)");
  if (labelled.length < 2) return centres.length;
  const classes = neighbourClasses(graph);
  const isOfItsOwn = ([atom]: [number, string]): boolean => {
    const around = classes[atom];
    return around !== undefined && new Set(around).size === around.length;
  };
  return labelled.every(isOfItsOwn) ? centres.length : undefined;
}

/** @param plain undefined where the molecule is none */
export function rdkitDescriptors(
  { mol, graph, plain }: { mol: Mol; graph: MoleculeGraph; plain: PlainMolecule | undefined },
  model: DescriptorModel,
): RdkitDescriptors {
  // To Crippen's types each of two hydrogens at an oxygen is a neighbour of it, which is no atom here.
  if (!plain || plain.some(({ z, hydrogens }) => z === 8 && hydrogens > 1)) return computedByRdkit(mol);
  const centres = stereocentres(mol, graph);
  if (centres === undefined) return computedByRdkit(mol);
  const { spiro, bridgehead } = joints(graph);
  return {
    ...weights(plain, model),
    NumHeavyAtoms: plain.length,
    NumRotatableBonds: rotatableBonds(plain),
    NumRings: graph.rings.length,
    NumHBD: countMatchedAtoms(DONOR, plain),
    NumHBA: countMatchedAtoms(ACCEPTOR, plain),
    CrippenClogP: crippenLogP(model.crippen, plain),
    tpsa: tpsa(plain, graph.rings),
    NumAtomStereoCenters: centres,
    NumSpiroAtoms: spiro,
    NumBridgeheadAtoms: bridgehead,
  };
}
