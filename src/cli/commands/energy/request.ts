/** From flags to an energy request; flags that contradict each other are refused. */
import { basename } from "node:path";
import { readActiveSpace } from "#shared/active-space-text.ts";
import { DomainError } from "#shared/errors.ts";
import { type EnergyRequest, Method } from "#shared/evaluation.ts";
import type { Geometry } from "#shared/molecule.ts";
import {
  Ansatz,
  BackendName,
  DEFAULT_VQE,
  findVqeProblem,
  isLayered,
  Mitigation,
  NoiseSettings,
  type SamplingSettings,
} from "#shared/vqe.ts";
import { readTextFile } from "../../files.ts";
import type { EnergyOptions } from "./options.ts";

function oneOf<T extends string>(choices: { options: readonly T[] }, name: string, value: string): T {
  const found = choices.options.find((choice) => choice === value.trim().toLowerCase());
  if (found === undefined) {
    throw new DomainError(
      "invalid-input",
      `--${name}: expected ${choices.options.join(", ")}, got "${value}".`,
    );
  }
  return found;
}

/** Reads "3,4" into atoms from 0. */
function atomsOf(name: string, text: string): number[] {
  return text.split(",").map((part) => {
    const atom = Number(part);
    if (/^\s*\d+\s*$/.test(part) && atom >= 1) return atom - 1;
    throw new DomainError(
      "invalid-input",
      `--${name}: expected numbers of atoms, the first is 1, e.g. "3,4"; got "${text}".`,
    );
  });
}

/** Ghosts of the flag and of the file together. */
export function ghostsOf(
  flag: string | undefined,
  { geometry, ghosts }: { geometry: Geometry; ghosts: readonly number[] },
): number[] {
  const all = new Set([...ghosts, ...(flag === undefined ? [] : atomsOf("ghost", flag))]);
  if (all.size < geometry.symbols.length) return [...all].sort((a, b) => a - b);
  throw new DomainError("invalid-input", "Ghosts: expected at least one true atom, got ghosts only.");
}

/** Reads "depolarizing2=1e-3,readout01=0.02". */
function readNoise(text: string): NoiseSettings {
  const pairs = text.split(",").map((part) => part.split("=").map((word) => word.trim()));
  const read = Object.fromEntries(
    pairs.map(([name = "", value = ""]) => [name, value === "" ? Number.NaN : Number(value)]),
  );
  const parsed = NoiseSettings.safeParse(read);
  if (parsed.success) return parsed.data;
  const names = Object.keys(NoiseSettings.shape).join(", ");
  throw new DomainError(
    "invalid-input",
    `--noise: expected name=probability with names ${names} and probabilities from 0 to 0.5, got "${text}".`,
  );
}

function samplingOf({ shots, statedError, noise, mitigation }: EnergyOptions): SamplingSettings {
  return {
    shots: shots ?? null,
    statedError_hartree: statedError ?? DEFAULT_VQE.sampling.statedError_hartree,
    noise: noise === undefined ? DEFAULT_VQE.sampling.noise : readNoise(noise),
    mitigation:
      mitigation === undefined
        ? []
        : mitigation.split(",").map((one) => oneOf(Mitigation, "mitigation", one)),
  };
}

