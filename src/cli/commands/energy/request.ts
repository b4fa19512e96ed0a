/** From flags to an energy request; flags that contradict each other are refused. */
import { basename } from "node:path";
import { DomainError } from "#shared/errors.ts";
import { readAtomNumbers } from "#shared/molecule/atom-numbers.ts";
import { readIsotopes } from "#shared/molecule/isotopes.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { readActiveSpace } from "#shared/quantum/active-space-text.ts";
import { anyOf, BackendName, isRemote, REMOTE_BACKENDS } from "#shared/quantum/backend-names.ts";
import { D3BJ_METHODS, DispersionName, hasD3bj } from "#shared/quantum/dispersion.ts";
import {
  ActiveSolver,
  type EnergyRequest,
  InputProgram,
  IonKind,
  isCoupledCluster,
  Method,
  PerturbationTheory,
  usesActiveSpace,
} from "#shared/quantum/energy-request.ts";
import { GridLevel, isFunctional } from "#shared/quantum/functionals.ts";
import { readConstraint } from "#shared/quantum/geometry-constraint.ts";
import { readPointCharges } from "#shared/quantum/point-charges.ts";
import { GateSet, Mapping } from "#shared/quantum/qubits.ts";
import { countedStates, isDiagnosed, KEEPS_SPIN, seeksMinimum } from "#shared/quantum/request-defaults.ts";
import type { SciSettings } from "#shared/quantum/sci-result.ts";
import { readSolvent, SolventModel } from "#shared/quantum/solvents.ts";
import { isMp2 } from "#shared/quantum/spin-scaling.ts";
import { MAX_STATES, readSpinStates, type SpinStates } from "#shared/quantum/spin-states.ts";
import { GasConditions } from "#shared/quantum/vibrations-result.ts";
import { functionsOf } from "../../basis-options.ts";
import { readTextFile } from "../../files.ts";
import { flagOf } from "../../flag.ts";
import { integerOption } from "../../host.ts";
import type { Molecule } from "../../molecule-input.ts";
import { checkFlags, parseChoice, vqeFromFlags } from "../../vqe-options.ts";
import { readDevice } from "./device.ts";
import type { EnergyOptions } from "./options.ts";

/** Ghosts of the flag and of the file together. */
export function ghostsOf(
  flag: string | undefined,
  { geometry, ghosts }: { geometry: Geometry; ghosts: readonly number[] },
): number[] {
  const all = new Set([...ghosts, ...(flag === undefined ? [] : readAtomNumbers(flag, "--ghost"))]);
  if (all.size < geometry.symbols.length) return [...all].sort((a, b) => a - b);
  throw new DomainError("invalid-input", "Ghosts: expected at least one true atom, got ghosts only.");
}

/** Whether a device in the cloud measures. @throws DomainError `invalid-input` for a backend that there is not */
export const isElsewhere = ({ backend }: Pick<EnergyOptions, "backend">): boolean =>
  backend !== undefined && isRemote(parseChoice(BackendName, "backend", backend));

