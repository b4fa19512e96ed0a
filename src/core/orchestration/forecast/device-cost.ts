/** What a campaign's measurements on a device would cost: one molecule is measured here, by the local sampler, and each job that it asks for is priced. */
import { type JobAnswer, type JobAsked, ShotsNeeded } from "#core/quantum/measurement/at-hand.ts";
import type { EvaluationSettings } from "#shared/campaign/campaign.ts";
import type { DeviceForecast } from "#shared/campaign/forecast.ts";
import { isRemote, simulatorOf } from "#shared/quantum/backend-names.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { DeviceDesk } from "../devices/desk.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import { stateKey } from "../stages/evaluate/state.ts";
import type { ExpectedState } from "./likelihoods.ts";

export interface DeviceCostServices {
  /** That asks no device for anything. */
  readonly local: Dispatcher;
  readonly devices: Pick<DeviceDesk, "estimate" | "access">;
}

const INSTEAD: JobAnswer = { by: "simulator", reason: "only its cost is asked for" };

/** The jobs that a state asks a device for. Cost: computing it once for each. */
async function jobsOf(request: EnergyRequest, local: Dispatcher): Promise<JobAsked[]> {
  const asked: JobAsked[] = [];
  for (;;) {
    try {
      await local.run("evaluate", request, { measured: asked.map(() => INSTEAD) });
      return asked;
    } catch (error) {
      if (!(error instanceof ShotsNeeded)) throw error;
      asked.push(error.job);
    }
  }
}

interface Priced {
  readonly jobs: number;
  readonly shots: number;
  /** null where there is no price. */
  readonly cost_usd: number | null;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

async function pricedState(request: EnergyRequest, { local, devices }: DeviceCostServices): Promise<Priced> {
  const jobs = (await jobsOf(request, local)).flatMap((asked) => devices.estimate(asked));
  const costs = jobs.map(({ cost_usd }) => cost_usd);
  return {
    jobs: jobs.length,
    shots: sum(jobs.map(({ job }) => job.shots)),
    cost_usd: costs.includes(null) ? null : sum(costs.map((cost) => cost ?? 0)),
  };
}

/**
 * What the evaluations of a level would cost on its device, by the price table.
 *
 * @param states of one molecule, for which the others are taken @param evaluations how many there are
 * @throws DomainError as its evaluation does
 */
export async function deviceCost(
  { backend, sampling }: Pick<EvaluationSettings, "backend" | "sampling">,
  { states, evaluations }: { states: readonly ExpectedState[]; evaluations: number },
  services: DeviceCostServices,
): Promise<DeviceForecast | undefined> {
  if (!isRemote(backend)) return undefined;
  const device = sampling.qpu ?? simulatorOf(backend) ?? "";
  const limit_usd = services.devices.access(backend)?.limits.campaign_usd ?? null;
  const measured = states.filter(({ request }) => request.method === "vqe" || request.solver === "vqe");
  const shares = new Map<string, ExpectedState>();
  for (const { request, share } of measured) {
    const key = stateKey(request);
    shares.set(key, { request, share: share + (shares.get(key)?.share ?? 0) });
  }
  const priced: (Priced & { share: number })[] = [];
  for (const { request, share } of shares.values())
    priced.push({ ...(await pricedState(request, services)), share });
  const total = (of: (one: Priced) => number): number =>
    evaluations * sum(priced.map((one) => one.share * of(one)));
  return {
    ...{ provider: backend, device, limit_usd },
    jobs: Math.round(total(({ jobs }) => jobs)),
    shots: Math.round(total(({ shots }) => shots)),
    cost_usd: priced.some(({ cost_usd }) => cost_usd === null)
      ? null
      : total(({ cost_usd }) => cost_usd ?? 0),
  };
}
