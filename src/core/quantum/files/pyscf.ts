/** Input files for PySCF (doi:10.1063/5.0006074): Python scripts that print the energy and its difference. */
import { isCoupledCluster } from "#shared/quantum/energy-request.ts";
import { type FunctionalName, isFunctional } from "#shared/quantum/functionals.ts";
import { isSpinScaled, SPIN_SCALINGS } from "#shared/quantum/spin-scaling.ts";
import { sectorOf } from "../ci/spin-states.ts";
import type { ElementShell } from "../molecule/basis.ts";
import { atomsOf, type Calculation, expectedLine, shellsOf, statesOf } from "./calculation.ts";

/** Of ωB97X-D it has no dispersion. */
const FUNCTIONALS: Readonly<Record<Exclude<FunctionalName, "wb97x-d">, string>> = {
  ...{ svwn5: "slater,vwn5", pbe: "pbe,pbe", pbe0: "pbe0", b3lyp: "b3lypg", r2scan: "r2scan" },
};

/** Python's name for the atom: ghosts have functions alone. */
const label = (symbol: string, isGhost: boolean): string => (isGhost ? `ghost-${symbol}` : symbol);

function shellLine({ l, exponents, coefficients }: ElementShell): string {
  const primitives = exponents.map((exponent, k) => `[${exponent}, ${coefficients[k]}]`);
  return `        [${l}, ${primitives.join(", ")}],`;
}

function moleculeLines({ system, request }: Calculation): string[] {
  const atoms = atomsOf(system);
  const basis = shellsOf(system).flatMap(([symbol, shells]) => {
    const own = atoms.filter((atom) => atom.symbol === symbol);
    const labels = new Set(own.map(({ isGhost }) => label(symbol, isGhost)));
    return [...labels].flatMap((name) => [`    "${name}": [`, ...shells.map(shellLine), "    ],"]);
  });
  return [
    "basis = {",
    ...basis,
    "}",
    "atoms = [",
    ...atoms.map(
      ({ symbol, isGhost, position }) => `    ["${label(symbol, isGhost)}", [${position.join(", ")}]],`,
    ),
    "]",
    `mol = gto.M(atom=atoms, unit="Bohr", basis=basis, charge=${request.charge}, spin=${request.multiplicity - 1},`,
    `            cart=${system.basis.functions === "cartesian" ? "True" : "False"})`,
  ];
}

function fieldLines({ request: { method }, reference }: Calculation): string[] {
  const kind = reference.toUpperCase();
  const field = isFunctional(method)
    ? [
        `mf = dft.${kind.replace("HF", "KS")}(mol, xc="${method === "wb97x-d" ? "" : FUNCTIONALS[method]}")`,
        "mf.grids.level = 5",
      ]
    : [`mf = scf.${kind}(mol)`];
  return [
    ...field,
    "mf.conv_tol = 1e-11",
    "mf.kernel()",
    "for _ in range(5):  # down to where no lower solution of its kind lies beside",
    "    orbitals, _, is_stable, _ = mf.stability(return_status=True)",
    "    if is_stable:",
    "        break",
    "    mf.kernel(mf.make_rdm1(orbitals, mf.mo_occ))",
  ];
}

/** States of the active space in the orbitals that the line before left in `orbitals`. */
function stateLines({ request, space }: Calculation): string[] {
  const { multiplicity, count } = statesOf(request);
  // A method with states has a space.
  const { nelec, norb } = space!;
  const sector = sectorOf(nelec, multiplicity).join(", ");
  const s2 = (multiplicity ** 2 - 1) / 4;
  const optimised = [
    "# From these orbitals; the solution that is found may be higher than one from others.",
    `mc = mcscf.CASSCF(mf, ${norb}, (${sector}))`,
    `mc.fix_spin_(ss=${s2})`,
    ...(count > 1 ? [`mc = mc.state_average_([1 / ${count}] * ${count})`] : []),
    "mc.conv_tol, mc.conv_tol_grad = 1e-11, 1e-6",
    "mc.kernel()",
    "orbitals = mc.mo_coeff",
  ];
  return [
    ...(request.method === "casscf" ? optimised : ["orbitals = mf.mo_coeff"]),
    `ci = mcscf.CASCI(mf, ${norb}, (${sector}))`,
    `ci.fix_spin_(ss=${s2})`,
    `ci.fcisolver.nroots = ${count}`,
    "ci.fcisolver.conv_tol = 1e-11",
    "ci.kernel(orbitals)",
    "energies = list(numpy.atleast_1d(ci.e_tot))",
    ...(request.pt2
      ? ["energies = [e + mrpt.NEVPT(ci, root=k).kernel() for k, e in enumerate(energies)]"]
      : []),
    "print(energies)",
    "energy = min(energies)",
  ];
}

function energyLines(calculation: Calculation): string[] {
  const { request, space, nFrozen } = calculation;
  if (request.method === "mp2") return [`energy = mp.MP2(mf, frozen=${nFrozen}).run().e_tot`];
  if (isSpinScaled(request.method)) {
    const { opposite, same } = SPIN_SCALINGS[request.method];
    return [
      `pt = mp.MP2(mf, frozen=${nFrozen}).run()`,
      `energy = mf.e_tot + ${opposite} * pt.e_corr_os + ${same} * pt.e_corr_ss`,
    ];
  }
  if (isCoupledCluster(request.method))
    return [
      `coupled = cc.CCSD(mf, frozen=${nFrozen})`,
      "coupled.conv_tol, coupled.conv_tol_normt, coupled.max_cycle = 1e-10, 1e-8, 200",
      "coupled.kernel()",
      `energy = coupled.e_tot${request.method === "ccsd(t)" ? " + coupled.ccsd_t()" : ""}`,
    ];
  return space ? stateLines(calculation) : ["energy = mf.e_tot"];
}

/** `python FILE` prints the energy; a VQE is compared with the exact energy of its active space. */
export function pyscfInput(calculation: Calculation): string {
  const { energy_hartree: expected } = calculation;
  const difference = expected === null ? "" : `, {energy - (${expected}):.1e} above Ansatz`;
  return `${[
    `# ${expectedLine(calculation)}`,
    "import numpy",
    "from pyscf import cc, dft, gto, mcscf, mp, mrpt, scf",
    "",
    ...moleculeLines(calculation),
    ...fieldLines(calculation),
    ...energyLines(calculation),
    `print(f"{energy:.10f} Hartree${difference}")`,
  ].join("\n")}\n`;
}
