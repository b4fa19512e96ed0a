/** The door to cheminformatics: one object a thread, made once. */
import { AlertCatalogue } from "#shared/campaign/campaign.ts";
import type { Alignment } from "#shared/molecule/alignment.ts";
import type { Descriptors, MoleculeIdentity } from "#shared/molecule/molecule.ts";
import { descriptorsOf } from "./descriptors/descriptors.ts";
import { type FilterTables, freeTables, loadTables } from "./descriptors/tables.ts";
import { type FilterOptions, type FilterVerdict, filterMolecule } from "./filters/filter.ts";
import { type Alert, raisedAlerts } from "./patterns/alerts.ts";
import { patternBits } from "./patterns/patterns.ts";
import { type SubstructureQuery, substructureQuery } from "./patterns/substructure.ts";
import { align } from "./shape/align.ts";
import { type EmbedOutcome, embed } from "./shape/conformer.ts";
import { type Fingerprints, fingerprints } from "./similarity/fingerprint.ts";
import { parseHeldSmiles } from "./stereo/unheld-stereo.ts";
import { type DepictOptions, depict, drawMolblock, molblockV3000 } from "./toolkit/depict.ts";
import { readGraph } from "./toolkit/graph.ts";
import { identityOf } from "./toolkit/identity.ts";
import { type InvalidMolecule, isInvalid } from "./toolkit/notation.ts";
import { OPENCHEMLIB_VERSION } from "./toolkit/openchemlib.ts";
import { loadRdkit, parseSmiles, type RDKit } from "./toolkit/rdkit.ts";

type Identified = { outcome: "valid"; identity: MoleculeIdentity } | InvalidMolecule;
export type Described =
  | { outcome: "valid"; identity: MoleculeIdentity; descriptors: Descriptors; alerts: Alert[] }
  | InvalidMolecule;

export interface Chemistry extends Disposable {
  /** Programs and versions, for the provenance. */
  readonly program: string;
  /** Canonical SMILES and InChIKey, or why the SMILES is invalid. */
  identify(smiles: string): Identified;
  /** Canonical SMILES alone, null for an invalid SMILES: the fast path for counting samples. */
  canonicalSmiles(smiles: string): string | null;
  /** Identity, all descriptors and the alerts raised in these catalogues (default: all). */
  describe(smiles: string, catalogues?: readonly AlertCatalogue[]): Described;
  /** The first rule that the molecule breaks, or its identity and descriptors. */
  filter(smiles: string, options: FilterOptions): FilterVerdict;
  /** 2D drawing as SVG; throws DomainError invalid-input for an invalid SMILES. */
  depict(smiles: string, options?: DepictOptions): string;
  /** Morgan and pattern fingerprints, 256 bytes each. */
  fingerprints(smiles: string): Fingerprints | InvalidMolecule;
  /** A compiled substructure query, to be disposed of; throws DomainError invalid-input for a bad SMARTS. */
  substructureQuery(smarts: string): SubstructureQuery;
  /** 2D molblock (V2000) as drawn; throws DomainError invalid-input for an invalid SMILES. */
  drawMolblock(smiles: string): string;
  /** A V2000 molblock as V3000, hydrogens and coordinates kept. */
  molblockV3000(molblock: string): string;
  /** A low-energy conformer, the same for the same molecule and seed, or why there is none. */
  embed(smiles: string, options: { seed: number }): EmbedOutcome;
  /** A V2000 molblock in space laid on a reference by the atoms that they have in common. */
  align(reference: string, molblock: string): { molblock: string; alignment: Alignment };
}

/**
 * Loads RDKit and the filter tables (about 0.5 s; once a thread, keep the result).
 *
 * @param filtersDirectory resources/filters
 */
export async function openChemistry({ filtersDirectory }: { filtersDirectory: string }): Promise<Chemistry> {
  const rdkit = await loadRdkit();
  const tables = await loadTables(rdkit, filtersDirectory);
  return {
    program: `rdkit ${rdkit.version()}, openchemlib ${OPENCHEMLIB_VERSION}`,
    identify: (smiles) => identify(rdkit, smiles),
    canonicalSmiles: (smiles) => canonicalSmiles(rdkit, smiles),
    describe: (smiles, catalogues = AlertCatalogue.options) =>
      describe({ rdkit, tables }, smiles, catalogues),
    filter: (smiles, options) => filterMolecule({ rdkit, tables }, smiles, options),
    depict: (smiles, options) => depict(rdkit, smiles, options),
    fingerprints: (smiles) => fingerprints(rdkit, smiles),
    substructureQuery: (smarts) => substructureQuery(rdkit, smarts),
    drawMolblock: (smiles) => drawMolblock(rdkit, smiles),
    molblockV3000: (molblock) => molblockV3000(rdkit, molblock),
    embed: (smiles, options) => embed(rdkit, smiles, options),
    align: (reference, molblock) => align(rdkit, reference, molblock),
    [Symbol.dispose]: () => freeTables(tables),
  };
}

function identify(rdkit: RDKit, smiles: string): Identified {
  const parsed = parseHeldSmiles(rdkit, smiles);
  if (isInvalid(parsed)) return parsed;
  using mol = parsed;
  const identity = identityOf(rdkit, mol);
  return isInvalid(identity) ? identity : { outcome: "valid", identity };
}

/** Null for an invalid SMILES; needs none of the filter tables. */
export function canonicalSmiles(rdkit: RDKit, smiles: string): string | null {
  const parsed = parseSmiles(rdkit, smiles);
  if (isInvalid(parsed)) return null;
  using mol = parsed;
  return mol.get_smiles();
}

function describe(
  { rdkit, tables }: { rdkit: RDKit; tables: FilterTables },
  smiles: string,
  catalogues: readonly AlertCatalogue[],
): Described {
  const parsed = parseSmiles(rdkit, smiles);
  if (isInvalid(parsed)) return parsed;
  using mol = parsed;
  const identity = identityOf(rdkit, mol);
  if (isInvalid(identity)) return identity;
  const bits = patternBits(mol);
  const descriptors = descriptorsOf({ mol, bits, graph: readGraph(mol), tables });
  return {
    outcome: "valid",
    identity,
    descriptors,
    alerts: [...raisedAlerts(tables.alerts, { mol, bits, catalogues })],
  };
}
