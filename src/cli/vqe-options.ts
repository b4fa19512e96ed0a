/** Flags that say how a VQE is run, for every command that runs one. */
import type { Command } from "commander";
import { DomainError } from "#shared/errors.ts";
import {
  anyOf,
  BackendName,
  backendsWith,
  ESTIMATORS,
  isEstimator,
  isRemote,
  REMOTE_BACKENDS,
  takesSetting,
} from "#shared/quantum/backend-names.ts";
import { DeviceName } from "#shared/quantum/devices.ts";
import { MAX_ITERATIONS } from "#shared/quantum/energy-request.ts";
import { Precision, readNoise } from "#shared/quantum/noise.ts";
import { iterationsOf } from "#shared/quantum/request-defaults.ts";
import {
  Ansatz,
  DEFAULT_VQE,
  findVqeProblem,
  isLayered,
  MAX_SHOTS,
  Mitigation,
  type SamplingSettings,
  type VqeSettings,
} from "#shared/quantum/vqe.ts";
import { integerOption, numberOption } from "./host.ts";

/** As written on the command line; what is undefined was not given. */
export interface VqeFlags {
  ansatz?: string;
  layers?: number;
  starts?: number;
  backend?: string;
  shots?: number;
  statedError?: number;
  noise?: string;
  mitigation?: string;
  precision?: string;
  qpu?: string;
  deadline?: number;
  sqd?: number;
  sqdOnly?: boolean;
  maxIterations?: number;
}

/** All of them. */
export const VQE_FLAGS = [
  "ansatz",
  "layers",
  "starts",
  "backend",
  "shots",
  "statedError",
  "noise",
  "mitigation",
  "precision",
  "qpu",
  "deadline",
  "sqd",
  "sqdOnly",
  "maxIterations",
] as const satisfies readonly (keyof VqeFlags)[];

export const choices = ({ options }: { options: readonly string[] }): string => options.join(" | ");

export function addAnsatzOptions(command: Command): Command {
  const { ansatz, layers, starts } = DEFAULT_VQE;
  return command
    .option("--ansatz <name>", `${choices(Ansatz)} (default: ${ansatz})`)
    .option(
      "--layers <n>",
      `repetitions in k-upccgsd, lucj and hardware-efficient (default: ${layers})`,
      integerOption("layers", 1, 20),
    )
    .option(
      "--starts <n>",
      `random starts of ansätze with layers and of excited states (default: ${starts})`,
      integerOption("starts", 1, 1000),
    )
    .option(
      "--max-iterations <n>",
      "limit of VQE iterations (default: 200, ansätze with layers 1000)",
      integerOption("max-iterations", 1, MAX_ITERATIONS),
    );
}

export function addBackendOptions(command: Command): Command {
  const { backend, sampling } = DEFAULT_VQE;
  const estimator = anyOf(ESTIMATORS);
  return command
    .option("--backend <name>", `${choices(BackendName)} (default: ${backend})`)
    .option(
      "--shots <n>",
      `total number of shots of the ${estimator}`,
      integerOption("shots", 1000, MAX_SHOTS),
    )
    .option(
      "--stated-error <Eh>",
      `standard error that the shots of the ${estimator} are planned for (default: ${sampling.statedError_hartree})`,
      numberOption("stated-error", 1e-5, 1),
    )
    .option(
      "--noise <list>",
      `error probabilities of the ${anyOf(backendsWith("noise"))}, e.g. "depolarizing1=1e-4,depolarizing2=1e-3,amplitudeDamping=1e-4,readout01=0.01,readout10=0.02"`,
    )
    .option("--mitigation <list>", `mitigation of the ${estimator}'s noise: ${choices(Mitigation)}`)
    .option(
      "--precision <name>",
      `precision of the states that the ${anyOf(backendsWith("precision"))} simulates: ${choices(Precision)} (default: double)`,
    )
    .option(
      "--qpu <device>",
      `the vendor's name of the device of ${anyOf(REMOTE_BACKENDS)} (default: its simulator, where it has one)`,
    )
    .option(
      "--deadline <s>",
      `seconds after which a job of ${anyOf(REMOTE_BACKENDS)} is cancelled and the local sampler does it (default: 86400)`,
      integerOption("deadline", 1, 30 * 86_400),
    )
    .option(
      "--sqd <strings>",
      `also diagonalise among the determinants of the most frequent strings, so many of each spin, in the ${estimator}'s shots`,
      integerOption("sqd", 1, 10_000),
    )
    .option(
      "--sqd-only",
      "measure nothing else: one circuit, where an energy takes one for each setting; VQE then has its exact energy",
    );
}

/** @throws DomainError `invalid-input` with the choices */
export function parseChoice<T extends string>(
  choice: { options: readonly T[] },
  name: string,
  value: string,
): T {
  const found = choice.options.find((one) => one === value.trim().toLowerCase());
  if (found === undefined) {
    throw new DomainError(
      "invalid-input",
      `--${name}: expected ${choice.options.join(", ")}, got "${value}".`,
    );
  }
  return found;
}

