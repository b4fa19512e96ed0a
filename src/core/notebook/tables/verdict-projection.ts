/** Carries a filter verdict into the candidate and molecule tables. */
import type { Descriptors, MoleculeIdentity } from "#shared/molecule/molecule.ts";
import type { Database } from "../file/database.ts";
import { VerdictContent } from "./contents.ts";
import { linkedFrom, type StoredRecord } from "./records.ts";

const descriptorColumns = (descriptors: Descriptors) => ({
  formula: descriptors.formula,
  exact_mass_dalton: descriptors.exactMass_dalton,
  molecular_weight_dalton: descriptors.molecularWeight_dalton,
  heavy_atoms: descriptors.heavyAtoms,
  rotatable_bonds: descriptors.rotatableBonds,
  ring_count: descriptors.ringCount,
  hydrogen_bond_donors: descriptors.hydrogenBondDonors,
  hydrogen_bond_acceptors: descriptors.hydrogenBondAcceptors,
  log_p: descriptors.logP,
  tpsa_angstrom2: descriptors.tpsa_angstrom2,
  qed: descriptors.qed,
  sa_score: descriptors.saScore,
});

/** The molecule's row, made when it is new; molecules are shared between campaigns. */
function moleculeRow(db: Database, identity: MoleculeIdentity, descriptors: Descriptors | null): number {
  const { canonicalSmiles: canonical_smiles, inchiKey: inchi_key } = identity;
  const columns = descriptors ? descriptorColumns(descriptors) : {};
  const molecules = db.sql.selectFrom("molecule").select(["id", "formula"]);
  const known = db.one(molecules.where("canonical_smiles", "=", canonical_smiles));
  if (!known) {
    return db.insert("molecule", { canonical_smiles, inchi_key, ...columns });
  }
  if (known.formula === null && descriptors) {
    db.run(db.sql.updateTable("molecule").set(columns).where("id", "=", known.id));
  }
  return known.id;
}

export function projectVerdict(db: Database, campaign: number, verdict: StoredRecord): void {
  const { rejection, identity, descriptors } = VerdictContent.parse(verdict.content);
  const candidate = linkedFrom(db, verdict.id, "judges")[0];
  if (!candidate) throw new Error(`verdict ${verdict.hash} judges no candidate`);
  const patch = {
    verdict: verdict.id,
    molecule: identity && moleculeRow(db, identity, descriptors),
    rejection_rule: rejection?.rule ?? null,
    rejection_detail: rejection?.detail ?? null,
  };
  db.run(
    db.sql
      .updateTable("candidate")
      .set(patch)
      .where("campaign", "=", campaign)
      .where("record", "=", candidate.id),
  );
}