/** Flags with what they need, for those that were given without it. */
function checkCombinations(options: EnergyOptions, method: Method): void {
  const given = (name: keyof EnergyOptions): boolean => options[name] !== undefined;
  const hasSpace = method === "casci" || method === "vqe";
  const hasCore = isMp2(method) || isCoupledCluster(method) || method === "fci" || method === "sci";
  const correlates = hasSpace || method === "fci" || method === "sci";
  checkFlags(
    [
      ["--backend", given("backend"), method === "vqe", "--method vqe"],
      ["--notebook", given("notebook"), isElsewhere(options), `--backend ${anyOf(REMOTE_BACKENDS)}`],
      ["--qasm", given("qasm"), method === "vqe", "--method vqe"],
      ["--coupling-map", given("couplingMap"), method === "vqe", "--method vqe"],
      ["--gate-set", given("gateSet"), method === "vqe", "--method vqe"],
      ["--mapping", given("mapping"), hasSpace, "--method casci or vqe"],
      ["--pt2", given("pt2"), usesActiveSpace(method), "--method casci, casscf or vqe"],
      ["--solver", given("solver"), method === "casscf", "--method casscf"],
      [
        "--ions",
        given("ions"),
        hasSpace,
        "--method casci or vqe",
        "By another method an ion is a calculation of its own: --charge 1 --multiplicity 2.",
      ],
      [
        "--excitations",
        given("excitations"),
        method === "rhf" || isFunctional(method),
        "--method rhf or a density functional",
      ],
      [
        "--frozen-core",
        given("frozenCore"),
        hasCore,
        "--method mp2, scs-mp2, sos-mp2, ccsd, ccsd(t), fci or sci",
      ],
      ["--determinants", given("determinants"), method === "sci", "--method sci"],
      ["--memory", given("memory"), method === "sci", "--method sci"],
      ["--fcidump", given("fcidump"), correlates, "--method casci, fci, sci or vqe"],
      ["--grid", given("grid"), isFunctional(method), "a density functional"],
      [
        "--dispersion",
        given("dispersion") && options.dispersion !== "hf-3c",
        hasD3bj(method),
        `--method ${D3BJ_METHODS.join(", ")}`,
      ],
      ["--freeze", given("freeze"), given("optimize"), "--optimize"],
      ["--constrain", given("constrain"), given("optimize"), "--optimize"],
      ["--solvent-model", given("solventModel"), given("solvent"), "--solvent"],
      ["--temperature", given("temperature"), given("frequencies"), "--frequencies"],
      ["--pressure", given("pressure"), given("frequencies"), "--frequencies"],
      ["--quasi-harmonic", given("quasiHarmonic"), given("frequencies"), "--frequencies"],
      ["--isotope", given("isotope"), given("frequencies"), "--frequencies"],
    ],
    `--method ${method}`,
  );
  const files = (["out", "qasm", "fcidump", "molden", "inputFile", "record"] as const).filter(given);
  if (given("curve") && files.length > 0)
    throw new DomainError(
      "invalid-input",
      `--curve has a result for each frame: expected no ${files.map(flagOf).join(", ")}, which write one, got both kinds. Leave them ` +
        "out, or give a file of one frame without --curve.",
    );
  if (given("curve") && given("frequencies"))
    throw new DomainError(
      "invalid-input",
      "--curve is of frames as they are: expected no --frequencies, which are of a stationary point, got both.",
    );
  if (given("curve") && given("frame"))
    throw new DomainError("invalid-input", "--curve takes every frame: expected no --frame, got both.");
  if (given("basis") && given("basisFile"))
    throw new DomainError("invalid-input", "--basis and --basis-file: expected one of them, got both.");
}

/** Remarks on flags that the method does not look at. */
export function unusedOptions(options: EnergyOptions): string[] {
  const { activeSpace } = options;
  const asked = options.method.toLowerCase();
  const ofVqe = ["ansatz", "layers", "starts", "maxIterations"] as const;
  return [
    ...ofVqe.map(
      (name) =>
        options[name] !== undefined &&
        asked !== "vqe" &&
        options.solver?.trim().toLowerCase() !== "vqe" &&
        `${flagOf(name)} plays no part in --method ${asked}.`,
    ),
    activeSpace !== undefined &&
      asked !== "vqe" &&
      asked !== "casci" &&
      asked !== "casscf" &&
      asked !== "sci" &&
      `--active-space plays no part in --method ${asked}.`,
  ].filter((remark) => remark !== false);
}

/**
 * Reads "pyscf:water.py".
 *
 * @throws DomainError `invalid-input`
 */
export function readInputFile(text: string): { program: InputProgram; file: string } {
  const [, program, file] = /^([^:]*):(.+)$/.exec(text) ?? [];
  if (program !== undefined && file !== undefined)
    return { program: parseChoice(InputProgram, "input-file", program), file };
  throw new DomainError(
    "invalid-input",
    `--input-file: expected a program (${InputProgram.options.join(", ")}) and a file, such as pyscf:water.py, got "${text}".`,
  );
}

