/** `ansatz qpu enable | disable | backends | key`. */
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import type { Devices } from "#core/engine-interface.ts";
import { DomainError } from "#shared/errors.ts";
import { REMOTE_BACKENDS, type RemoteName } from "#shared/quantum/backend-names.ts";
import {
  BRAKET_REGIONS,
  BraketSettings,
  DeviceAccess,
  type DeviceLimits,
  IBM_PROGRAMS,
  IbmSettings,
} from "#shared/quantum/devices.ts";
import {
  addressIn,
  BASE_URLS,
  limitsFrom,
  S3_URL,
  TOKEN_URL,
  WHAT_LEAVES,
} from "#shared/quantum/provider-places.ts";
import { keyFileVariable, keyVariable, PASSPHRASE_VARIABLE, takePassphrase } from "../../device-secrets.ts";
import { checkTarget, writeTextFile } from "../../files.ts";
import { numberOption, signalOfProcess } from "../../host.ts";
import { formatTable, print, printJson, remark } from "../../output.ts";
import { readDeviceName } from "../../vqe-options.ts";
import { type NotebookFlags, subcommand } from "../notebook/command.ts";
import { lookIntoBooks, openBooks, providerOf } from "./provider.ts";

interface EnableFlags extends NotebookFlags {
  jobLimit: number;
  campaignLimit?: number;
  dayLimit?: number;
  accountLimit?: number;
  baseUrl?: string;
  instance?: string;
  tokenUrl?: string;
  program?: string;
  private?: boolean;
  region?: string;
  bucket?: string;
  s3Url?: string;
}

const limit = (name: string) => numberOption(name, 0, 1e6);

export function addAccessCommands(qpu: Command): void {
  subcommand(qpu, "enable <provider>", "say yes to a provider, with hard limits: before, nothing is sent")
    .requiredOption(
      "--job-limit <USD>",
      "of one job: all circuits that are measured together",
      limit("job-limit"),
    )
    .option(
      "--campaign-limit <USD>",
      "of a campaign or calculation (default: ten jobs, or the limit of a day)",
      limit("campaign-limit"),
    )
    .option("--day-limit <USD>", "of a day, UTC (default: that of a campaign)", limit("day-limit"))
    .option(
      "--account-limit <USD>",
      "of all jobs of this notebook (default: ten days)",
      limit("account-limit"),
    )
    .option("--base-url <url>", "where its interface is, e.g. of `ansatz qpu simulate-provider`")
    .option("--instance <CRN>", "ibm: the resource name of the instance that pays")
    .option("--token-url <url>", `ibm: where the key is exchanged for a token (default: ${TOKEN_URL})`)
    .option("--program <name>", `ibm: the form of jobs: ${IBM_PROGRAMS.join(" or ")} (default: executor)`)
    .option(
      "--private",
      "ibm: have circuits deleted when jobs end, and results once they were read: a reading that is cut off is lost",
    )
    .option("--region <name>", `braket: ${BRAKET_REGIONS.join(", ")}; a device is in one of them`)
    .option("--bucket <name>", "braket: a bucket of yours in that region, for results")
    .option("--s3-url <url>", `braket: where the bucket is read (default: ${S3_URL})`)
    .addHelpText(
      "after",
      `\nThe key is read from ${REMOTE_BACKENDS.map(keyVariable).join(", ")}, or from the file that ${REMOTE_BACKENDS.map(keyFileVariable).join(", ")} names, which \`ansatz qpu key\` writes.\n`,
    )
    .action(runEnable);
  subcommand(qpu, "disable <provider>", "send nothing more").action(runDisable);
  subcommand(qpu, "backends", "providers, whether they are enabled, prices and limits")
    .option("--ask <device>", "also ask each enabled provider how a device is, such as qpu.forte-1")
    .action(runBackends);
  qpu
    .command("key <provider>")
    .description(
      `lock a key, read from standard input, into a file under the passphrase in ${PASSPHRASE_VARIABLE}`,
    )
    .requiredOption("--out <file>", "the file")
    .action(runKey);
}

const limitsOf = ({ jobLimit, campaignLimit, dayLimit, accountLimit }: EnableFlags): DeviceLimits =>
  limitsFrom({
    job_usd: jobLimit,
    campaign_usd: campaignLimit,
    day_usd: dayLimit,
    account_usd: accountLimit,
  });

const limitWords = ({ job_usd, campaign_usd, day_usd, account_usd }: DeviceLimits): string =>
  `${job_usd} USD a job, ${campaign_usd} a campaign or calculation, ${day_usd} a day, ${account_usd} in all`;

type OwnSettings = Pick<DeviceAccess, "ibm" | "braket">;

/** The flags that are one provider's own, as its settings name them. */
const OWN_FLAGS = {
  ibm: { instance: "--instance", tokenUrl: "--token-url", program: "--program", isPrivate: "--private" },
  braket: { region: "--region", bucket: "--bucket", s3Url: "--s3-url" },
} as const;

/** What each provider's own flags say, with what is left out. */
const own = {
  ibm: ({ instance, tokenUrl = TOKEN_URL, program = "executor", private: isPrivate = false }: EnableFlags) =>
    IbmSettings.safeParse({ instance, tokenUrl: addressIn(tokenUrl), program, isPrivate }),
  braket: ({ region = "", bucket, s3Url = S3_URL }: EnableFlags) =>
    BraketSettings.safeParse({ region, bucket, s3Url: addressIn(s3Url, region) }),
};

