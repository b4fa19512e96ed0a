/** Refuses, before any work, energy requests whose parts contradict each other. */

import { DomainError } from "#shared/errors.ts";
import { massesOf } from "#shared/molecule/isotopes.ts";
import {
  type EnergyRequest,
  isCoupledCluster,
  type Method,
  type OpenShell,
} from "#shared/quantum/energy-request.ts";
import { FUNCTIONALS, isFunctional } from "#shared/quantum/functionals.ts";
import type { DeviceRequest } from "#shared/quantum/qubits.ts";
import { checkDielectric, continuumOf } from "#shared/quantum/solvents.ts";
import {
  type Ansatz,
  ansatzTitle,
  DEFAULT_VQE,
  findVqeProblem,
  PAIRS_AND_CATIONS,
  type VqeSettings,
} from "#shared/quantum/vqe.ts";
import { checkCouplingMap } from "../circuit/coupling-map.ts";
import { couplingMapOf } from "../circuit/device.ts";
import { iterationLimit } from "../native/native.ts";

function checkAtoms(name: string, atoms: readonly number[], count: number): void {
  const wrong = atoms.find((atom) => atom >= count);
  if (wrong === undefined) return;
  throw new DomainError("invalid-input", `${name}: expected atoms from 1 to ${count}, got ${wrong + 1}.`, {
    atom: wrong + 1,
    count,
  });
}

const hasSpinStates = (method: Method): boolean =>
  method === "casci" || method === "casscf" || method === "sci" || method === "vqe";

/** A VQE of states by their spin has a vector of determinants for each, and no circuit of its own. */
function checkVqeStates(
  { spinStates, ions, device, gateSet, openQasm }: EnergyRequest,
  { ansatz, backend }: VqeSettings,
): void {
  const refuse = (expected: string, got: string): never => {
    throw new DomainError("not-supported", `VQE of states by their spin: expected ${expected}, got ${got}.`);
  };
  if (backend !== "exact") refuse("the backend exact", backend);
  if (ions?.length) refuse("no ions", ions.join(" and "));
  if (device || gateSet || openQasm) refuse("no circuit to route, transpile or write", "one");
  if (ansatz === "lucj" || ansatz === "hardware-efficient")
    refuse("the ansatz k-upccgsd, uccsd, puccd, adapt or qubit-adapt", ansatzTitle(ansatz));
  const isSeveral = spinStates?.some(({ count }) => count > 1);
  if (isSeveral && ansatz !== "k-upccgsd" && ansatz !== "uccsd")
    refuse("the ansatz k-upccgsd or uccsd for more than the lowest of a spin", ansatzTitle(ansatz));
}

function checkStates(
  { states = 1, spinStates, pt2, method, anySpin }: EnergyRequest,
  { ansatz, backend }: VqeSettings,
): void {
  if (anySpin && method !== "casci")
    throw new DomainError("not-supported", `States of any spin: expected the method casci, got ${method}.`);
  if (spinStates && !hasSpinStates(method))
    throw new DomainError(
      "not-supported",
      `States by their spin: expected the method casci, casscf, sci or vqe, got ${method}. Ask for a number of states, or for casci.`,
    );
  if (pt2 && !(spinStates && (method === "casci" || method === "vqe")) && method !== "casscf")
    throw new DomainError("invalid-input", `${pt2}: expected states by their spin to add it to, got none.`);
  if (spinStates && anySpin)
    throw new DomainError(
      "invalid-input",
      "States: expected those of each spin named or those of any, got both.",
    );
  if (states === 1) return;
  const refuse = (expected: string, got: string): never => {
    throw new DomainError("not-supported", `${states} states: expected ${expected}, got ${got}.`, { states });
  };
  if (!hasSpinStates(method) && method !== "fci" && method !== "vqe")
    refuse("the method casci, casscf, fci, sci or vqe", method);
  if (method === "vqe" && ansatz !== "k-upccgsd" && ansatz !== "uccsd")
    refuse("the ansatz k-upccgsd or uccsd", ansatzTitle(ansatz));
  if (method === "vqe" && backend !== "exact") refuse("the backend exact", backend);
}

