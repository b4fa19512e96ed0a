/** The Engine: everything a host (desktop shell, web host, CLI) can ask of the core. */
import type { z } from "zod";
import type { GenerationMetrics } from "#core/generation/measure/metrics.ts";
import type { Campaign, CampaignSettings } from "#shared/campaign/campaign.ts";
import type { CandidateDetail, CandidateRow } from "#shared/campaign/candidate.ts";
import type { ExportedFile, ExportRecord, ExportRequest } from "#shared/campaign/export.ts";
import type { CampaignEvent, Progress } from "#shared/campaign/job.ts";
import type { NewReview, Review } from "#shared/campaign/review.ts";
import type {
  ReopenRequest,
  ReviewPolicy,
  ReviewStanding,
  SignOff,
  SignOffRequest,
} from "#shared/campaign/review-process.ts";
import type { SearchHit, SearchQueryInput } from "#shared/campaign/search.ts";
import type { Logger } from "#shared/host/logger.ts";
import type { SystemInfo } from "#shared/host/system.ts";
import type { CampaignId, CandidateId, Sha256 } from "#shared/ids.ts";
import type {
  SampledMolecule,
  SampleRequest,
  ScoredMolecule,
  SteerRequest,
} from "#shared/model/generation.ts";
import type { ModelCard, ModelFiles, ModelSummary } from "#shared/model/model.ts";
import type { Training, TrainRequest } from "#shared/model/training.ts";
import type { CubeField } from "#shared/molecule/cube.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import type { ProvenanceGraph } from "#shared/notebook/provenance.ts";
import type { ReplayedStep } from "#shared/notebook/replay.ts";
import type { HostKeychain, SigningState, SignRequest } from "#shared/notebook/signing.ts";
import type { Verification } from "#shared/notebook/verification.ts";
import type { EstimateCorrelation } from "#shared/properties/estimate.ts";
import type { EnergyCurve } from "#shared/quantum/energy-curve.ts";
import type { EnergyRequest, GridRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";

/** How a caller follows and stops long work. */
interface WorkOptions {
  signal?: AbortSignal;
  report?: (progress: Progress) => void;
}

export interface Engine extends AsyncDisposable {
  readonly system: { info(): Promise<SystemInfo> };
  readonly models: {
    list(): Promise<ModelSummary[]>;
    /** Folders that should hold a model, and why they do not. */
    unreadable(): Promise<{ directory: string; reason: string }[]>;
    card(name: string): Promise<ModelCard>;
    /** Takes over a model made elsewhere; refuses damaged and foreign weights by shape and hash. */
    import(files: ModelFiles): Promise<ModelSummary>;
    /** Starts fine-tuning on a person's molecules; one at a time. Resolves before it is done. */
    train(request: z.input<typeof TrainRequest>): Promise<Training>;
    /** The training under way, or the last one since the engine was opened. */
    training(): Promise<Training | null>;
    /** The training as it stands and after each change, until it has ended. */
    followTraining(options?: { signal?: AbortSignal }): AsyncIterable<Training>;
    /** Ends the training; its best weights become a model, or nothing is kept. */
    stopTraining(options: { keepBest: boolean }): Promise<Training>;
  };
  readonly campaigns: {
    list(): Promise<Campaign[]>;
    get(id: CampaignId): Promise<Campaign>;
    /** Stores the campaign and starts it; resolves before it is done. */
    start(settings: CampaignSettings): Promise<Campaign>;
    cancel(id: CampaignId): Promise<Campaign>;
    resume(id: CampaignId): Promise<Campaign>;
    events(id: CampaignId, options?: { signal?: AbortSignal }): AsyncIterable<CampaignEvent>;
    /** Spearman's correlation of the property with its estimate over the ranked candidates; null without one, or where too few. */
    estimateCorrelation(id: CampaignId): Promise<EstimateCorrelation | null>;
    /** Resolves when the campaign has ended in any state. */
    finished(id: CampaignId, options?: WorkOptions): Promise<Campaign>;
  };
  readonly candidates: {
    /** @param options.viewer the reviewer who looks: under a blind policy others' verdicts are left out */
    list(campaignId: CampaignId, options?: { viewer?: string }): Promise<CandidateRow[]>;
    get(id: CandidateId, options?: { viewer?: string }): Promise<CandidateDetail>;
    depict(smiles: readonly string[]): Promise<string[]>;
    review(review: NewReview): Promise<Review>;
  };
  readonly exports: { create(request: ExportRequest): Promise<ExportedFile> };
  readonly reviews: {
    policy(campaign: CampaignId): Promise<ReviewPolicy>;
    setPolicy(campaign: CampaignId, policy: ReviewPolicy, by: string): Promise<void>;
    /** Where each reviewed candidate stands: agreed, disagreement, awaiting a second reviewer. */
    standings(campaign: CampaignId, options?: { viewer?: string }): Promise<ReviewStanding[]>;
    /** Signs the agreed shortlist, which is locked from then on, and with a key the log as it then stands. */
    signOff(request: SignOffRequest, key?: SignRequest): Promise<SignOff>;
    signedOff(campaign: CampaignId): Promise<SignOff | null>;
    /** Unlocks a signed shortlist; the sign-off stays in the record. */
    reopen(request: ReopenRequest): Promise<void>;
  };
  /** Candidates by structure, property, verdict and text, over all campaigns. */
  search(query: SearchQueryInput): Promise<SearchHit[]>;
  readonly notebook: {
    /** Checks the file, every record, the chain, the signatures and the tables; in a thread of its own. */
    verify(options?: { signal?: AbortSignal }): Promise<Verification>;
    /** Everything that led to a candidate's numbers and verdicts; of these what the viewer may see. */
    candidateProvenance(id: CandidateId, options?: { viewer?: string }): Promise<ProvenanceGraph>;
    /** What a record was made from, or what was made from it. */
    provenance(
      record: Sha256,
      direction: "origins" | "consequences",
      options?: { viewer?: string },
    ): Promise<ProvenanceGraph>;
    /** Computes a candidate's steps again and compares; writes nothing. */
    replay(id: CandidateId, options?: { signal?: AbortSignal }): Promise<ReplayedStep[]>;
    signing(): Promise<SigningState>;
    /** Signs the log as it stands; makes the notebook's key when there is none. */
    sign(request: SignRequest): Promise<{ key: Sha256 }>;
    /** The whole notebook as an .eln archive (RO-Crate 1.1), its root folder named so. */
    exportArchive(name: string, options?: { by?: string }): Promise<Uint8Array>;
    /** Checks an .eln archive; needs no notebook. */
    verifyArchive(archive: Uint8Array): Promise<Verification>;
    /** Makes a new notebook file of an .eln archive: same hashes, verdicts and signatures. */
    importArchive(archive: Uint8Array, path: string): Promise<void>;
    /** The same into a new file of that name in the notebook's folder; the path of the file. */
    importBeside(archive: Uint8Array, name: string): Promise<string>;
    /** The whole provenance graph in W3C PROV-JSON. */
    exportProvenance(options?: { by?: string }): Promise<string>;
    /** What left the notebook and was recorded, oldest first. */
    exports(): Promise<ExportRecord[]>;
    /** Copies the notebook into the folder of its backups; the path of the copy. */
    backUp(): Promise<string>;
  };
  readonly molecules: {
    /**
     * 3D geometry of a SMILES by the embedding stage, hydrogens added; what it states of its electrons, how the geometry
     * was made, and what a person should know of its stereo. The multiplicity is that of a relaxation by Hartree–Fock.
     */
    embed(
      smiles: string,
      options?: { seed?: number; multiplicity?: number | undefined } & WorkOptions,
    ): Promise<{
      geometry: Geometry;
      formalCharge: number;
      unpairedElectrons: number;
      origin: string;
      notes: string[];
    }>;
    /** What cannot be right of a geometry, in sentences; none where it is plausible. */
    oddities(geometry: Geometry): Promise<string[]>;
    energy(request: EnergyRequest, options?: WorkOptions): Promise<EnergyResult>;
    /** The frames of a curve in their order; solutions are followed from frame to frame, breaks are said. */
    energyCurve(requests: readonly EnergyRequest[], options?: WorkOptions): Promise<EnergyCurve>;
    /** An orbital or a density on a grid of points. */
    grid(request: GridRequest, options?: WorkOptions): Promise<CubeField>;
    sample(
      request: z.input<typeof SampleRequest>,
      options?: WorkOptions & { onBackend?: (backend: string) => void; onGivenUp?: () => void },
    ): AsyncIterable<SampledMolecule>;
    /** Steers a copy of a model; ends with the budget, or where the model has nothing new to say. */
    steer(request: z.input<typeof SteerRequest>, options?: WorkOptions): AsyncIterable<ScoredMolecule>;
    /** How good samples of a model are; about 6 ms a molecule. */
    measure(
      samples: { model: string; smiles: readonly string[] },
      options?: { signal?: AbortSignal },
    ): Promise<GenerationMetrics>;
  };
}

export type { Logger };

/** Only hosts read the environment and the clock; they pass them in. */
export interface EngineOptions {
  paths: {
    /** The SQLite file; made when absent. ":memory:" for work that is not kept. */
    notebook: string;
    /** The folder with basis/, models/, filters/. */
    resources: string;
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
  /** Where the notebook's signing key can be kept; absent: under a passphrase alone. */
  keychain?: HostKeychain;
  /** Hears, in a sentence, what was put right as the notebook was opened. */
  onNote?: (note: string) => void;
  /** Whether campaigns that an earlier process left running go on at once. Default: yes. */
  goOn?: boolean;
  /** false: what an earlier process left running stays as it is, for the next one. Default: true. */
  recover?: boolean;
}
