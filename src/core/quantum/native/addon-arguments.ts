/** What every function of the native core takes, in one table that is read before each call; C++ trusts it. */
import { totalmem } from "node:os";
import { DomainError } from "#shared/errors.ts";
import type { Check } from "./addon-checks.ts";
import type { NativeAddon, NativeHandle } from "./addon-functions.ts";
import type { Nested, Signature, Signatures } from "./addon-signatures.ts";
import { CHEMISTRY_ARGUMENTS, rememberSystem } from "./chemistry-arguments.ts";
import { CI_ARGUMENTS } from "./ci-arguments.ts";
import { CIRCUIT_ARGUMENTS } from "./circuit-arguments.ts";

/** They take nothing. */
const WITHOUT_ARGUMENTS = [
  "buildId",
  "instructionSet",
  "processorTime_ms",
] as const satisfies (keyof NativeAddon)[];

type FunctionName = Exclude<keyof NativeAddon, (typeof WITHOUT_ARGUMENTS)[number]>;

/** Arguments in the order in which they are read: an array behind what its length hangs on. */
const SIGNATURES: Signatures<Pick<NativeAddon, FunctionName>> = {
  ...CHEMISTRY_ARGUMENTS,
  ...CI_ARGUMENTS,
  ...CIRCUIT_ARGUMENTS,
};

type AnyFields = Readonly<Record<string, Check<unknown> | Nested<object, object>>>;
type Values = Record<string, unknown>;

/** Reads each option once into a new object: what was checked is what is computed with. */
function read(fields: AnyFields, options: unknown, place: string, outer: Values = {}): Values {
  const refuse = (argument: string, fault: string): never => {
    throw new DomainError("invalid-input", `Native core, ${place}${argument}: ${fault}.`, { argument });
  };
  if (typeof options !== "object" || options === null) return refuse("options", "expected an object");
  const given: Values = { ...outer };
  const own: Values = {};
  for (const [name, field] of Object.entries(fields)) {
    let value: unknown = (options as Values)[name];
    if (typeof field === "function") {
      const fault = field(value, given);
      if (fault) refuse(name, fault);
    } else if (value !== undefined || !field.isOptional) {
      value = read(field.fields as AnyFields, value, `${place}${name}.`, given);
    }
    if (value === undefined) continue;
    own[name] = value;
    given[name] = value;
  }
  return own;
}

function requireMemory(name: string, bytes: number): void {
  if (bytes <= totalmem()) return;
  const gib = (value: number) => `${(value / 1024 ** 3).toPrecision(3)} GiB`;
  throw new DomainError(
    "not-supported",
    `Native core, ${name}: expected a calculation that fits in the ${gib(totalmem())} of this machine, got one that ` +
      `needs about ${gib(bytes)}.`,
    { bytes },
  );
}

/** Refuses an addon of other sources, as a build folder holds one after a change of branches. */
function requireFunctions(addon: NativeAddon): void {
  const names = [...Object.keys(SIGNATURES), ...WITHOUT_ARGUMENTS] as (keyof NativeAddon)[];
  const absent = names.filter((name) => typeof addon[name] !== "function");
  if (absent.length === 0) return;
  throw new Error(`built from other sources than these: it lacks ${absent.join(", ")}`);
}

/**
 * The addon with every argument checked before a call: types, lengths against each other, ranges of integers and indices,
 * finiteness, electrons against orbitals, memory where sizes multiply. Cost: about a nanosecond a number.
 *
 * Its functions throw DomainError: `invalid-input` naming the argument, what was expected and what came; `not-supported` for
 * what this machine's memory cannot hold.
 *
 * @throws Error for an addon that lacks one of them
 */
export function checkedAddon(addon: NativeAddon): NativeAddon {
  requireFunctions(addon);
  const checked: Record<string, unknown> = { ...addon };
  for (const [name, { fields, bytes }] of Object.entries(SIGNATURES) as unknown as [
    FunctionName,
    Signature<unknown>,
  ][]) {
    const call = addon[name] as (options: unknown) => unknown;
    checked[name] = (options: unknown) => {
      const given = read(fields as AnyFields, options, `${name}, `);
      if (bytes) requireMemory(name, bytes(given));
      const result = call(given);
      if (name === "openSystem" || name === "withElectrons" || name === "withoutSolvent")
        rememberSystem(result as NativeHandle, given as never);
      return result;
    };
  }
  return checked as unknown as NativeAddon;
}
