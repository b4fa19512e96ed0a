/** A geometry, or why there is none, as records; and back again. */
import type { Database } from "#core/notebook/file/database.ts";
import { float64Bytes, float64Values } from "#core/notebook/proof/float64.ts";
import { seal } from "#core/notebook/proof/record.ts";
import { ConformerContent, type ConformerInput } from "#core/notebook/tables/contents.ts";
import { readPart, readRecord } from "#core/notebook/tables/records.ts";
import type { Conformer, Electrons, MoleculeIdentity } from "#shared/molecule/molecule.ts";
import type { EmbedOutput, StatedElectrons } from "../../dispatch/tasks.ts";
import type { Made, Origin } from "../plan.ts";

/** In the highest spin that the unpaired electrons allow. */
export const electronsOf = ({ formalCharge, unpairedElectrons }: StatedElectrons): Electrons => ({
  charge: formalCharge,
  multiplicity: unpairedElectrons + 1,
});

/** Written where it is not neutral or not a closed shell: records of before were of no other molecules. */
function writtenElectrons({ charge, multiplicity }: Electrons): Partial<Electrons> {
  return { ...(charge !== 0 && { charge }), ...(multiplicity !== 1 && { multiplicity }) };
}

export function embeddingRecords(
  origin: Origin<ConformerInput>,
  identity: MoleculeIdentity,
  output: EmbedOutput,
): Omit<Made, "timings_ms"> {
  const molecule = seal({ kind: "molecule", content: { ...identity } });
  const links = [{ role: "of", target: molecule.hash }];
  if (output.outcome === "failed") {
    const content = { ...origin, reason: `${output.reason}: ${output.detail}` };
    const failure = seal({ kind: "failure", content, links });
    return { records: [molecule, failure], result: failure };
  }
  const { geometry, method, forceFieldEnergy_kcal_per_mol, isomer, molblock } = output.conformer;
  const conformer = seal({
    kind: "conformer",
    content: {
      ...origin,
      symbols: geometry.symbols,
      method,
      forceFieldEnergy_kcal_per_mol,
      isomer,
      ...(output.bond && { bond: output.bond }),
      ...writtenElectrons(origin.input.electrons ?? electronsOf(output)),
    },
    links,
    parts: {
      coordinates_angstrom: float64Bytes(geometry.coordinates_angstrom),
      molblock: Buffer.from(molblock),
    },
  });
  return { records: [molecule, conformer], result: conformer };
}

/** A conformer as the notebook holds it. */
export function readConformer(db: Database, record: number): Conformer {
  const { symbols, method, forceFieldEnergy_kcal_per_mol, isomer, input } = ConformerContent.parse(
    readRecord(db, record).content,
  );
  const coordinates_angstrom = float64Values(readPart(db, record, "coordinates_angstrom"));
  return {
    geometry: { symbols, coordinates_angstrom },
    method,
    seed: input.seed,
    forceFieldEnergy_kcal_per_mol,
    molblock: readPart(db, record, "molblock").toString("utf8"),
    isomer,
  };
}

/** Charge and multiplicity of the molecule that a conformer is of. */
export function readElectrons(db: Database, record: number): Electrons {
  const { charge, multiplicity } = ConformerContent.parse(readRecord(db, record).content);
  return { charge, multiplicity };
}

/** Numbers from 0 of the atoms of the bond that was marked; undefined where none was. */
export const readMarkedBond = (db: Database, record: number): [number, number] | undefined =>
  ConformerContent.parse(readRecord(db, record).content).bond;
