/** Input files for Gaussian 16 (https://gaussian.com/input/). */
import { type FunctionalName, isFunctional } from "#shared/quantum/functionals.ts";
import { atomsOf, type Calculation, expectedLine, shellsOf, statesOf } from "./calculation.ts";

/** r²SCAN it has not. */
const FUNCTIONALS: Readonly<Record<Exclude<FunctionalName, "r2scan">, string>> = {
  ...{ svwn5: "SVWN5", pbe: "PBEPBE", pbe0: "PBE1PBE", b3lyp: "B3LYP", "wb97x-d": "wB97XD" },
};

function route({ request: { method }, reference, space, nFrozen }: Calculation): string {
  const shell = reference === "rohf" ? "RO" : reference.slice(0, 1).toUpperCase();
  const functions = "Gen SCF=(Conver=10) NoSymm Units=AU";
  if (space) return `#P CASSCF(${space.nelec},${space.norb})/${functions}`;
  if (method === "mp2") return `#P ${shell}MP2(${nFrozen > 0 ? "RW" : "Full"})/${functions}`;
  if (!isFunctional(method)) return `#P ${shell}HF/${functions}`;
  return `#P ${shell}${method === "r2scan" ? "" : FUNCTIONALS[method]}/${functions} Integral=SuperFine`;
}

/** A basis set of its own for each element, Cartesian or spherical; MP2 with the window of its orbitals where some are frozen. */
export function gaussianInput(calculation: Calculation): string {
  const { system, request, nFrozen } = calculation;
  const { multiplicity } = request.method === "casscf" ? statesOf(request) : request;
  const shells = shellsOf(system).flatMap(([symbol, own]) => [
    `${symbol} 0`,
    ...own.flatMap(({ l, exponents, coefficients }) => [
      `${"SPDF"[l]} ${exponents.length} 1.00`,
      ...exponents.map((exponent, k) => `${exponent} ${coefficients[k]}`),
    ]),
    "****",
  ]);
  return `${[
    `${route(calculation)} ${system.basis.functions === "pure" ? "5D 7F" : "6D 10F"}`,
    "",
    expectedLine(calculation),
    "",
    `${request.charge} ${multiplicity}`,
    ...atomsOf(system).map(
      ({ symbol, isGhost, position }) => `${symbol}${isGhost ? "-Bq" : ""} ${position.join(" ")}`,
    ),
    "",
    ...shells,
    "",
    ...(request.method === "mp2" && nFrozen > 0 ? [`${nFrozen + 1},0`, ""] : []),
  ].join("\n")}\n`;
}