/** @throws DomainError `not-supported` for what orbitals are not optimised with */
function checkSolver(request: EnergyRequest, { ansatz, backend }: VqeSettings): void {
  if (request.solver !== "vqe") return;
  const refuse = (expected: string, got: string): never => {
    throw new DomainError("not-supported", `Orbitals optimised with VQE: expected ${expected}, got ${got}.`);
  };
  const { method, spinStates, states = 1 } = request;
  const count = spinStates?.reduce((sum, one) => sum + one.count, 0) ?? states;
  if (method !== "casscf") refuse("the method casscf", method);
  if (count > 1) refuse("one state", `${count}`);
  if (backend !== "exact") refuse("the backend exact", backend);
  if (ansatz !== "k-upccgsd" && ansatz !== "uccsd")
    refuse("the ansatz k-upccgsd or uccsd", ansatzTitle(ansatz));
}

/** @throws DomainError `not-supported` for what CASSCF has no gradient of */
function checkCasscfGradient(request: EnergyRequest): void {
  if (request.method !== "casscf") return;
  const refuse = (expected: string, got: string): never => {
    throw new DomainError("not-supported", `An optimisation by CASSCF: expected ${expected}, got ${got}.`);
  };
  if (request.vibrations)
    throw new DomainError(
      "not-supported",
      "Vibrations: expected a field, or a method on one, got casscf, of whose energy there are none. Ask the field for them, such as --method uhf.",
    );
  if (!request.optimise) return;
  const { spinStates, states = 1 } = request;
  const count = spinStates?.reduce((sum, one) => sum + one.count, 0) ?? states;
  if (count > 1) refuse("one state, whose orbitals are its own", `the mean of ${count}`);
  if (request.dispersion) refuse("no dispersion", request.dispersion);
  if (request.solvent) refuse("no solvent", "one");
}

/** Refuses a device that cannot hold a circuit of `norb` orbitals; 0 where their number is not yet known. */
export const checkDevice = (device: DeviceRequest, norb: number): void =>
  checkCouplingMap(couplingMapOf(device, norb), 2 * norb);

/** Orbitals of an active space as far as its rule tells them before any work. */
const knownOrbitals = (space: EnergyRequest["activeSpace"]): number => {
  if (space === null) return 0;
  return "norb" in space ? space.norb : space.rule === "orbitals" ? space.orbitals.length : 0;
};

function checkQubits({
  device,
  gateSet,
  mapping,
  ions,
  method,
  multiplicity,
  activeSpace,
  ansatz,
}: EnergyRequest): void {
  const hasSpace = method === "casci" || method === "vqe";
  const refuse = (what: string, expected: string, got: string | number): never => {
    throw new DomainError("not-supported", `${what}: expected ${expected}, got ${got}.`);
  };
  if (device && method !== "vqe") refuse("A device runs the circuit of a VQE", "the method vqe", method);
  if (gateSet && method !== "vqe") refuse("Gates are of the circuit of a VQE", "the method vqe", method);
  if (mapping && !hasSpace) refuse("A mapping is of an active space", "the method casci or vqe", method);
  if (device) checkDevice(device, knownOrbitals(activeSpace));
  if (!ions?.length) return;
  if (!hasSpace) refuse("Ions in the same orbitals", "the method casci or vqe", method);
  if (multiplicity !== 1) refuse("Ions of a closed shell", "multiplicity 1", multiplicity);
  if (method === "vqe") refusePairsForCations(ansatz);
}

/** Methods that correlate the electrons of a Hamiltonian in orbitals. */
const CORRELATES: readonly Method[] = ["casci", "fci", "sci", "vqe"];

/** @throws DomainError `not-supported` for what density functionals do not have here */
function checkFunctional({ method, grid, densityFit }: EnergyRequest): void {
  if (!isFunctional(method)) {
    if (grid)
      throw new DomainError(
        "invalid-input",
        `A grid (${grid}) is of a density functional: expected one as the method, got ${method}.`,
      );
    return;
  }
  const { title } = FUNCTIONALS[method];
  if (densityFit)
    throw new DomainError("not-supported", `${title}: expected exact integrals, got density fitting.`);
}

