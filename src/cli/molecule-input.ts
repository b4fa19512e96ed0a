/** The molecule that a command is given: an XYZ file, or a SMILES that the embedding stage gives a geometry. */
import { existsSync } from "node:fs";
import type { Command } from "commander";
import type { Engine } from "#core/engine-interface.ts";
import { DomainError } from "#shared/errors.ts";
import type { EmbedRequest } from "#shared/molecule/embedding.ts";
import type { Isotope } from "#shared/molecule/isotopes.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { readXyz, type XyzFrame } from "#shared/molecule/xyz.ts";
import { LENGTH_UNITS, type LengthUnit, readUnit } from "#shared/molecule/xyz-comment.ts";
import { readTextFile } from "./files.ts";
import { integerOption, signalOfProcess } from "./host.ts";
import { endProgress, progressLine } from "./output.ts";

export interface Molecule {
  geometry: Geometry;
  formalCharge: number;
  /** As the file states it; undefined where nothing does. */
  multiplicity?: number | undefined;
  /** As the SMILES states them; a file states none. */
  unpairedElectrons: number;
  /** Atoms, from 0, that the file labels as ghosts. */
  ghosts: readonly number[];
  /** Of atoms, from 0, that the file labels with their isotope. */
  isotopes: readonly Isotope[];
  /** Where the geometry comes from, e.g. "file water.xyz" or "openchemlib 9.25.0 conformer + MMFF94, seed 1". */
  origin: string;
  /** What a person should know of how the file was read. */
  notes: readonly string[];
}

/** As written on the command line; what is undefined was not given. */
export interface MoleculeOptions {
  charge?: number;
  multiplicity?: number;
  units?: LengthUnit;
  frame?: number;
  seed: number;
}

function unitOption(text: string): LengthUnit {
  const unit = readUnit(text);
  if (unit !== undefined) return unit;
  throw new DomainError("invalid-input", `--units: expected ${LENGTH_UNITS.join(", ")}, got "${text}".`);
}

/** Flags that say what a file means; they override its comment. */
export function addMoleculeInput(command: Command): Command {
  return command
    .option(
      "--charge <n>",
      "total charge (default: of the SMILES or of the file's comment, else 0)",
      integerOption("charge", -20),
    )
    .option(
      "--multiplicity <n>",
      "spin multiplicity 2S+1 (default: of the file's comment, else 1)",
      integerOption("multiplicity", 1),
    )
    .option(
      "--units <name>",
      `unit of the file's coordinates: ${LENGTH_UNITS.join(" | ")} (default: of its comment, else angstrom)`,
      unitOption,
    )
    .option("--frame <n>", "which frame of the file (default: the first)", integerOption("frame", 1));
}

const moleculeOf = (
  { geometry, ghosts, isotopes, charge, multiplicity, notes }: XyzFrame,
  origin: string,
): Molecule => ({
  geometry,
  ghosts,
  isotopes,
  multiplicity,
  notes,
  origin,
  formalCharge: charge ?? 0,
  unpairedElectrons: 0,
});

const framesOf = (path: string, { charge, multiplicity, units: unit }: Omit<MoleculeOptions, "seed">) =>
  readXyz(readTextFile(path), { charge, multiplicity, unit });

/** Every frame of a file. @throws DomainError `invalid-input` for anything but a file of frames */
export function readFrames(path: string, options: MoleculeOptions): Molecule[] {
  if (existsSync(path))
    return framesOf(path, options).map((frame, k) => moleculeOf(frame, `file ${path}, frame ${k + 1}`));
  throw new DomainError(
    "invalid-input",
    `--curve: expected the path of an .xyz file of several frames, got "${path}".`,
  );
}

/** The frame of a file that was asked for, or a SMILES. @throws DomainError not-found, invalid-input */
export async function readMolecule(
  engine: Engine,
  text: string,
  options: MoleculeOptions,
): Promise<Molecule> {
  if (existsSync(text)) {
    const molecule = readFrame(text, options);
    return { ...molecule, notes: [...molecule.notes, ...(await oddities(engine, molecule))] };
  }
  if (/\.xyz$/i.test(text)) {
    throw new DomainError(
      "not-found",
      `There is no file "${text}". Expected an existing .xyz file or a SMILES.`,
    );
  }
  if (options.frame !== undefined || options.units !== undefined)
    throw new DomainError("invalid-input", `--frame and --units are of a file: expected one, got "${text}".`);
  const { seed, charge, multiplicity = 1 } = options;
  // The spin that is computed goes along, so that one that cannot be is refused before anything is relaxed.
  const request: EmbedRequest = { smiles: text, seed, multiplicity };
  if (charge !== undefined) request.charge = charge;
  const embedded = await engine.molecules.embed(request, {
    signal: signalOfProcess(),
    report: progressLine(),
  });
  endProgress();
  return { ...embedded, ghosts: [], isotopes: [] };
}

/** What is odd about the atoms but the ghosts, which may lie on others. */
function oddities(engine: Engine, { geometry, ghosts }: Molecule): Promise<string[]> {
  const isAtom = (atom: number): boolean => !ghosts.includes(atom);
  return engine.molecules.oddities({
    symbols: geometry.symbols.filter((_, i) => isAtom(i)),
    coordinates_angstrom: geometry.coordinates_angstrom.filter((_, i) => isAtom(Math.floor(i / 3))),
  });
}

function readFrame(path: string, options: MoleculeOptions): Molecule {
  const frames = framesOf(path, options);
  const chosen = frames[(options.frame ?? 1) - 1];
  if (!chosen)
    throw new DomainError(
      "invalid-input",
      `--frame: expected 1 to ${frames.length}, as many as "${path}" has, got ${options.frame}.`,
    );
  const which = frames.length === 1 ? "" : `, frame ${options.frame ?? 1}`;
  const molecule = moleculeOf(chosen, `file ${path}${which}`);
  if (frames.length === 1 || options.frame !== undefined) return molecule;
  const note = `The file has ${frames.length} frames; the first is computed. For another give --frame <n>, for all of them --curve (energy).`;
  return { ...molecule, notes: [note, ...molecule.notes] };
}
