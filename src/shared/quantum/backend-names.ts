/** What follows from the table of backends: their names, and which of them take a setting. */
import { z } from "zod";
import { BACKENDS } from "./backends.ts";

type Declaration = (typeof BACKENDS)[number];
export type MinimiserName = Extract<Declaration, { kind: "minimiser" }>["id"];
export type EstimatorName = Extract<Declaration, { kind: "estimator" }>["id"];

/** Those whose jobs go over the network. */
export type RemoteName = Extract<Declaration, { isRemote: true }>["id"];
/** Those that measure on this machine. */
export type LocalEstimatorName = Exclude<EstimatorName, RemoteName>;

export const BackendName = z.enum(BACKENDS.map(({ id }) => id));
export type BackendName = z.infer<typeof BackendName>;

type UnionToIntersection<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void
  ? I
  : never;
type OwnSettings = UnionToIntersection<Declaration["settings"]["shape"]>;

/** The settings of all backends side by side. */
export const OWN_SETTINGS = Object.assign(
  {},
  ...BACKENDS.map(({ settings }) => settings.shape),
) as OwnSettings;

export const ESTIMATORS: readonly BackendName[] = BACKENDS.filter(({ kind }) => kind === "estimator").map(
  ({ id }) => id,
);

export const isEstimator = (backend: BackendName): backend is EstimatorName => ESTIMATORS.includes(backend);

export const REMOTE_BACKENDS: readonly RemoteName[] = BACKENDS.flatMap((one) =>
  "isRemote" in one ? [one.id] : [],
);

export const isRemote = (backend: BackendName): backend is RemoteName =>
  (REMOTE_BACKENDS as readonly BackendName[]).includes(backend);

export type LocalBackendName = Exclude<BackendName, RemoteName>;

/** Those that need nothing but this machine, as forms offer them. */
export const LOCAL_BACKENDS: readonly { id: LocalBackendName; title: string }[] = BACKENDS.flatMap((one) =>
  "isRemote" in one ? [] : [{ id: one.id, title: one.title }],
);

/** As a sentence names them: "sampler, ionq or ibm". */
export const anyOf = (backends: readonly BackendName[]): string =>
  new Intl.ListFormat("en-GB", { type: "disjunction" }).format(backends);

/** The vendor's own simulator; undefined where it has none. */
export function simulatorOf(backend: RemoteName): string | undefined {
  const found = BACKENDS.find(({ id }) => id === backend);
  return found && "simulator" in found ? found.simulator : undefined;
}

/** The backends that take one of their own settings. */
export const backendsWith = (setting: keyof OwnSettings): BackendName[] =>
  BACKENDS.filter(({ settings }) => setting in settings.shape).map(({ id }) => id);

export const takesSetting = (backend: BackendName, setting: keyof OwnSettings): boolean =>
  backendsWith(setting).includes(backend);
