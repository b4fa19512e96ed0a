/** Input files for ORCA (doi:10.1002/wcms.1606). */
import { type FunctionalName, isFunctional } from "#shared/quantum/functionals.ts";
import { atomsOf, type Calculation, expectedLine, shellsOf, statesOf } from "./calculation.ts";

/** ωB97X-D it has with other dispersion alone. */
const FUNCTIONALS: Readonly<Record<Exclude<FunctionalName, "wb97x-d">, string>> = {
  ...{ svwn5: "LSD", pbe: "PBE", pbe0: "PBE0", b3lyp: "B3LYP/G", r2scan: "R2SCAN" },
};

function keywords({ request: { method, pt2 }, reference }: Calculation): string {
  const kind = reference.toUpperCase();
  const field = isFunctional(method)
    ? `${kind.replace("HF", "KS")} ${method === "wb97x-d" ? "" : FUNCTIONALS[method]} NoRI NoCOSX DefGrid3`
    : kind;
  const correlated = method === "mp2" ? " MP2" : "";
  const core = method === "mp2" || pt2 ? " NoFrozenCore" : "";
  return `! ${field}${correlated}${core} VeryTightSCF NoAutoStart Bohrs`;
}

function activeLines({ request, space }: Calculation): string[] {
  if (!space) return [];
  const { multiplicity, count } = statesOf(request);
  return [
    "%casscf",
    `  nel ${space.nelec}`,
    `  norb ${space.norb}`,
    `  mult ${multiplicity}`,
    `  nroots ${count}`,
    "  etol 1e-9",
    "  gtol 1e-5",
    ...(request.pt2 ? ["  PTMethod SC_NEVPT2"] : []),
    "end",
  ];
}

/** Exact integrals, all electrons correlated; d and f functions are spherical. */
export function orcaInput(calculation: Calculation): string {
  const { system, request } = calculation;
  const shells = shellsOf(system).flatMap(([symbol, own]) => [
    `  NewGTO ${symbol}`,
    ...own.flatMap(({ l, exponents, coefficients }) => [
      `    ${"SPDF"[l]} ${exponents.length}`,
      ...exponents.map((exponent, k) => `    ${k + 1} ${exponent} ${coefficients[k]}`),
    ]),
    "  end",
  ]);
  return `${[
    `# ${expectedLine(calculation)}`,
    keywords(calculation),
    ...["%basis", ...shells, "end"],
    ...activeLines(calculation),
    `* xyz ${request.charge} ${request.multiplicity}`,
    ...atomsOf(system).map(
      ({ symbol, isGhost, position }) => `${symbol}${isGhost ? ":" : ""} ${position.join(" ")}`,
    ),
    "*",
  ].join("\n")}\n`;
}
