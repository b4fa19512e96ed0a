/** The command line that asks for the same as the form. */
import { type CalculateDraft, choicesOf } from "./draft.ts";
import { fileNames } from "./file-names.ts";
import type { GivenMolecule } from "./read-molecule.ts";

/** As a POSIX shell reads it; what is plain stays plain. */
export const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** What the command is of: a SMILES or the name of a file. */
function subjectOf(molecule: GivenMolecule): string {
  if (molecule.kind === "smiles") return molecule.smiles;
  return molecule.kind === "frames" || molecule.kind === "hamiltonian" ? molecule.file.name : "";
}

/** A flag with its value, where there is one. */
const valued = (flag: string, value: string | number | null): string[] =>
  value === null || value === "" ? [] : [flag, String(value)];

const given = (flag: string, isAsked: boolean): string[] => (isAsked ? [flag] : []);

/** What the molecule is, and what is around it. */
function surroundingFlags(draft: CalculateDraft, frames: number): string[] {
  const { charge, basis, basisFile, functions, frame, ghosts, pointCharges, solvent, solventModel } = draft;
  return [
    ...valued("--charge", charge),
    ...(choicesOf(draft).basis
      ? [
          ...(basisFile ? valued("--basis-file", basisFile.name) : ["--basis", basis]),
          ...(functions ? [functions === "pure" ? "--spherical" : "--cartesian"] : []),
        ]
      : []),
    ...given("--curve", draft.curve),
    ...(frames > 1 && frame > 1 && !draft.curve ? ["--frame", String(frame)] : []),
    ...valued("--ghost", ghosts.trim()),
    ...valued("--point-charges", pointCharges?.name ?? null),
    ...valued("--solvent", solvent?.trim() ?? null),
    ...(solvent !== null && solventModel !== "c-pcm" ? ["--solvent-model", solventModel] : []),
  ];
}

function motionFlags(draft: CalculateDraft): string[] {
  const { optimise, freeze, constraints, temperature, pressure, quasiHarmonic, isotopes } = draft;
  const held = constraints.trim() === "" ? [] : constraints.split(";");
  return [
    ...(optimise
      ? [
          "--optimize",
          ...valued("--freeze", freeze.trim()),
          ...held.flatMap((one) => ["--constrain", one.trim()]),
        ]
      : []),
    ...(choicesOf(draft).vibrations && draft.vibrations
      ? [
          "--frequencies",
          ...valued("--temperature", temperature),
          ...valued("--pressure", pressure),
          ...given("--quasi-harmonic", quasiHarmonic),
          ...valued("--isotope", isotopes.trim()),
        ]
      : []),
  ];
}

/** Of the method, for a molecule alone. */
function methodFlags(draft: CalculateDraft): string[] {
  const has = choicesOf(draft);
  const { activeSpace } = draft;
  const space = has.activeSpace ? activeSpace.trim() : "";
  return [
    ...(has.grid && draft.grid !== "fine" ? ["--grid", draft.grid] : []),
    ...(has.dispersion && draft.dispersion ? ["--dispersion", "d3bj"] : []),
    ...given("--density-fit", has.densityFit && draft.densityFit),
    ...given(
      "--frozen-core",
      has.frozenCore && draft.frozenCore && !(draft.method === "sci" && space !== ""),
    ),
    ...valued("--active-space", space),
    ...(has.pt2 && draft.pt2 ? ["--pt2", "nevpt2"] : []),
    ...(has.solver && draft.solver !== "ci" ? ["--solver", draft.solver] : []),
    ...given("--diagnose", has.diagnose && draft.diagnose),
    ...(has.ions ? valued("--ions", draft.ions.join(",")) : []),
  ];
}

function qubitFlags(draft: CalculateDraft): string[] {
  const has = choicesOf(draft);
  const { device, gateSet, mapping } = draft;
  return [
    ...(has.mapping ? valued("--mapping", mapping) : []),
    ...(has.device
      ? valued("--coupling-map", typeof device === "string" ? device : (device?.name ?? null))
      : []),
    ...(has.device ? valued("--gate-set", gateSet) : []),
  ];
}

/** Files for other programs. */
function fileFlags(draft: CalculateDraft, molecule: GivenMolecule): string[] {
  const has = choicesOf(draft);
  const names = fileNames(draft, molecule);
  return [
    ...(has.files && draft.molden ? ["--molden", names.molden] : []),
    ...(has.fcidump && draft.fcidump ? ["--fcidump", names.fcidump] : []),
    ...(has.files && has.device && draft.qasm ? ["--qasm", names.openQasm] : []),
    ...(has.files && draft.inputFile ? ["--input-file", `${draft.inputFile}:${names.inputFile}`] : []),
  ];
}

/** How a VQE is run, and how large a space selected CI takes: of a molecule as of a Hamiltonian. */
function solverFlags(draft: CalculateDraft): string[] {
  const has = choicesOf(draft);
  const { determinants, memory, ansatz, layers, starts, maxIterations, backend } = draft;
  const { shots, statedError, noise, mitigation, precision, sqd } = draft;
  return [
    ...(has.selection ? [...valued("--determinants", determinants), ...valued("--memory", memory)] : []),
    ...(has.ansatz ? valued("--ansatz", ansatz) : []),
    ...(has.layers ? valued("--layers", layers) : []),
    ...(has.starts ? valued("--starts", starts) : []),
    ...(has.ansatz ? valued("--max-iterations", maxIterations) : []),
    ...(has.backend && backend !== "exact" ? ["--backend", backend] : []),
    ...(has.shots
      ? [...valued("--shots", shots), ...(shots === null ? valued("--stated-error", statedError) : [])]
      : []),
    ...(has.noise ? valued("--noise", noise.trim()) : []),
    ...(has.mitigation ? valued("--mitigation", mitigation.join(",")) : []),
    ...(has.precision && precision !== "double" ? ["--precision", precision] : []),
    ...(has.shots ? valued("--sqd", sqd) : []),
  ];
}

/** The arguments after `ansatz`. */
export function argumentsOf(draft: CalculateDraft, molecule: GivenMolecule): string[] {
  const has = choicesOf(draft);
  const frames = molecule.kind === "frames" ? molecule.frames.length : 1;
  return [
    "energy",
    subjectOf(molecule),
    ...["--method", draft.method],
    ...valued("--multiplicity", draft.multiplicity),
    ...(molecule.kind === "hamiltonian"
      ? []
      : [
          ...surroundingFlags(draft, frames),
          ...methodFlags(draft),
          ...motionFlags(draft),
          ...qubitFlags(draft),
          ...fileFlags(draft, molecule),
        ]),
    ...(has.states ? valued("--states", draft.states.trim()) : []),
    ...(draft.seed !== 1 ? ["--seed", String(draft.seed)] : []),
    ...solverFlags(draft),
  ];
}

/** "ansatz energy CCO --method b3lyp …". */
export const commandOf = (draft: CalculateDraft, molecule: GivenMolecule): string =>
  ["ansatz", ...argumentsOf(draft, molecule).map(quoted)].join(" ");