/** Flags with what they need, for those that were given without it. */
function checkCombinations(options: EnergyOptions, { method, ansatz, backend }: Chosen): void {
  const { shots, statedError } = options;
  const given = (name: keyof EnergyOptions): boolean => options[name] !== undefined;
  const rules: [flag: string, isGiven: boolean, fits: boolean, expected: string][] = [
    ["--shots", given("shots"), backend === "sampler", "--backend sampler"],
    ["--stated-error", given("statedError"), backend === "sampler", "--backend sampler"],
    ["--noise", given("noise"), backend === "sampler", "--backend sampler"],
    ["--mitigation", given("mitigation"), given("noise"), "--noise"],
    ["--backend", given("backend"), method === "vqe", "--method vqe"],
    ["--layers", given("layers"), isLayered(ansatz), "--ansatz k-upccgsd, lucj or hardware-efficient"],
    [
      "--starts",
      given("starts"),
      isLayered(ansatz) || (options.states ?? 1) > 1,
      "an ansatz with layers, or --states",
    ],
    ["--frozen-core", given("frozenCore"), method === "mp2" || method === "fci", "--method mp2 or fci"],
    ["--cartesian", given("cartesian"), given("basisFile"), "--basis-file"],
    ["--freeze", given("freeze"), given("optimize"), "--optimize"],
  ];
  const broken = rules.find(([, isGiven, fits]) => isGiven && !fits);
  if (broken)
    throw new DomainError(
      "invalid-input",
      `${broken[0]} goes with ${broken[3]}, got --method ${method}, --ansatz ${ansatz}, --backend ${backend}: ` +
        `add ${broken[3]} or leave ${broken[0]} out.`,
    );
  if (given("basis") && given("basisFile"))
    throw new DomainError("invalid-input", "--basis and --basis-file: expected one of them, got both.");
  if (shots !== undefined && statedError !== undefined)
    throw new DomainError(
      "invalid-input",
      "--shots and --stated-error: expected one of them, got both; the one follows from the other.",
    );
}

interface Chosen {
  method: Method;
  ansatz: Ansatz;
  backend: BackendName;
}

/** Remarks on flags that the method does not look at. */
export function unusedOptions({ method, ansatz, activeSpace }: EnergyOptions): string[] {
  const asked = method.toLowerCase();
  return [
    ansatz !== undefined && asked !== "vqe" && `--ansatz plays no part in --method ${asked}.`,
    activeSpace !== undefined &&
      asked !== "vqe" &&
      asked !== "casci" &&
      `--active-space plays no part in --method ${asked}.`,
  ].filter((remark) => remark !== false);
}

function basisOf({ basis, basisFile, cartesian }: EnergyOptions): Pick<EnergyRequest, "basis" | "ownBasis"> {
  if (basisFile === undefined) return { basis: (basis ?? "sto-3g").toLowerCase() };
  const functions = cartesian ? "cartesian" : "pure";
  return { basis: basename(basisFile), ownBasis: { text: readTextFile(basisFile), functions } };
}

/** Landscapes of random starts are flat: a minimisation takes hundreds of steps there, and a dozen elsewhere. */
const iterationsOf = (ansatz: Ansatz): number => (isLayered(ansatz) ? 1000 : 200);

/**
 * The request that the flags make of a molecule, ghosts left out.
 *
 * @throws DomainError `invalid-input` that names the flag, what was expected and what came
 */
export function requestOf(
  options: EnergyOptions,
  { geometry, formalCharge }: { geometry: Geometry; formalCharge: number },
): EnergyRequest {
  const method = oneOf(Method, "method", options.method);
  const ansatz = oneOf(Ansatz, "ansatz", options.ansatz ?? DEFAULT_VQE.ansatz);
  const backend = oneOf(BackendName, "backend", options.backend ?? DEFAULT_VQE.backend);
  checkCombinations(options, { method, ansatz, backend });
  const sampling = samplingOf(options);
  const problem = findVqeProblem({ backend, sampling });
  if (problem) throw new DomainError("invalid-input", problem.message);
  const { layers, starts, states, frozenCore, freeze } = options;
  return {
    geometry,
    charge: options.charge ?? formalCharge,
    multiplicity: options.multiplicity,
    ...basisOf(options),
    method,
    activeSpace: options.activeSpace === undefined ? null : readActiveSpace(options.activeSpace),
    ...{
      ansatz,
      backend,
      sampling,
      seed: options.seed,
      maxIterations: options.maxIterations ?? iterationsOf(ansatz),
    },
    ...(layers !== undefined && { layers }),
    ...(starts !== undefined && { starts }),
    ...(states !== undefined && { states }),
    ...(frozenCore !== undefined && { frozenCore }),
    ...(options.densityFit && { densityFit: true }),
    ...(options.optimize && { optimise: { frozen: freeze === undefined ? [] : atomsOf("freeze", freeze) } }),
  };
}
