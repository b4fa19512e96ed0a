/** The molecule that a form means: what was given, and the geometry of a SMILES, which the engine makes. */
import { skipToken, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { api, troubleOf } from "../../rpc/client.ts";
import { commandOf } from "./command.ts";
import type { CalculateDraft } from "./draft.ts";
import { type Checked, hamiltonianJobOf, jobOf, type Placed } from "./job.ts";
import { type GivenMolecule, readGiven } from "./read-molecule.ts";

/** Geometries are made for it: not after each key. */
const PAUSE_MS = 500;

function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** Of a SMILES that has not changed for a moment. */
function useGeometry(given: GivenMolecule, { seed, charge, multiplicity }: CalculateDraft) {
  const smiles = useSettled(given.kind === "smiles" ? given.smiles : "");
  const isSettled = given.kind === "smiles" && smiles === given.smiles;
  const input = {
    smiles,
    seed,
    multiplicity: multiplicity ?? 1,
    ...(charge !== null && { charge }),
  };
  const query = useQuery({
    ...api.molecules.embed.queryOptions({ input: isSettled && Number.isInteger(seed) ? input : skipToken }),
    gcTime: 60_000,
  });
  return { embedded: isSettled ? query.data : undefined, error: isSettled ? query.error : null };
}

const NOTHING: Checked = { job: null, problems: new Map() };

export interface AskedMolecule extends Checked {
  given: GivenMolecule;
  placed: Placed | null;
  /** What a person should know of how it was read or made. */
  notes: readonly string[];
  /** Why it cannot be computed. */
  problem: string | null;
  command: string | null;
}

/** Electrons that a SMILES leaves unpaired and a calculation pairs, unless it is told otherwise. */
function unpairedNote(unpaired: number, multiplicity: number | null): string[] {
  if (unpaired === 0 || multiplicity !== null) return [];
  return [
    `The SMILES states ${unpaired === 1 ? "an unpaired electron" : `${unpaired} unpaired electrons`}: choose the multiplicity ${unpaired + 1}.`,
  ];
}

export function useMolecule(draft: CalculateDraft): AskedMolecule {
  const { text, fileName, charge, multiplicity, frame, curve } = draft;
  const given = useMemo(() => readGiven(text, fileName), [text, fileName]);
  const { embedded, error } = useGeometry(given, draft);
  const command = given.kind === "nothing" || given.kind === "unreadable" ? null : commandOf(draft, given);
  const placed = useMemo((): Placed | null => {
    const said = { command: command ?? "" };
    if (given.kind === "frames") {
      const frames = given.frames.map((one) => ({
        ...one,
        charge: charge ?? one.charge ?? 0,
        multiplicity: multiplicity ?? one.multiplicity ?? 1,
      }));
      const { name } = given.file;
      const which = frames.length > 1 && !curve ? `, frame ${frame}` : "";
      return { ...said, frames, name: name.slice(0, 200), origin: `file ${name}${which}` };
    }
    if (given.kind !== "smiles" || !embedded) return null;
    const { geometry, formalCharge, origin } = embedded;
    const one = { geometry, ghosts: [], charge: charge ?? formalCharge, multiplicity: multiplicity ?? 1 };
    return { ...said, frames: [one], name: given.smiles.slice(0, 200), origin: origin.slice(0, 500) };
  }, [given, embedded, charge, multiplicity, command, frame, curve]);
  const checked = useMemo((): Checked => {
    if (given.kind === "hamiltonian") {
      const { name } = given.file;
      return hamiltonianJobOf(draft, given, {
        name: name.slice(0, 200),
        origin: `file ${name}`,
        command: command ?? "",
      });
    }
    return placed ? jobOf(draft, placed) : NOTHING;
  }, [draft, given, placed, command]);
  const notes = [
    ...(given.kind === "frames" ? given.notes : []),
    ...(embedded ? [...embedded.notes, ...unpairedNote(embedded.unpairedElectrons, multiplicity)] : []),
  ];
  const problem = given.kind === "unreadable" ? given.problem : error ? troubleOf(error).message : null;
  return { ...checked, given, placed, notes, problem, command };
}
