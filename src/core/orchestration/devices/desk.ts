/** Devices in the cloud: which are enabled, what is sent to them, what they answered and what that cost. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Notebook } from "#core/notebook/notebook.ts";
import { requireWritable } from "#core/notebook/notebook.ts";
import {
  addDeviceEvent,
  committedMoney,
  type DeviceJobHead,
  deviceAccess,
  deviceEgress,
  deviceJob,
  deviceJobs,
  jobRow,
  ledgerRow,
} from "#core/notebook/tables/device-events.ts";
import type { Policies } from "#core/quantum/backends/policies.ts";
import type { PreparedJob, Provider, ProviderAccess } from "#core/quantum/backends/provider.ts";
import { ProviderError } from "#core/quantum/backends/provider.ts";
import { readCircuit } from "#core/quantum/circuit/circuit-file.ts";
import type { JobAnswer, JobAsked } from "#core/quantum/measurement/at-hand.ts";
import { DomainError, isAbort } from "#shared/errors.ts";
import type { RemoteName } from "#shared/quantum/backend-names.ts";
import { DeviceAccess, findLimitProblem } from "#shared/quantum/devices.ts";
import { unlessAborted } from "../dispatch/unless-aborted.ts";
import { overBudget } from "./budget.ts";
import { deviceAnswer } from "./device-answer.ts";
import { createDeviceLog } from "./device-log.ts";
import type { DeviceWork } from "./device-work.ts";
import type { KeyStore } from "./key-store.ts";
import { type PreparedJobs, prepareJobs } from "./prepare-jobs.ts";
import { billCost, type DevicePrice, priceOf, priceWords, readPrices, tableCost } from "./prices.ts";
import {
  bytesOf,
  type DeviceOutcome,
  type DeviceRun,
  isUnsettled,
  lookUp,
  runOnDevice,
  settle,
} from "./run-on-device.ts";

/** What a host knows of keys: the environment, or a locked file that it opens when it is first asked. */
export type DeviceSecrets = (provider: RemoteName) => Promise<string | undefined>;

/** Keys that a person gave to this run of the program; nothing writes them down. */
export type HeldKeys = Map<RemoteName, string>;

interface DeskServices {
  readonly notebook: Notebook;
  /** The folder with qpu/prices.json. */
  readonly resources: string;
  readonly clock: () => Date;
  readonly secrets: DeviceSecrets | undefined;
  /** Absent: none yet. */
  readonly held?: HeldKeys | undefined;
  /** Keys that outlast the program; absent: none do. */
  readonly keys?: KeyStore | undefined;
  readonly open: Readonly<Record<RemoteName, (access: ProviderAccess) => Provider>>;
  /** Fits circuits to devices; absent: on the thread that asks. */
  readonly fitCircuit?: ProviderAccess["fitCircuit"];
  readonly policies?: () => Policies;
  readonly pause?: DeviceWork["pause"];
}

/** Of a provider that is not enabled: nothing is sent there. */
const NOWHERE = { baseUrl: "https://localhost", limits: undefined };

const pauseFor: DeviceWork["pause"] = (ms, signal) => sleep(ms, undefined, { signal });

/** Whether a job belongs to an address; of an older job only its host is known. */
const isAt = ({ destination }: DeviceJobHead, { destination: address }: Provider): boolean =>
  destination === address || destination === new URL(address).host;

/** A job of an estimator with the limits under which it may be sent. */
interface Planned extends PreparedJobs {
  readonly work: DeviceWork;
  readonly access: DeviceAccess;
  readonly campaign: string;
}

export type DeviceDesk = ReturnType<typeof createDeviceDesk>;

