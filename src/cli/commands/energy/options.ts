/** The flags of `ansatz energy`. */
import type { Command } from "commander";
import { ACTIVE_SPACE_EXAMPLES } from "#shared/quantum/active-space-text.ts";
import { REMOTE_BACKENDS } from "#shared/quantum/backend-names.ts";
import { D3BJ_METHODS, DispersionName } from "#shared/quantum/dispersion.ts";
import { ActiveSolver, InputProgram, Method, PerturbationTheory } from "#shared/quantum/energy-request.ts";
import { GridLevel } from "#shared/quantum/functionals.ts";
import { GateSet, Mapping } from "#shared/quantum/qubits.ts";
import { SolventModel, SolventName } from "#shared/quantum/solvents.ts";
import { addFunctionOptions, type FunctionOptions } from "../../basis-options.ts";
import { integerOption, numberOption } from "../../host.ts";
import { addMoleculeInput, type MoleculeOptions } from "../../molecule-input.ts";
import { collect } from "../../objective.ts";
import { addAnsatzOptions, addBackendOptions, choices, type VqeFlags } from "../../vqe-options.ts";

/** As written on the command line; what is undefined was not given. */
export interface EnergyOptions extends VqeFlags, MoleculeOptions, FunctionOptions {
  notebook?: string;
  basis?: string;
  basisFile?: string;
  method: string;
  activeSpace?: string;
  states?: string;
  excitations?: string;
  pt2?: string;
  solver?: string;
  diagnose?: boolean;
  determinants?: number;
  memory?: number;
  fcidump?: string;
  record?: string;
  molden?: string;
  inputFile?: string;
  frozenCore?: boolean;
  densityFit?: boolean;
  grid?: string;
  dispersion?: string;
  pointCharges?: string;
  solvent?: string;
  solventModel?: string;
  couplingMap?: string;
  gateSet?: string;
  curve?: boolean;
  mapping?: string;
  ions?: string;
  optimize?: boolean;
  frequencies?: boolean;
  temperature?: number;
  pressure?: number;
  quasiHarmonic?: boolean;
  isotope?: string[];
  freeze?: string;
  constrain?: string[];
  ghost?: string;
  out?: string;
  qasm?: string;
  threads?: number;
  json?: boolean;
}

function addMoleculeOptions(command: Command): Command {
  const molecule = addMoleculeInput(command.optionsGroup("Molecule:"))
    .option(
      "--basis <name>",
      "e.g. 6-31g*, def2-svp, cc-pvdz, for anions 6-31+g*, def2-svpd, aug-cc-pvdz; 6-31g or larger for results (default: sto-3g, for tests)",
    )
    .option(
      "--basis-file <file>",
      "a basis set of your own in Gaussian94 format (.gbs), spherical unless --cartesian",
    );
  return addFunctionOptions(molecule)
    .option(
      "--ghost <atoms>",
      'ghost atoms, which have basis functions but no nucleus and no electrons, e.g. "3,4"; or "@H" in the file',
    )
    .option("--point-charges <file>", "external charges: a line `charge x y z` for each, in e and Å")
    .option(
      "--curve",
      "an energy for each frame of the file; each frame also starts from the orbitals of its neighbours, and jumps are named",
    )
    .option(
      "--optimize",
      "first move the atoms to where the energy of the functional or of the one state of casscf is stationary, or that of Hartree–Fock under other methods",
    )
    .option("--freeze <atoms>", 'atoms that stay where they are while optimising, e.g. "1,2"')
    .option(
      "--constrain <what>",
      'distances (Å), angles and dihedrals (°) that stay while optimising, as they are or at a value, e.g. "distance 1 2 1.5" or "dihedral 1 2 3 4"; may be repeated',
      collect,
    )
    .option(
      "--frequencies",
      "harmonic vibrations and thermochemistry at the stationary point, of the field: Hartree–Fock or the functional",
    )
    .option("--temperature <K>", "of --frequencies (default: 298.15)", numberOption("temperature", 1, 5000))
    .option("--pressure <Pa>", "of --frequencies (default: 100000)", numberOption("pressure", 1, 1e9))
    .option("--quasi-harmonic", "entropies of soft vibrations as of rotors (Grimme 2012)")
    .option(
      "--isotope <atom=isotope>",
      'isotopes of --frequencies, e.g. "2=2H" or "1=13C,2=D"; other atoms have the weights of natural mixtures, or what D and T in the file say; may be repeated',
      collect,
    );
}

