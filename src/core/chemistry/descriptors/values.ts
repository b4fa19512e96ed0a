/** How each descriptor of the table in shared/molecule/descriptors.ts is computed. */
import type { DescriptorId } from "#shared/molecule/descriptor-lists.ts";
import type { MoleculeGraph } from "../toolkit/graph.ts";
import type { Mol } from "../toolkit/rdkit.ts";
import { qed } from "./qed.ts";
import { saScore } from "./sa-score.ts";
import type { FilterTables } from "./tables.ts";

/** A parsed molecule and what was already read off it. */
export interface DescribedMolecule {
  mol: Mol;
  graph: MoleculeGraph;
  /** Its pattern fingerprint. */
  bits: Uint32Array;
  tables: FilterTables;
  /** RDKit's own descriptors, by RDKit's names. */
  rdkit: Readonly<Record<RdkitDescriptor, number>>;
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

/** RDKit's own where its WebAssembly build has it, QED and SA score by own code. */
export const DESCRIPTOR_VALUES: Readonly<Record<DescriptorId, (molecule: DescribedMolecule) => number>> = {
  exactMass_dalton: ({ rdkit }) => rdkit.exactmw,
  molecularWeight_dalton: ({ rdkit }) => rdkit.amw,
  heavyAtoms: ({ rdkit }) => rdkit.NumHeavyAtoms,
  rotatableBonds: ({ rdkit }) => rdkit.NumRotatableBonds,
  ringCount: ({ rdkit }) => rdkit.NumRings,
  hydrogenBondDonors: ({ rdkit }) => rdkit.NumHBD,
  hydrogenBondAcceptors: ({ rdkit }) => rdkit.NumHBA,
  logP: ({ rdkit }) => rdkit.CrippenClogP,
  tpsa_angstrom2: ({ rdkit }) => rdkit.tpsa,
  qed: ({ mol, bits, graph, tables, rdkit }) => {
    const input = {
      molecularWeight: rdkit.amw,
      logP: rdkit.CrippenClogP,
      hydrogenBondDonors: rdkit.NumHBD,
      tpsa: rdkit.tpsa,
      rotatableBonds: rdkit.NumRotatableBonds,
    };
    return qed(tables.qed, { mol, bits, graph, input });
  },
  saScore: ({ graph, tables, rdkit }) => {
    const counts = {
      stereocentres: rdkit.NumAtomStereoCenters,
      spiroAtoms: rdkit.NumSpiroAtoms,
      bridgeheadAtoms: rdkit.NumBridgeheadAtoms,
    };
    return saScore(graph, counts, tables.fragments);
  },
};