export function createDeviceDesk(services: DeskServices) {
  const { notebook, resources, clock, secrets, keys, open, fitCircuit, pause = pauseFor } = services;
  const { held = new Map<RemoteName, string>() } = services;
  const { db } = notebook;
  const keyOf = async (name: RemoteName): Promise<string | undefined> =>
    held.get(name) ?? (await secrets?.(name)) ?? keys?.get(name);
  const opened = (name: RemoteName, place: Omit<DeviceAccess, "limits">, key: string): Provider =>
    open[name]({ ...place, secret: () => key, clock, ...(fitCircuit && { fitCircuit }) });
  let prices: DevicePrice[] | undefined;
  const priceTable = (): DevicePrice[] => {
    prices ??= readPrices(resources);
    return prices;
  };
  /** By name: who asks for a job that is under way waits for it. */
  const underWay = new Map<string, Promise<DeviceOutcome>>();
  const policies = new Map<RemoteName, Policies>();
  /** Loaded with the first provider that is used. */
  const policiesOf = async (provider: RemoteName): Promise<Policies> => {
    const known = policies.get(provider);
    if (known) return known;
    const made = services.policies
      ? services.policies()
      : (await import("#core/quantum/backends/policies.ts")).createPolicies();
    policies.set(provider, made);
    return made;
  };

  /** What asks a provider that a person enabled. @throws DomainError backend-unavailable where none did, or without a key */
  const workWith = async (name: RemoteName): Promise<{ work: DeviceWork; access: DeviceAccess }> => {
    requireWritable(notebook);
    const enabled = deviceAccess(db, name);
    if (!enabled)
      throw new DomainError(
        "backend-unavailable",
        `${name} is not enabled: nothing is sent before you say yes to it, with limits, under Devices in the cloud or by \`ansatz qpu enable ${name}\`.`,
        { provider: name },
      );
    const { access, enabledAt } = enabled;
    const key = await keyOf(name);
    if (!key) {
      const message = `There is no key of ${name}: expected one filled in under Devices in the cloud since the program began, or on the command line one in the environment or in a locked file (\`ansatz qpu enable --help\`).`;
      throw new DomainError("backend-unavailable", message, { provider: name });
    }
    const { limits, ...place } = access;
    const { job_usd, campaign_usd, day_usd, account_usd } = limits;
    const work: DeviceWork = {
      notebook,
      log: createDeviceLog(notebook, name, clock),
      provider: opened(name, place, key),
      policies: await policiesOf(name),
      ...{ clock, pause },
      billCost: (device, bill) => billCost(bill, priceOf(priceTable(), { provider: name, device })),
      approval: `enabled at ${enabledAt}, limits ${job_usd}/${campaign_usd}/${day_usd}/${account_usd} USD`,
    };
    return { work, access };
  };

  /** What makes jobs without sending any, enabled or not. */
  const openToLook = (name: RemoteName, key = ""): Provider => {
    const { limits: _, ...place } = deviceAccess(db, name)?.access ?? NOWHERE;
    return opened(name, place, key);
  };

  const preparedFor = (provider: Provider, asked: JobAsked) => prepareJobs(db, provider, asked);

  const budgetOf = (
    { work, access, campaign }: Planned,
    cost_usd: number,
    options: { isReserved?: boolean } = {},
  ): string | undefined => {
    const day = clock().toISOString().slice(0, 10);
    const { name, destination } = work.provider;
    const committed = committedMoney(db, { provider: name, destination, campaign, day });
    return overBudget(cost_usd, committed, access.limits, options);
  };

  /** Why jobs that were reserved before and have no id yet may no longer be sent: limits may have changed since. */
  const overBudgetNow = (planned: Planned): string | undefined => {
    const known = planned.jobs.flatMap(({ name }) => deviceJob(db, name) ?? []);
    const unsent = known.filter(({ state }) => state === "reserved" || state === "sending");
    if (unsent.length === 0) return undefined;
    const cost_usd = unsent.reduce((total, { reserved_usd }) => total + reserved_usd, 0);
    return budgetOf(planned, cost_usd, { isReserved: true });
  };

  /** Why a limit that is set at the provider leaves no room; undefined where there is room, or the provider does not tell. */
  const noHeadroom = async (
    { provider, policies: { ask } }: DeviceWork,
    jobs: readonly PreparedJob[],
    { cost_usd, signal }: { cost_usd: number; signal: AbortSignal | undefined },
  ): Promise<string | undefined> => {
    try {
      return await ask(async (own) => provider.headroom?.(jobs, cost_usd, own), signal);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      if (error.remedy === "stop") throw refused(provider.name, error.message);
      // The limit holds there, whether it can be read or not.
      return undefined;
    }
  };

  /** Reserves what is not yet, by the dearer of table and provider. @returns why nothing is sent */
  const reserve = async (planned: Planned, signal?: AbortSignal): Promise<string | undefined> => {
    const { work, jobs, campaign } = planned;
    const { provider, log, approval } = work;
    const { destination } = provider;
    const fresh = jobs.filter(({ name }) => !deviceJob(db, name));
    if (fresh.length === 0) return undefined;
    const costs: number[] = [];
    for (const job of fresh) {
      const price = priceOf(priceTable(), { provider: provider.name, device: job.device });
      if (!price)
        return `there is no price of ${job.device} in resources/qpu/prices.json, so that nobody could say what it costs`;
      const cost = tableCost(price, job);
      if (cost === undefined) return `${job.device} is paid by the second, and nothing would stop it`;
      costs.push(cost);
    }
    const sum = () => costs.reduce((total, cost) => total + cost, 0);
    // Before anything is sent, a question for the price among it.
    const refusal = budgetOf(planned, sum());
    if (refusal !== undefined) return refusal;
    for (const [k, job] of fresh.entries()) {
      const { question: text } = job;
      if (text === null) continue;
      log.egress({ job: null, purpose: "estimate", destination, text, approval });
      try {
        const quote = await work.policies.ask((own) => provider.quote(job, own), signal);
        if (quote.unit !== "usd")
          return `${provider.name} says that it costs ${quote.value} ${quote.unit}, and limits are in usd`;
        costs[k] = Math.max(costs[k] ?? 0, quote.value);
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        if (error.remedy === "stop") throw refused(provider.name, error.message);
        // Who cannot be asked for the price now may be there when the job is sent: the table's price stands.
      }
    }
    const full = await noHeadroom(work, fresh, { cost_usd: sum(), signal });
    if (full !== undefined) return full;
    const reservations = fresh.map(({ name: job, device, shots, circuits }, k) => ({
      ...{ job, destination, device, campaign, shots, circuits: circuits.length },
      usd: costs[k] ?? 0,
      estimate: "the dearer of price table and provider, where that tells a price",
    }));
    return log.reserve(reservations, (left) =>
      budgetOf(
        planned,
        left.reduce((total, { usd }) => total + usd, 0),
      ),
    );
  };

  const refused = (provider: string, reason: string): DomainError =>
    new DomainError(
      "backend-unavailable",
      `${provider}: ${reason.replace(/\.$/, "")}. Nothing is lost: jobs that were sent are listed by \`ansatz qpu jobs\`, and the same command goes on with them.`,
      { provider },
    );

  const answerOf = (planned: Planned, outcomes: readonly DeviceOutcome[]): JobAnswer => {
    const stop = outcomes.find(({ state }) => state === "stopped");
    if (stop?.state === "stopped") throw refused(planned.work.provider.name, stop.reason);
    const done = outcomes.filter((outcome) => outcome.state === "done");
    const failed = outcomes.find((outcome) => outcome.state === "none");
    if (failed || done.length === 0)
      return { by: "simulator", reason: failed?.reason ?? "there was nothing to measure" };
    return deviceAnswer(
      planned.places.map(({ job, circuit }) => {
        // Of each job there is an outcome.
        const [{ circuits, shots }, { result, vendorId }] = [planned.jobs[job]!, done[job]!];
        return { circuit, vendorId, of: circuits.length, shots, result };
      }),
    );
  };

  /** Asks what became of a job that has an id, and what it cost. */
  const refreshed = async (work: DeviceWork, job: DeviceJobHead, signal?: AbortSignal): Promise<void> => {
    const { provider, policies, log } = work;
    const { device, job: name, state } = job;
    const id = job.vendorId ?? (await lookUp(work, { name, device }, signal));
    // A calculation has taken it up meanwhile.
    if (underWay.has(name)) return;
    if (id === null) {
      log.ended(name, "it was never made");
      return log.settled(name, 0);
    }
    if (job.vendorId === null) log.attached(name, { vendorId: id, by: "found", tls: null });
    if (state === "sending" || state === "sent") {
      const status = await policies.ask((own) => provider.poll(id, own), signal);
      if (status.state === "waiting" || underWay.has(name)) return;
      if (status.state === "failed") log.ended(name, status.reason);
    }
    await settle(work, { name, id }, signal);
  };

  /** Each job once at a time, whoever asks for it; where who began it was stopped, the next goes on. */
  const runOnce = async (work: DeviceWork, job: PreparedJob, options: DeviceRun): Promise<DeviceOutcome> => {
    const { signal } = options;
    for (;;) {
      const begun = underWay.get(job.name);
      if (!begun) {
        const own = runOnDevice(work, job, options).finally(() => underWay.delete(job.name));
        underWay.set(job.name, own);
        return own;
      }
      try {
        const outcome = await unlessAborted(begun, signal);
        const isWhole = outcome.state !== "done" || outcome.result.calibration !== null;
        if (isWhole || !options.needsCalibration) return outcome;
      } catch (error) {
        if (!isAbort(error) || signal?.aborted) throw error;
      }
    }
  };

  return {
    /** A person's yes, with limits. @throws DomainError conflict read-only; ZodError for an address that is none */
    enable(provider: RemoteName, access: DeviceAccess): void {
      requireWritable(notebook);
      const problem = findLimitProblem(access.limits);
      if (problem !== undefined) throw new DomainError("invalid-input", problem);
      if (provider in DeviceAccess.shape && !(provider in access))
        throw new DomainError(
          "invalid-input",
          `${provider} has settings of its own: expected them, got none.`,
        );
      notebook.transaction(() =>
        addDeviceEvent(db, clock(), {
          provider,
          job: null,
          kind: "enabled",
          body: DeviceAccess.parse(access),
        }),
      );
    },
    /** Whether a provider may be asked now. @throws DomainError backend-unavailable where it is not enabled, or has no key here */
    async requireReady(provider: RemoteName): Promise<void> {
      await workWith(provider);
    },
    /** A key that a person gave to this run of the program; nothing writes it down. */
    holdKey: (provider: RemoteName, key: string): void => void held.set(provider, key.trim()),
    /** The same, also for later runs. @throws DomainError not-supported where the host has no keychain */
    async keepKey(provider: RemoteName, key: string): Promise<void> {
      if (!keys || !(await keys.available()))
        throw new DomainError(
          "not-supported",
          "This computer offers no keychain: a key is held until the program ends, or stands in a file under a passphrase (`ansatz qpu key --help`).",
        );
      await keys.keep(provider, key.trim());
      held.set(provider, key.trim());
    },
    /** Of this run and of later ones. What the host gives from elsewhere stays. */
    forgetKey(provider: RemoteName): void {
      held.delete(provider);
      keys?.forget(provider);
    },
    /** Where keys can be kept that outlast the program, and whether one is there; null where there is no keychain. */
    async keychain(provider: RemoteName): Promise<{ file: string; isKept: boolean } | null> {
      if (!keys || !(await keys.available())) return null;
      return { file: keys.file, isKept: keys.has(provider) };
    },
    /** A locked file that cannot be opened gives none; who asks the provider hears why. */
    hasKey: (provider: RemoteName): Promise<boolean> =>
      keyOf(provider).then(
        (key) => key !== undefined,
        () => false,
      ),
    /** Spent and reserved at the address that is enabled, USD. */
    committed(provider: RemoteName): { day_usd: number; account_usd: number } {
      const { destination } = openToLook(provider);
      const day = clock().toISOString().slice(0, 10);
      const { day_usd, account_usd } = committedMoney(db, { provider, destination, campaign: "", day });
      return { day_usd, account_usd };
    },
    disable(provider: RemoteName): void {
      requireWritable(notebook);
      notebook.transaction(() =>
        addDeviceEvent(db, clock(), { provider, job: null, kind: "disabled", body: {} }),
      );
    },
    access: (provider: RemoteName): DeviceAccess | undefined => deviceAccess(db, provider)?.access,
    /** With each price in words. */
    prices: () => priceTable().map((price) => ({ ...price, words: priceWords(price) })),
    readCircuit,
    /**
     * Shots of a device, or why the local simulator is to make them. What was asked before is not asked twice: results are
     * taken from the notebook, and jobs that are open go on.
     *
     * @param most_usd of these circuits, where a person said less than the limit of a job
     * @param shown SHA-256 of the bytes of the one job that a person saw; others are not sent
     * @throws DomainError backend-unavailable where a person has to act first; AbortError
     */
    async measure(
      asked: JobAsked,
      {
        campaign,
        most_usd = Number.POSITIVE_INFINITY,
        ...options
      }: { campaign: string; most_usd?: number } & Pick<DeviceRun, "shown" | "signal">,
    ): Promise<JobAnswer> {
      const { signal } = options;
      const { work, access } = await workWith(asked.backend);
      const limits = { ...access.limits, job_usd: Math.min(access.limits.job_usd, most_usd) };
      const prepared = preparedFor(work.provider, asked);
      const planned = { ...prepared, work, access: { ...access, limits }, campaign };
      const refusal = await reserve(planned, signal);
      if (refusal !== undefined) return { by: "simulator", reason: refusal };
      const over = overBudgetNow(planned);
      const outcomes = await Promise.all(
        prepared.jobs.map((job) => {
          const since = Date.parse(deviceJob(db, job.name)?.reservedAt ?? clock().toISOString());
          const deadline = since + 1000 * asked.deadline_s;
          const needsCalibration = asked.needsCalibration === true;
          return runOnce(work, job, { ...options, over, deadline, needsCalibration });
        }),
      );
      return answerOf(planned, outcomes);
    },
    /** What the circuits would cost at most, USD, by the table; nothing is sent. null where the table has no such price. */
    estimate(asked: JobAsked): { job: PreparedJob; cost_usd: number | null; source: string | null }[] {
      return preparedFor(openToLook(asked.backend), asked).jobs.map((job) => {
        const price = priceOf(priceTable(), { provider: asked.backend, device: job.device });
        const source = price ? `${price.source} (${price.grade}, ${price.date})` : null;
        return { job, cost_usd: (price && tableCost(price, job)) ?? null, source };
      });
    },
    /** The very bytes that would be sent; asks the device what it couples where its circuits have to fit. */
    async write(asked: JobAsked, signal?: AbortSignal): Promise<string[]> {
      const provider = openToLook(asked.backend, await keyOf(asked.backend));
      const policies = await policiesOf(asked.backend);
      try {
        const { jobs } = preparedFor(provider, asked);
        return await Promise.all(jobs.map((job) => bytesOf({ provider, policies }, job, signal)));
      } catch (error) {
        throw error instanceof ProviderError ? refused(asked.backend, error.message) : error;
      }
    },
    /** How a device is just now. @throws DomainError for a device that the provider does not have, and where it cannot be asked */
    async status(provider: RemoteName, device: string, signal?: AbortSignal) {
      const { work } = await workWith(provider);
      try {
        return await work.policies.ask((own) => work.provider.status(device, own), signal);
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        throw new DomainError("backend-unavailable", `${provider}, ${device}: ${error.message}.`, {
          provider,
        });
      }
    },
    /** Looks for jobs whose id never arrived, and for bills, at the address that is enabled now. */
    async refresh(provider: RemoteName, signal?: AbortSignal): Promise<void> {
      const { work } = await workWith(provider);
      let failure: DomainError | undefined;
      for (const job of deviceJobs(db, provider)) {
        if (!isUnsettled(job) || !isAt(job, work.provider) || underWay.has(job.job)) continue;
        try {
          await refreshed(work, job, signal);
        } catch (error) {
          if (!(error instanceof ProviderError)) throw error;
          failure ??= refused(provider, error.message);
          // Of others it may know more.
          if (error.remedy === "stop") break;
        }
      }
      if (failure) throw failure;
    },
    jobs: () => deviceJobs(db).map(jobRow),
    ledger: () => deviceJobs(db).map(ledgerRow),
    egress: () => deviceEgress(db),
  };
}