function addMethodOptions(command: Command): Command {
  return command
    .optionsGroup("Method:")
    .option(
      "--method <name>",
      `${choices(Method)} | hf-3c, Hartree–Fock in MINIX with its corrections, for geometries`,
      "vqe",
    )
    .option(
      "--grid <level>",
      `of a density functional: ${choices(GridLevel)} (default: fine); its error is printed`,
    )
    .option("--dispersion <model>", `added to ${D3BJ_METHODS.join(", ")}: ${choices(DispersionName)}`)
    .option(
      "--solvent <name | ε>",
      `a continuum around the molecule: ${choices(SolventName)}, or a permittivity such as 37.5`,
    )
    .option("--solvent-model <name>", `${choices(SolventModel)} (default: c-pcm)`)
    .option(
      "--density-fit",
      "Hartree–Fock with fitted densities (RI), its error is printed; MP2 with fitted integrals",
    )
    .option(
      "--frozen-core",
      "keep the electrons of the chemical core uncorrelated in mp2 and its scaled kinds, ccsd, ccsd(t), fci and sci",
    )
    .option("--active-space <space>", `of casci, casscf, sci and vqe: ${ACTIVE_SPACE_EXAMPLES}`)
    .option(
      "--determinants <n>",
      "of sci: determinants of the largest space (default: 300000 or what memory holds)",
      integerOption("determinants", 1, 1e9),
    )
    .option("--memory <GiB>", "of sci: what it may hold (default: 4)", numberOption("memory", 0.01, 4096))
    .option("--fcidump <file>", "write the Hamiltonian that was correlated, for other programs")
    .option(
      "--states <n | list>",
      'states of casci, casscf, fci, sci or vqe, lowest first (default: 1); of casci, casscf, sci and vqe by spin, e.g. "singlet:2,triplet:1"',
    )
    .option(
      "--excitations <list>",
      'excited states of a closed shell by single excitations, of rhf (CIS) or of a functional (TDA), e.g. "singlet:3,triplet:2"; a number counts singlets',
    )
    .option(
      "--pt2 <name>",
      `correlation outside the active space of casci, casscf or vqe: ${choices(PerturbationTheory)}`,
    )
    .option(
      "--solver <name>",
      `what finds the state of casscf at each set of orbitals: ${choices(ActiveSolver)} (default: ci); vqe takes --ansatz k-upccgsd or uccsd`,
    )
    .option(
      "--diagnose",
      "say whether one determinant will do or which active space is needed, from the lowest UHF solution (always with casci, casscf, fci, sci, vqe and uhf)",
    )
    .option(
      "--ions <list>",
      "cation, anion: ionisation energy, electron affinity in the same orbitals by casci or vqe",
    );
}

function addQubitOptions(command: Command): Command {
  return command
    .optionsGroup("Qubits:")
    .option(
      "--mapping <name>",
      `count qubits and Pauli terms, as they are and after tapering: ${choices(Mapping)}`,
    )
    .option(
      "--coupling-map <device>",
      "route the circuit on linear | heavy-hex | FILE.json, a list of couplings such as [[0,1],[1,2]]",
    )
    .option(
      "--gate-set <name>",
      `transpile the circuit at its parameters to the gates of a device: ${choices(GateSet)}; all coupled without --coupling-map`,
    )
    .option(
      "--qasm <file>",
      "write the circuit with its final parameters as OpenQASM 3, routed where --coupling-map is given, in the gates of --gate-set",
    );
}

function addGeneralOptions(command: Command): Command {
  return command
    .optionsGroup("General:")
    .option(
      "--seed <n>",
      "seed of the 3D embedding of a SMILES, of random starts and of shots",
      integerOption("seed", 0),
      1,
    )
    .option(
      "--notebook <file>",
      `keeps the jobs and the ledger of ${choices({ options: REMOTE_BACKENDS })} (default: the one of the app)`,
    )
    .option("--threads <n>", "worker threads", integerOption("threads", 1, 1024))
    .option("--out <file>", "write the final geometry as an XYZ file")
    .option(
      "--molden <file>",
      "write orbitals for viewers: natural ones of casci and casscf, else those that the method starts from",
    )
    .option(
      "--input-file <program:file>",
      `write the same calculation for another program: ${choices(InputProgram)}, e.g. pyscf:water.py`,
    )
    .option(
      "--record <folder>",
      "write all that others need to check the energy: Hamiltonian, state, settings, numbers, cost, machine and how",
    )
    .option("--json", "print one JSON document")
    .helpOption("-h, --help", "show this");
}

export function addEnergyOptions(command: Command): Command {
  addMethodOptions(addMoleculeOptions(command));
  addAnsatzOptions(command.optionsGroup("VQE:"));
  addBackendOptions(command.optionsGroup("How VQE is run:"));
  return addGeneralOptions(addQubitOptions(command));
}
