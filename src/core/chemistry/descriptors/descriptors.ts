/** Descriptors of a parsed molecule. */
import type { Descriptors } from "#shared/molecule/molecule.ts";
import type { MoleculeGraph } from "../toolkit/graph.ts";
import type { Mol } from "../toolkit/rdkit.ts";
import { molecularFormula } from "./formula.ts";
import { qed } from "./qed.ts";
import { saScore } from "./sa-score.ts";
import type { FilterTables } from "./tables.ts";

/**
 * Computes every descriptor: RDKit's own where its WebAssembly build has it, QED, SA score and formula by own code.
 *
 * Cost: 0.3 ms for nine heavy atoms, about 1 ms for a drug.
 */
export function descriptorsOf(
  tables: FilterTables,
  { mol, bits, graph }: { mol: Mol; bits: Uint32Array; graph: MoleculeGraph },
): Descriptors {
  const rdkit = JSON.parse(mol.get_descriptors()) as Record<RdkitDescriptor, number>;
  const counts = {
    stereocentres: rdkit.NumAtomStereoCenters,
    spiroAtoms: rdkit.NumSpiroAtoms,
    bridgeheadAtoms: rdkit.NumBridgeheadAtoms,
  };
  const input = {
    molecularWeight: rdkit.amw,
    logP: rdkit.CrippenClogP,
    hydrogenBondDonors: rdkit.NumHBD,
    tpsa: rdkit.tpsa,
    rotatableBonds: rdkit.NumRotatableBonds,
  };
  return {
    formula: molecularFormula(graph),
    exactMass_dalton: rdkit.exactmw,
    molecularWeight_dalton: rdkit.amw,
    heavyAtoms: rdkit.NumHeavyAtoms,
    rotatableBonds: rdkit.NumRotatableBonds,
    ringCount: rdkit.NumRings,
    hydrogenBondDonors: rdkit.NumHBD,
    hydrogenBondAcceptors: rdkit.NumHBA,
    logP: rdkit.CrippenClogP,
    tpsa_angstrom2: rdkit.tpsa,
    qed: qed(tables.qed, { mol, bits, graph, input }),
    saScore: saScore(graph, counts, tables.fragments),
  };
}

type RdkitDescriptor =
  | "exactmw"
  | "amw"
  | "NumHeavyAtoms"
  | "NumRotatableBonds"
  | "NumRings"
  | "NumHBD"
  | "NumHBA"
  | "CrippenClogP"
  | "tpsa"
  | "NumAtomStereoCenters"
  | "NumSpiroAtoms"
  | "NumBridgeheadAtoms";