/** What the provider needs besides the address. @throws DomainError invalid-input for what is missing or of another provider */
function settingsOf(provider: RemoteName, flags: EnableFlags): OwnSettings {
  const asked = { ...flags, isPrivate: flags.private } as Readonly<Record<string, unknown>>;
  for (const [owner, names] of Object.entries(OWN_FLAGS))
    for (const [name, flag] of Object.entries(names))
      if (owner !== provider && asked[name] !== undefined)
        throw new DomainError("invalid-input", `${flag} is of ${owner}, got it for ${provider}.`);
  if (provider !== "ibm" && provider !== "braket") return {};
  const { data, error } = own[provider](flags);
  if (data) return { [provider]: data };
  const [issue] = error.issues;
  const flag = Object.entries(OWN_FLAGS[provider]).find(([name]) => name === issue?.path[0])?.[1];
  throw new DomainError(
    "invalid-input",
    `${provider}, ${flag ?? "settings"}: ${issue?.message ?? "not valid"}. \`ansatz qpu enable --help\` says what is meant.`,
  );
}

/** An address without what may be secret in it. */
function spoken(text: string): string {
  if (!URL.canParse(text)) return "no address";
  const { protocol, username, password, host, pathname, search, hash } = new URL(text);
  const user = username || password ? "…@" : "";
  return `${protocol}//${user}${host}${pathname}${search && "?…"}${hash && "#…"}`;
}

async function runEnable(text: string, flags: EnableFlags): Promise<void> {
  const provider = providerOf(text);
  const { data, error } = DeviceAccess.safeParse({
    baseUrl: addressIn(flags.baseUrl ?? BASE_URLS[provider], flags.region),
    limits: limitsOf(flags),
    ...settingsOf(provider, flags),
  });
  if (error) {
    const [issue] = error.issues;
    if (issue?.path[0] === "baseUrl")
      throw new DomainError(
        "invalid-input",
        `--base-url: ${issue.message}, got ${spoken(flags.baseUrl ?? "")}. Give one such as ${BASE_URLS[provider]}; the key has a place of its own.`,
      );
    throw new DomainError(
      "invalid-input",
      `Expected limits from 0 to 1,000,000 USD, got ${JSON.stringify(limitsOf(flags))}.`,
    );
  }
  await using engine = await openBooks(flags.notebook);
  engine.devices.enable(provider, data);
  if (flags.json) return printJson({ provider, ...data });
  print(`${provider} is enabled at ${data.baseUrl}: ${limitWords(data.limits)}.`);
  print(WHAT_LEAVES);
}

async function runDisable(text: string, { notebook, json }: NotebookFlags): Promise<void> {
  const provider = providerOf(text);
  await using engine = await openBooks(notebook);
  engine.devices.disable(provider);
  if (json) printJson({ provider, enabled: false });
  else print(`${provider} is disabled: nothing more is sent. Jobs that were sent may still run and cost.`);
}

/** How a device is; in words why that cannot be told: another provider may have it. */
async function askedFor(devices: Devices, provider: RemoteName, device: string) {
  try {
    return { status: await devices.status(provider, device, signalOfProcess()), problem: null };
  } catch (error) {
    if (error instanceof DomainError) return { status: null, problem: error.message };
    throw error;
  }
}

async function runBackends({ notebook, json, ask }: NotebookFlags & { ask?: string }): Promise<void> {
  const device = ask === undefined ? undefined : readDeviceName(ask);
  await using engine = await (device === undefined ? lookIntoBooks(notebook) : openBooks(notebook));
  const { devices } = engine;
  const prices = devices.prices();
  const backends = await Promise.all(
    REMOTE_BACKENDS.map(async (provider) => {
      const access = devices.access(provider) ?? null;
      const isAsked = device !== undefined && access !== null;
      const told = isAsked ? await askedFor(devices, provider, device) : { status: null, problem: null };
      return { provider, access, ...told, prices: prices.filter((one) => one.provider === provider) };
    }),
  );
  if (json) return printJson({ backends });
  for (const { provider, access, status, problem } of backends) {
    print(
      access
        ? `${provider}: enabled at ${access.baseUrl}; ${limitWords(access.limits)}`
        : `${provider}: not enabled`,
    );
    if (problem !== null) print(`  ${problem}`);
    if (!status) continue;
    const { queue_ms, queue_jobs } = status;
    const wait = queue_ms === null ? "" : `, queue ${(queue_ms / 60_000).toFixed(0)} min`;
    const jobs = queue_jobs === null ? "" : `, ${queue_jobs} jobs wait`;
    print(
      `  ${status.device}: ${status.status}, ${status.qubits} qubits${wait}${jobs}, calibration ${status.calibrationId ?? "–"}`,
    );
  }
  print(
    formatTable(
      [
        { title: "provider", text: (row) => row.provider },
        { title: "device", text: (row) => row.device },
        { title: "USD", text: (row) => row.words },
        { title: "source", text: (row) => `${row.source} (${row.grade}, ${row.date})` },
      ],
      prices,
    ),
  );
}

async function runKey(text: string, { out }: { out: string }): Promise<void> {
  const provider = providerOf(text);
  const passphrase = takePassphrase(process.env);
  if (!passphrase)
    throw new DomainError("invalid-input", `Expected a passphrase in ${PASSPHRASE_VARIABLE}, got none.`);
  checkTarget(out);
  const key = readFileSync(0, "utf8").trim();
  if (key === "") throw new DomainError("invalid-input", "Expected the key on standard input, got nothing.");
  const { lockKey } = await import("#core/files.ts");
  writeTextFile(out, await lockKey(key, passphrase));
  remark(`Written: ${out}. Name it in ${keyFileVariable(provider)}.`);
}