/** @throws DomainError `not-supported` for what coupled cluster does not have here */
function checkCoupledCluster({ method, densityFit }: EnergyRequest): void {
  if (!isCoupledCluster(method) || !densityFit) return;
  throw new DomainError(
    "not-supported",
    `${method.toUpperCase()}: expected exact integrals, got density fitting. Leave it out.`,
  );
}

/** @throws DomainError for a permittivity of no solvent, and `not-supported` for what fields in a solvent do not have here */
function checkSolvent({ solvent, ions }: EnergyRequest): void {
  if (!solvent) return;
  checkDielectric(continuumOf(solvent).dielectric);
  if (ions?.length)
    throw new DomainError(
      "not-supported",
      "Solvent: expected no ions in the molecule's orbitals, since its solvent would not answer their charge. " +
        "Compute each ion by itself, with its own charge.",
    );
}

/** @throws DomainError `not-supported` for what single excitations do not have here */
function checkExcitations({ excitations, method, multiplicity, solvent, densityFit }: EnergyRequest): void {
  if (!excitations) return;
  const refuse = (expected: string, got: string | number): never => {
    throw new DomainError("not-supported", `Excitations: expected ${expected}, got ${got}.`);
  };
  if (method !== "rhf" && !isFunctional(method)) refuse("the method rhf or a density functional", method);
  if (multiplicity !== 1) refuse("a closed shell, multiplicity 1", multiplicity);
  if (solvent) refuse("the gas phase, since a solvent follows an excitation only in part", "a solvent");
  if (densityFit) refuse("exact integrals", "density fitting");
  const wrong = excitations.find((one) => one.multiplicity !== 1 && one.multiplicity !== 3);
  if (wrong) refuse("singlets and triplets", `multiplicity ${wrong.multiplicity}`);
}

/** A doublet, and the quartet with one more pair parted; a triplet. */
const MULTIPLICITIES_OF: Readonly<Record<OpenShell, readonly number[]>> = {
  hole: [2, 4],
  electron: [2, 4],
  pair: [3],
};

/** @throws DomainError `not-supported` for another spin, or a method whose field is not UHF */
function checkOpenShell({ openShell, multiplicity, method, optimise, densityFit }: EnergyRequest): void {
  if (!openShell) return;
  const refuse = (expected: string, got: string | number): never => {
    throw new DomainError(
      "not-supported",
      `An open shell from a closed one (${openShell}): expected ${expected}, got ${got}.`,
    );
  };
  const expected = MULTIPLICITIES_OF[openShell];
  if (!expected.includes(multiplicity)) refuse(`multiplicity ${expected.join(" or ")}`, multiplicity);
  if (method !== "mp2" && method !== "uhf") refuse("the method mp2 or uhf", method);
  if (densityFit) refuse("exact integrals", "density fitting");
  if (optimise) refuse("no optimisation", "one");
}

/** @throws DomainError `invalid-input` for constraints of atoms that are none, of values that none can have, or beside what holds the molecule otherwise */
function checkConstraints({ geometry, optimise, pointCharges, vibrations }: EnergyRequest): void {
  const constraints = optimise?.constraints ?? [];
  if (constraints.length === 0) return;
  const refuse = (expected: string, got: string): never => {
    throw new DomainError("invalid-input", `Constraints: expected ${expected}, got ${got}.`);
  };
  for (const { kind, atoms, value } of constraints) {
    checkAtoms("Constrained atoms", atoms, geometry.symbols.length);
    if (value === undefined) continue;
    if (kind === "distance" && !(value >= 0.3 && value <= 100))
      refuse("a distance from 0.3 to 100 Å", `${value}`);
    if (kind === "angle" && !(value >= 5 && value <= 175)) refuse("an angle from 5° to 175°", `${value}`);
    if (kind === "dihedral" && !(Math.abs(value) <= 360)) refuse("a dihedral from -360° to 360°", `${value}`);
  }
  if (optimise?.frozen.length) refuse("no frozen atoms beside them", `${optimise.frozen.length}`);
  if (pointCharges) refuse("no point charges beside them", `${pointCharges.charges.length}`);
  if (vibrations) refuse("no vibrations, which are of a molecule that is free", "both");
}

