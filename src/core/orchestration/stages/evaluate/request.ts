/** What a candidate's evaluation is asked, from the settings that its record keeps and its geometry. */
import type { Database } from "#core/notebook/file/database.ts";
import { sha256 } from "#core/notebook/proof/hash.ts";
import { ConformerContent, type EvaluationInput } from "#core/notebook/tables/contents.ts";
import { readRecord } from "#core/notebook/tables/records.ts";
import type { Candidate } from "#core/quantum/properties/protocol.ts";
import type { Sha256 } from "#shared/ids.ts";
import type { Descriptors } from "#shared/molecule/molecule.ts";
import type { PropertyDefinition } from "#shared/properties/definition.ts";
import { storedSettings } from "#shared/properties/settings.ts";
import { readConformer, readElectrons, readMarkedBond } from "../embed/records.ts";
import { structuresOf } from "./structures.ts";

/** A seed for each geometry, so that no two molecules share their shots: first bits of sha256("seed:conformer"). */
const evaluationSeed = (seed: number, conformer: Sha256): number =>
  Buffer.from(sha256(`${seed}:${conformer}`)).readUInt32BE(0);

/** A molecule as its conformer's record has it, before it is asked anything. */
export function candidateInSpace(db: Database, conformer: number): Omit<Candidate, "level" | "settings"> {
  const { geometry, molblock } = readConformer(db, conformer);
  const structures = structuresOf(molblock, readMarkedBond(db, conformer));
  return { geometry, molblock, structures, ...readElectrons(db, conformer) };
}

/** Of the isomer whose geometry it is. */
export function evaluatedSmiles(db: Database, conformer: number): string {
  const { isomer, input } = ConformerContent.parse(readRecord(db, conformer).content);
  return isomer?.canonicalSmiles ?? input.smiles;
}

/** The descriptors that a definition asks for; undefined where it asks for none. */
export function askedDescriptors(
  definition: PropertyDefinition | undefined,
  known: Descriptors | null,
): Record<string, number | null> | undefined {
  const asked = definition?.kind === "composite" ? definition.parts : [];
  const found = asked.flatMap(({ descriptor }) =>
    descriptor ? [[descriptor, known?.[descriptor] ?? null]] : [],
  );
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** @param conformer its record in the notebook */
export function evaluatedCandidate(
  db: Database,
  conformer: number,
  {
    property,
    propertySettings,
    definition,
    descriptors,
    conformers: _,
    relaxed: __,
    conformer: hash,
    seed,
    ...level
  }: EvaluationInput,
): Candidate {
  return {
    ...candidateInSpace(db, conformer),
    level: { ...level, seed: evaluationSeed(seed, hash) },
    settings: storedSettings(property, propertySettings),
    definition,
    descriptors,
  };
}
