/** The Engine: everything a host (desktop shell, web host, CLI) can ask of the core. */
import type { z } from "zod";
import type { GenerationMetrics } from "#core/generation/measure/metrics.ts";
import type { DeviceDesk, DeviceSecrets, HeldKeys } from "#core/orchestration/devices/desk.ts";
import type { Campaign, CampaignSettings } from "#shared/campaign/campaign.ts";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import type { CallOptions, Calls } from "#shared/contract/calls.ts";
import type { EngineContract } from "#shared/contract/contract.ts";
import type { Logger } from "#shared/host/logger.ts";
import type { CampaignId } from "#shared/ids.ts";
import type {
  SampledMolecule,
  SampleRequest,
  ScoredMolecule,
  SteerRequest,
} from "#shared/model/generation.ts";
import type { HostKeychain } from "#shared/notebook/signing.ts";

/** What is asked within this process alone. */
interface LocalCalls extends AsyncDisposable {
  /** Devices in the cloud. */
  readonly devices: DeviceDesk;
  readonly models: {
    /** Folders that should hold a model, and why they do not. */
    unreadable(): Promise<{ directory: string; reason: string }[]>;
  };
  readonly campaigns: {
    /** Resolves when the campaign has ended in any state. */
    finished(input: { id: CampaignId }, options?: CallOptions): Promise<Campaign>;
    /** Looks at all that the molecules do not decide, before they are read. @throws DomainError invalid-input */
    checkUnread(settings: CampaignSettings): Promise<void>;
    /** Looks at all that `start` looks at, and starts nothing. @throws DomainError as `start` */
    check(settings: CampaignSettings): Promise<void>;
  };
  readonly candidates: {
    /** Every candidate of a campaign, in order of proposal: for whom all of them are wanted. Tables ask for pages. */
    list(input: { campaignId: CampaignId; viewer?: string }): Promise<CandidateRow[]>;
  };
  readonly notebook: {
    /** Makes a new notebook file of an .eln archive at any path: same hashes, verdicts and signatures. */
    importArchiveTo(input: { archive: File; path: string }): Promise<void>;
  };
  readonly molecules: {
    sample(
      request: z.input<typeof SampleRequest>,
      options?: CallOptions & { onBackend?: (backend: string) => void; onGivenUp?: () => void },
    ): AsyncIterable<SampledMolecule>;
    /** Steers a copy of a model; ends with the budget, or where the model has nothing new to say. */
    steer(request: z.input<typeof SteerRequest>, options?: CallOptions): AsyncIterable<ScoredMolecule>;
    /** How good samples of a model are; about 6 ms a molecule. */
    measure(
      samples: { model: string; smiles: readonly string[] },
      options?: CallOptions,
    ): Promise<GenerationMetrics>;
  };
}

/** The procedures of the contract, which says what each takes and gives, and what is asked within this process alone. */
export type Engine = Calls<EngineContract> & LocalCalls;

export type HostSecrets = DeviceSecrets;
export type Devices = DeviceDesk;

/** Only hosts read the environment and the clock; they pass them in. */
export interface EngineOptions {
  paths: {
    /** The SQLite file; made when absent. ":memory:" for work that is not kept. */
    notebook: string;
    /** The folder with basis/, models/, filters/. */
    resources: string;
    /** The file for keys of providers, which the keychain locks; absent: none outlast the program. */
    keys?: string | undefined;
    /** The folder of the user's own models; where left out, beside the notebook, and none for one in memory. */
    models?: string | undefined;
  };
  clock: () => Date;
  logger: Logger;
  /** Worker threads for evaluation. */
  threads: number;
  /**
   * read-only: the notebook must exist and stays as it is, and another process may write to it.
   * read-only-if-locked: written to unless another process does, then read-only. Default: write.
   */
  mode?: "write" | "read-only" | "read-only-if-locked";
  /** Where the notebook's signing key and keys of providers can be kept; absent: under a passphrase alone. */
  keychain?: HostKeychain;
  /** Keys of providers of devices; absent: none is asked. */
  deviceSecrets?: DeviceSecrets | undefined;
  /** Keys that a person gave since the program began, of all notebooks that it opens; absent: of this engine alone. */
  heldKeys?: HeldKeys;
  /** Hears, in a sentence, what was put right as the notebook was opened. */
  onNote?: (note: string) => void;
  /** Whether campaigns that an earlier process left running go on at once. Default: yes. */
  goOn?: boolean;
  /** false: what an earlier process left running stays as it is, for the next one. Default: true. */
  recover?: boolean;
}