const ionsOf = (text: string): IonKind[] => [
  ...new Set(text.split(",").map((kind) => parseChoice(IonKind, "ions", kind))),
];

function basisOf(options: EnergyOptions): Pick<EnergyRequest, "basis" | "functions" | "ownBasis"> {
  const { basis, basisFile } = options;
  const asked = functionsOf(options);
  if (basisFile === undefined) return { basis: (basis ?? "sto-3g").toLowerCase(), ...asked };
  const { functions = "pure" } = asked;
  return { basis: basename(basisFile), ownBasis: { text: readTextFile(basisFile), functions } };
}

/** Reads "3", or "singlet:2,triplet:1"; of casci, and of what is to be corrected, a number is of the molecule's own spin. */
function readStates(
  text: string | undefined,
  { method, multiplicity, pt2 }: Pick<EnergyRequest, "method" | "multiplicity"> & { pt2: string | undefined },
) {
  const isNumber = text === undefined || /^-?\d+$/.test(text.trim());
  const states = text !== undefined && isNumber ? integerOption("states", 1, MAX_STATES)(text) : undefined;
  if (!isNumber) return { spinStates: readSpinStates(text) };
  return countedStates(states, { method, multiplicity, pt2 });
}

const conditionsOf = ({ temperature, pressure, quasiHarmonic }: EnergyOptions): GasConditions =>
  GasConditions.parse({
    ...(temperature !== undefined && { temperature_kelvin: temperature }),
    ...(pressure !== undefined && { pressure_pascal: pressure }),
    ...(quasiHarmonic && { quasiHarmonic }),
  });

/** The request with the isotopes of its vibrations: those of the flag, and what the file says of other atoms. */
export function withIsotopes(
  request: EnergyRequest,
  flags: readonly string[] | undefined,
  { geometry, isotopes: ofFile }: Pick<Molecule, "geometry" | "isotopes">,
): EnergyRequest {
  if (!request.vibrations) return request;
  const flagged = (flags ?? []).flatMap((text) => readIsotopes(text, geometry));
  const others = ofFile.filter((one) => !flagged.some(({ atom }) => atom === one.atom));
  const isotopes = [...others, ...flagged].sort((a, b) => a.atom - b.atom);
  return isotopes.length === 0 ? request : { ...request, vibrations: { ...request.vibrations, isotopes } };
}

export const selectionOf = ({ determinants, memory }: EnergyOptions): SciSettings => ({
  ...(determinants !== undefined && { determinants }),
  ...(memory !== undefined && { memory_gib: memory }),
});

/** @throws DomainError `invalid-input`; for "b3lyp-d3bj", which others write, with the flag that is meant */
function readMethod(text: string): Method {
  const [, field] = /^(.+)-d3(?:\(?bj\)?)?$/i.exec(text.trim()) ?? [];
  if (field === undefined || !hasD3bj(field.toLowerCase())) return parseChoice(Method, "method", text);
  throw new DomainError(
    "invalid-input",
    `--method: expected a method without its dispersion, got "${text}". Write --method ${field.toLowerCase()} --dispersion d3bj.`,
  );
}

/** Hartree–Fock in MINIX with three corrections, which is a field, a basis set and what is added to it. */
const isHf3c = ({ method }: EnergyOptions): boolean => method.trim().toLowerCase() === "hf-3c";

/** @throws DomainError `invalid-input` for what the name says already */
function refuseHf3cWith({ basis, basisFile, dispersion, spherical, cartesian }: EnergyOptions): void {
  const named = { basis, "basis-file": basisFile, dispersion, spherical, cartesian };
  const [flag] = Object.entries(named).find(([, value]) => value !== undefined) ?? [];
  if (flag !== undefined)
    throw new DomainError(
      "invalid-input",
      `--method hf-3c: expected no --${flag}, since the method has its own basis set (MINIX) and corrections. Leave it out.`,
    );
}

/** Reads "3", which counts singlets, or "singlet:3,triplet:2". */
const excitationsOf = (text: string): SpinStates =>
  readSpinStates(/^\s*\d+\s*$/.test(text) ? `singlet:${text.trim()}` : text);

