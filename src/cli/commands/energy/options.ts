/** The flags of `ansatz energy`. */
import type { Command } from "commander";
import { ACTIVE_SPACE_EXAMPLES } from "#shared/active-space-text.ts";
import { MAX_STATES, Method } from "#shared/evaluation.ts";
import { integerOption } from "../../host.ts";
import { addVqeOptions, choices, type VqeOptions } from "../../vqe-options.ts";

/** As written on the command line; what is undefined was not given. */
export interface EnergyOptions extends VqeOptions {
  charge?: number;
  multiplicity: number;
  basis?: string;
  basisFile?: string;
  cartesian?: boolean;
  method: string;
  activeSpace?: string;
  states?: number;
  frozenCore?: boolean;
  densityFit?: boolean;
  pointCharges?: string;
  optimize?: boolean;
  freeze?: string;
  ghost?: string;
  out?: string;
  qasm?: string;
  seed: number;
  threads?: number;
  json?: boolean;
}

function addMoleculeOptions(command: Command): Command {
  return command
    .option(
      "--charge <n>",
      "total charge (default: that of the SMILES, 0 for a file)",
      integerOption("charge", -20),
    )
    .option("--multiplicity <n>", "spin multiplicity 2S+1", integerOption("multiplicity", 1), 1)
    .option("--basis <name>", "e.g. sto-3g, 6-31g, 6-31g*, def2-svp, cc-pvdz (default: sto-3g)")
    .option("--basis-file <file>", "a basis set of your own in Gaussian94 format (.gbs) instead")
    .option("--cartesian", "the file's d and f functions are Cartesian (default: spherical)")
    .option("--ghost <atoms>", 'atoms that only lend their functions, e.g. "3,4"; or "@H" in the file')
    .option("--point-charges <file>", "external charges: a line `charge x y z` for each, in e and Å")
    .option("--optimize", "move the atoms to a stationary point of the Hartree–Fock energy first")
    .option("--freeze <atoms>", 'atoms that stay where they are while optimising, e.g. "1,2"')
    .option("--out <file>", "write the final geometry as an XYZ file")
    .option("--qasm <file>", "write the VQE's circuit at its parameters as an OpenQASM 3 program");
}

function addMethodOptions(command: Command): Command {
  return command
    .option("--method <name>", choices(Method), "vqe")
    .option("--density-fit", "Hartree–Fock with fitted densities; the error is stated")
    .option("--frozen-core", "leave the chemical core uncorrelated in mp2 and fci")
    .option("--active-space <space>", ACTIVE_SPACE_EXAMPLES)
    .option(
      "--states <n>",
      "states of casci, fci or vqe, lowest first (default: 1)",
      integerOption("states", 1, MAX_STATES),
    );
}

export function addEnergyOptions(command: Command): Command {
  return addVqeOptions(addMethodOptions(addMoleculeOptions(command)))
    .option(
      "--seed <n>",
      "seed of the 3D embedding of a SMILES, of random starts and of shots",
      integerOption("seed", 0),
      1,
    )
    .option("--threads <n>", "worker threads", integerOption("threads", 1, 1024))
    .option("--json", "print one JSON document");
}