/** Those of a request, and the usual ones of what it leaves open. */
export const vqeSettings = (request: EnergyRequest): VqeSettings => ({
  ansatz: request.ansatz,
  layers: request.layers ?? DEFAULT_VQE.layers,
  starts: request.starts ?? DEFAULT_VQE.starts,
  backend: request.backend ?? DEFAULT_VQE.backend,
  sampling: request.sampling ?? DEFAULT_VQE.sampling,
  seed: request.seed ?? DEFAULT_VQE.seed,
});

/**
 * Checks what a schema cannot: settings that contradict each other or the molecule.
 *
 * @throws DomainError `invalid-input` or `not-supported` that names what was expected
 */
export function checkRequest(request: EnergyRequest, settings: VqeSettings): void {
  iterationLimit(request.maxIterations);
  const atoms = request.geometry.symbols.length;
  checkAtoms("Ghosts", request.ghosts ?? [], atoms);
  checkAtoms("Frozen atoms", request.optimise?.frozen ?? [], atoms);
  if (request.optimise && request.ghosts?.length)
    throw new DomainError(
      "invalid-input",
      "Ghost atoms have their place from the complex: expected no ghosts in an optimisation, got " +
        `${request.ghosts.length}. Optimise the complex first.`,
    );
  if (request.optimise && request.densityFit)
    throw new DomainError(
      "invalid-input",
      "Gradients need exact integrals: expected an optimisation without density fitting, got both. Optimise first, " +
        "then fit at the final geometry.",
    );
  checkConstraints(request);
  if (request.vibrations && request.optimise && request.optimise.frozen.length > 0)
    throw new DomainError(
      "invalid-input",
      "Vibrations are of a molecule whose atoms are all free: expected no frozen atoms beside them, got " +
        `${request.optimise.frozen.length}. Leave out one of both.`,
    );
  if (request.vibrations && (request.ghosts?.length || request.densityFit || request.pointCharges))
    throw new DomainError(
      "invalid-input",
      "Vibrations are of a free molecule with exact integrals: expected no ghosts, external charges or density fitting.",
    );
  const isotopes = request.vibrations?.isotopes ?? [];
  checkAtoms(
    "Isotopes",
    isotopes.map(({ atom }) => atom),
    atoms,
  );
  if (isotopes.length > 0) massesOf(request.geometry, isotopes);
  if (request.fcidump && !CORRELATES.includes(request.method))
    throw new DomainError(
      "invalid-input",
      `An FCIDUMP file holds a Hamiltonian that is correlated: expected the method ${CORRELATES.join(", ")}, got ${request.method}.`,
    );
  if (request.frozenCore && request.activeSpace && request.method === "sci")
    throw new DomainError(
      "invalid-input",
      "Selected CI: expected an active space or a frozen core, got both. The space says which orbitals are correlated: leave the other out.",
    );
  checkFunctional(request);
  checkCoupledCluster(request);
  checkSolvent(request);
  checkExcitations(request);
  checkOpenShell(request);
  checkStates(request, settings);
  checkSolver(request, settings);
  checkCasscfGradient(request);
  if (request.method === "vqe" && request.spinStates) checkVqeStates(request, settings);
  checkQubits(request);
  if (request.method !== "vqe") return;
  const problem = findVqeProblem(settings);
  if (problem) throw new DomainError("invalid-input", problem.message, { path: problem.path });
  if (settings.ansatz === "puccd" && request.multiplicity !== 1)
    throw new DomainError(
      "not-supported",
      `pUCCD moves electron pairs only: expected multiplicity 1, got ${request.multiplicity}. Take uccsd or k-upccgsd.`,
    );
}

/** @throws DomainError `not-supported` for pUCCD: a cation has an unpaired electron */
function refusePairsForCations(ansatz: Ansatz): void {
  if (ansatz === "puccd") throw new DomainError("not-supported", PAIRS_AND_CATIONS);
}