/** @throws DomainError `invalid-input` */
export function readDeviceName(text: string): string {
  const { data } = DeviceName.safeParse(text);
  if (data !== undefined) return data;
  throw new DomainError(
    "invalid-input",
    `--qpu: expected the vendor's name of a device, such as qpu.forte-1, got "${text}".`,
  );
}

function samplingOf({
  shots,
  statedError,
  noise,
  mitigation,
  sqd,
  sqdOnly,
  precision,
  qpu,
  deadline,
}: VqeFlags): SamplingSettings {
  return {
    shots: shots ?? null,
    statedError_hartree: statedError ?? DEFAULT_VQE.sampling.statedError_hartree,
    noise: noise === undefined ? DEFAULT_VQE.sampling.noise : readNoise(noise, "--noise"),
    mitigation:
      mitigation === undefined
        ? []
        : mitigation.split(",").map((one) => parseChoice(Mitigation, "mitigation", one)),
    sqdStrings: sqd ?? null,
    ...(precision !== undefined && { precision: parseChoice(Precision, "precision", precision) }),
    ...(qpu !== undefined && { qpu: readDeviceName(qpu) }),
    ...(deadline !== undefined && { deadline_s: deadline }),
    ...(sqdOnly && { sqdOnly: true as const }),
  };
}

/** A flag, whether it was given, whether it fits, what it goes with, and a sentence on what does without it. */
type FlagRule = readonly [flag: string, isGiven: boolean, fits: boolean, expected: string, instead?: string];

/** @throws DomainError `invalid-input` for the first flag that was given and does not fit */
export function checkFlags(rules: readonly FlagRule[], got: string): void {
  const broken = rules.find(([, isGiven, fits]) => isGiven && !fits);
  if (!broken) return;
  const [flag, , , expected, instead] = broken;
  throw new DomainError(
    "invalid-input",
    `${flag} goes with ${expected}, got ${got}: add ${expected} or leave ${flag} out.${instead === undefined ? "" : ` ${instead}`}`,
  );
}

/**
 * The VQE that the flags ask for; `states` above 1 start from random parameters too.
 *
 * @throws DomainError `invalid-input` that names the flag, what was expected and what came
 */
export function vqeFromFlags(
  options: VqeFlags,
  states = 1,
): Omit<VqeSettings, "seed"> & { maxIterations: number } {
  const ansatz = parseChoice(Ansatz, "ansatz", options.ansatz ?? DEFAULT_VQE.ansatz);
  const backend = parseChoice(BackendName, "backend", options.backend ?? DEFAULT_VQE.backend);
  const given = (name: keyof VqeFlags): boolean => options[name] !== undefined;
  const flag = (backends: readonly BackendName[]) => `--backend ${anyOf(backends)}`;
  const measures = isEstimator(backend);
  const takesNoise = takesSetting(backend, "noise");
  checkFlags(
    [
      ["--shots", given("shots"), measures, flag(ESTIMATORS)],
      ["--stated-error", given("statedError"), measures, flag(ESTIMATORS)],
      ["--noise", given("noise"), takesNoise, flag(backendsWith("noise"))],
      [
        "--precision",
        given("precision"),
        takesSetting(backend, "precision"),
        flag(backendsWith("precision")),
      ],
      ["--qpu", given("qpu"), isRemote(backend), flag(REMOTE_BACKENDS)],
      ["--deadline", given("deadline"), isRemote(backend), flag(REMOTE_BACKENDS)],
      ["--sqd", given("sqd"), measures, flag(ESTIMATORS)],
      ["--sqd-only", given("sqdOnly"), given("sqd"), "--sqd"],
      ["--mitigation", given("mitigation"), given("noise") || (measures && !takesNoise), "--noise"],
      ["--layers", given("layers"), isLayered(ansatz), "--ansatz k-upccgsd, lucj or hardware-efficient"],
      ["--starts", given("starts"), isLayered(ansatz) || states > 1, "an ansatz with layers, or --states"],
    ],
    `--ansatz ${ansatz}, --backend ${backend}`,
  );
  if (given("shots") && given("statedError"))
    throw new DomainError(
      "invalid-input",
      "--shots and --stated-error: expected one of them, got both; the one follows from the other.",
    );
  const sampling = samplingOf(options);
  const problem = findVqeProblem({ backend, sampling });
  if (problem) throw new DomainError("invalid-input", problem.message);
  const { layers = DEFAULT_VQE.layers, starts = DEFAULT_VQE.starts } = options;
  return {
    ansatz,
    layers,
    starts,
    backend,
    sampling,
    maxIterations: options.maxIterations ?? iterationsOf(ansatz),
  };
}