function solventOf({ solvent, solventModel }: EnergyOptions): Pick<EnergyRequest, "solvent"> {
  if (solvent === undefined) return {};
  const model =
    solventModel === undefined ? {} : { model: parseChoice(SolventModel, "solvent-model", solventModel) };
  return { solvent: { ...readSolvent(solvent), ...model } };
}

/**
 * The request that the flags make of a molecule, ghosts and isotopes left out.
 *
 * @throws DomainError `invalid-input` that names the flag, what was expected and what came
 */
export function requestOf(
  given: EnergyOptions,
  { geometry, formalCharge, multiplicity }: Pick<Molecule, "geometry" | "formalCharge" | "multiplicity">,
): EnergyRequest {
  if (isHf3c(given)) refuseHf3cWith(given);
  const isOpen = (given.multiplicity ?? multiplicity ?? 1) > 1;
  const options = isHf3c(given)
    ? { ...given, method: isOpen ? "uhf" : "rhf", basis: "minix", dispersion: "hf-3c" }
    : given;
  const method = readMethod(options.method);
  const { frozenCore, freeze } = options;
  const charged = {
    charge: options.charge ?? formalCharge,
    multiplicity: options.multiplicity ?? multiplicity ?? 1,
  };
  const asked = readStates(options.states, { method, pt2: options.pt2, ...charged });
  checkCombinations(options, method);
  const solver =
    options.solver === undefined ? undefined : parseChoice(ActiveSolver, "solver", options.solver);
  const isVqeBySpin = (method === "vqe" && asked.spinStates !== undefined) || solver === "vqe";
  return {
    geometry,
    method,
    seed: options.seed,
    ...vqeFromFlags(isVqeBySpin ? { ansatz: KEEPS_SPIN, ...options } : options, asked.states),
    ...basisOf(options),
    ...charged,
    ...asked,
    activeSpace: options.activeSpace === undefined ? null : readActiveSpace(options.activeSpace),
    ...(options.pt2 !== undefined && { pt2: parseChoice(PerturbationTheory, "pt2", options.pt2) }),
    ...(solver && { solver }),
    ...(seeksMinimum(method, solver) && { seeksMinimum: true }),
    ...((options.diagnose || (isDiagnosed(method) && !options.curve)) && { diagnose: true }),
    ...(frozenCore !== undefined && { frozenCore }),
    ...(options.pointCharges !== undefined && {
      pointCharges: readPointCharges(readTextFile(options.pointCharges), options.pointCharges),
    }),
    ...(method === "sci" && { selection: selectionOf(options) }),
    ...(options.fcidump !== undefined && { fcidump: true }),
    ...(options.molden !== undefined && { molden: true }),
    ...(options.record !== undefined && { record: true }),
    ...(options.inputFile !== undefined && { inputFile: readInputFile(options.inputFile).program }),
    ...(options.qasm !== undefined && { openQasm: true }),
    ...(options.couplingMap !== undefined && { device: readDevice(options.couplingMap) }),
    ...(options.gateSet !== undefined && { gateSet: parseChoice(GateSet, "gate-set", options.gateSet) }),
    ...(options.mapping !== undefined && { mapping: parseChoice(Mapping, "mapping", options.mapping) }),
    ...(options.ions !== undefined && { ions: ionsOf(options.ions) }),
    ...(options.excitations !== undefined && { excitations: excitationsOf(options.excitations) }),
    ...(options.densityFit && { densityFit: true }),
    ...(options.grid !== undefined && { grid: parseChoice(GridLevel, "grid", options.grid) }),
    ...(options.dispersion !== undefined && {
      dispersion: parseChoice(DispersionName, "dispersion", options.dispersion),
    }),
    ...solventOf(options),
    ...(options.optimize && {
      optimise: {
        frozen: freeze === undefined ? [] : readAtomNumbers(freeze, "--freeze"),
        ...(options.constrain && {
          constraints: options.constrain.map((one) => readConstraint(one, "--constrain")),
        }),
      },
    }),
    ...(options.frequencies && { vibrations: conditionsOf(options) }),
  };
}
