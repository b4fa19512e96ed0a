/** The command line that asks for the same as the form. */
import type { CalculateDraft } from "./draft.ts";
import { choicesOf } from "./draft.ts";
import type { GivenMolecule } from "./read-molecule.ts";

/** As a POSIX shell reads it; what is plain stays plain. */
export const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** What the command is of: a SMILES or the name of a file. */
function subjectOf(molecule: GivenMolecule): string {
  if (molecule.kind === "smiles") return molecule.smiles;
  return molecule.kind === "frames" || molecule.kind === "hamiltonian" ? molecule.file.name : "";
}

/** Flags of a molecule alone. */
function moleculeFlags(draft: CalculateDraft): string[] {
  const has = choicesOf(draft);
  const { functions, solvent, solventModel } = draft;
  return [
    ...(draft.charge !== null ? ["--charge", String(draft.charge)] : []),
    ...["--basis", draft.basis],
    ...(functions ? [functions === "pure" ? "--spherical" : "--cartesian"] : []),
    ...(draft.curve ? ["--curve"] : []),
    ...(draft.optimise ? ["--optimize"] : []),
    ...(draft.vibrations && !draft.curve ? ["--frequencies"] : []),
    ...(has.grid && draft.grid !== "fine" ? ["--grid", draft.grid] : []),
    ...(has.dispersion && draft.dispersion ? ["--dispersion", "d3bj"] : []),
    ...(solvent.trim() !== "" ? ["--solvent", solvent.trim()] : []),
    ...(solvent.trim() !== "" && solventModel !== "c-pcm" ? ["--solvent-model", solventModel] : []),
    ...(has.densityFit && draft.densityFit ? ["--density-fit"] : []),
    ...(has.frozenCore && draft.frozenCore && !(draft.method === "sci" && draft.activeSpace.trim() !== "")
      ? ["--frozen-core"]
      : []),
    ...(has.activeSpace && draft.activeSpace.trim() !== ""
      ? ["--active-space", draft.activeSpace.trim()]
      : []),
    ...(has.pt2 && draft.pt2 ? ["--pt2", "nevpt2"] : []),
    ...(has.solver && draft.solver !== "ci" ? ["--solver", draft.solver] : []),
    ...(has.ions && draft.ions.length > 0 ? ["--ions", draft.ions.join(",")] : []),
  ];
}

/** The arguments after `ansatz`. */
export function argumentsOf(draft: CalculateDraft, molecule: GivenMolecule): string[] {
  const has = choicesOf(draft);
  return [
    "energy",
    subjectOf(molecule),
    ...["--method", draft.method],
    ...(draft.multiplicity !== null ? ["--multiplicity", String(draft.multiplicity)] : []),
    ...(molecule.kind === "hamiltonian" ? [] : moleculeFlags(draft)),
    ...(has.states && draft.states.trim() !== "" ? ["--states", draft.states.trim()] : []),
    ...(draft.seed !== 1 ? ["--seed", String(draft.seed)] : []),
    ...(has.ansatz && draft.ansatz !== null ? ["--ansatz", draft.ansatz] : []),
  ];
}

/** "ansatz energy CCO --method b3lyp …". */
export const commandOf = (draft: CalculateDraft, molecule: GivenMolecule): string =>
  ["ansatz", ...argumentsOf(draft, molecule).map(quoted)].join(" ");
