/** A small in-memory Engine for the contract suite: it remembers, answers and fails on demand; it computes nothing. */
import type { Engine } from "#core/engine-interface.ts";
import { type Campaign, CampaignSettings } from "#shared/campaign/campaign.ts";
import type { CandidateDetail, CandidateRow } from "#shared/campaign/candidate.ts";
import { type CandidateCounts, CandidateView } from "#shared/campaign/candidate-page.ts";
import type { ExportRecord } from "#shared/campaign/export.ts";
import type { CampaignEvent } from "#shared/campaign/job.ts";
import { Review } from "#shared/campaign/review.ts";
import type { ReviewPolicy, SignOff } from "#shared/campaign/review-process.ts";
import type { Calls } from "#shared/contract/calls.ts";
import type { Contract } from "#shared/contract/contract.ts";
import { DomainError } from "#shared/errors.ts";
import { CampaignId, candidateId, Sha256 } from "#shared/ids.ts";
import type { ModelSummary } from "#shared/model/model.ts";
import { type Training, TrainRequest } from "#shared/model/training.ts";
import { SignRequest } from "#shared/notebook/signing.ts";
import type { Verification } from "#shared/notebook/verification.ts";

export const KNOWN_CAMPAIGN = CampaignId.parse("00000000-0000-4000-8000-000000000001");
export const UNKNOWN_CAMPAIGN = CampaignId.parse("00000000-0000-4000-8000-00000000dead");
export const BUG_CAMPAIGN = CampaignId.parse("00000000-0000-4000-8000-00000000b060");
export const AWKWARD_TEXT = "β-lactam → 3′ “quoted” \u2028 ☃ 𝛼";
/** What JSON would lose of single-precision numbers. */
export const GRID_VALUES = Float32Array.of(0.1, -0, 1e-45, Number.NaN, Number.POSITIVE_INFINITY);
const NOW = "2026-01-01T00:00:00.000Z";

export const HASH = Sha256.parse("ab".repeat(32));
/** Every byte value, more than one WebSocket frame or multipart boundary would forgive, and larger than a plain message. */
export const ARCHIVE = Uint8Array.from({ length: 6_000_000 }, (_, i) => (i * 31) & 0xff);
export const SOUND: Verification = {
  ok: true,
  findings: [],
  remarks: [],
  notCovered: ["times"],
  head: { seq: 7, hash: HASH },
  signed: null,
  events: 7,
  records: 6,
  blobs: 5,
};

export const EXPORTED: ExportRecord = {
  what: "candidates",
  campaignId: KNOWN_CAMPAIGN,
  format: "csv",
  selection: "shortlist",
  fileName: AWKWARD_TEXT,
  mediaType: "text/csv",
  rows: 1,
  sha256: HASH,
  size_bytes: 2 ** 40,
  by: null,
  program: "test 1",
  log: { seq: 7, hash: HASH },
  at: NOW,
};

const row: CandidateRow = {
  id: candidateId(KNOWN_CAMPAIGN, 0),
  campaignId: KNOWN_CAMPAIGN,
  proposal: { index: 0, smiles: "OCC", nll: 12.25 },
  state: "evaluated",
  identity: { canonicalSmiles: "CCO", inchiKey: "LFQSCWFLJHTTHZ-UHFFFAOYSA-N" },
  descriptors: null,
  rejection: null,
  failure: null,
  rank: 1,
  values: { "vertical-ionisation-energy": 0.1 + 0.2 },
  vqeMinusCasci_hartree: 5e-324,
  review: null,
};

export const LOSS_POINT = { epoch: 0, training: null, validation: 0.1 + 0.2, tokens: 0, seconds: 0 };
const MODEL: ModelSummary = {
  name: "fake",
  hash: Sha256.parse("0".repeat(64)),
  parent: null,
  title: AWKWARD_TEXT,
  description: "",
  bytes: 0,
  heavyAtoms: null,
  origin: "own",
};

function notFound(id: string): never {
  throw new DomainError("not-found", `No campaign ${id} in this notebook. Open the list of campaigns.`, {
    id,
    tried: ["a", "b"],
  });
}

/** What the suite can see of the engine's side. */
export interface FakeEngine extends Engine, Pick<Calls<Contract>, "shelf"> {
  /** Event streams that are open now. */
  openStreams(): number;
  emit(event: CampaignEvent): void;
  /** What was given to open the signing key, in order. */
  readonly unlocked: readonly SignRequest[];
}

/** Remembers the last training asked for; a training ends when it is stopped. */
function fakeModels(): Engine["models"] {
  let training: Training | null = null;
  let wake = () => {};
  const change = (next: Training): Training => {
    training = next;
    wake();
    return next;
  };
  return {
    list: async () => [],
    unreadable: async () => [],
    card: async ({ name }) => notFound(name),
    import: async ({ files }) => {
      const [file] = files;
      const bytes = await file!.bytes();
      return { ...MODEL, name: file!.name, bytes: bytes.reduce((sum, byte) => sum + byte, 0) };
    },
    train: async (request) => {
      const bytes = await request.file.bytes();
      const { file: _, ...rest } = TrainRequest.parse({
        ...request,
        fileName: request.file.name,
        file: bytes,
      });
      const blank = { reading: null, plan: null, ending: null, model: null, error: null };
      return change({ request: rest, state: "training", curve: [LOSS_POINT], ...blank });
    },
    training: async () => training,
    async *followTraining() {
      for (let last: Training | null = null; ; ) {
        if (training && training !== last) {
          last = training;
          yield training;
        }
        if (last?.state === "succeeded") return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    stopTraining: async ({ keepBest }) =>
      change({ ...training!, state: keepBest ? "succeeded" : "cancelled" }),
  };
}

export function createFakeEngine(): FakeEngine {
  const campaigns = new Map<string, Campaign>();
  const listeners = new Set<(event: CampaignEvent) => void>();

  const get = (id: string): Campaign => {
    if (id === BUG_CAMPAIGN) throw new TypeError("secret internals: /home/someone/notebook");
    return campaigns.get(id) ?? notFound(id);
  };

  async function* events(
    { id }: { id: string },
    options?: { signal?: AbortSignal },
  ): AsyncGenerator<CampaignEvent> {
    get(id);
    const waiting: CampaignEvent[] = [];
    let wake = () => {};
    const listener = (event: CampaignEvent) => {
      waiting.push(event);
      wake();
    };
    listeners.add(listener);
    options?.signal?.addEventListener("abort", () => wake());
    try {
      while (!options?.signal?.aborted) {
        const next = waiting.shift();
        if (next) yield next;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      listeners.delete(listener);
    }
  }

  let policy: ReviewPolicy = { secondReviewer: false, blind: false };
  let signedOff: SignOff | null = null;
  const unlocked: SignRequest[] = [];

  const notPartOfIt = (): never => {
    throw new DomainError("not-supported", "Not part of the contract.");
  };
  const unavailable = () => Promise.reject(new DomainError("not-supported", "Not part of the contract."));

  return {
    openStreams: () => listeners.size,
    unlocked,
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    system: {
      info: async () => ({
        version: "0.1.0",
        build: "test",
        notebookPath: AWKWARD_TEXT,
        readOnly: false,
        readOnlyReason: null,
        checks: [],
      }),
    },
    devices: new Proxy({} as Engine["devices"], { get: notPartOfIt }),
    models: fakeModels(),
    libraries: {
      get: async ({ library }) => {
        throw new DomainError("not-found", `There is no library ${library}.`);
      },
      read: async ({ files: [file], reading = {} }) => ({
        hash: Sha256.parse("0".repeat(64)),
        name: file!.name,
        files: [],
        reading,
        rows: (await file!.text()).trim().split("\n").length,
        columns: [],
        problems: {},
        sample: [],
      }),
      preview: async () => ({ looked: 0, accepted: 0, rejected: {}, examples: [] }),
    },
    campaigns: {
      list: async () => [...campaigns.values()],
      get: async ({ id }) => get(id),
      start: async (settings) => {
        const campaign: Campaign = {
          id: KNOWN_CAMPAIGN,
          settings: CampaignSettings.parse(settings),
          state: "running",
          error: null,
          modelHash: null,
          createdAt: NOW,
          finishedAt: null,
          counts: {
            proposed: 0,
            rejected: 0,
            passed: 0,
            embedded: 0,
            evaluated: 0,
            failed: 0,
            shortlisted: 0,
          },
        };
        campaigns.set(campaign.id, campaign);
        return campaign;
      },
      cancel: async ({ id }) => ({ ...get(id), state: "cancelled" }),
      resume: async ({ id }) => ({ ...get(id), state: "queued" }),
      events,
      forecast: async () => {
        const memory_bytes = 2 ** 40;
        return {
          evaluations: 1,
          states: 2,
          seconds: 0.1 + 0.2,
          memory_bytes,
          threads: 1,
          molecules: 1,
          timedStates: 0,
        };
      },
      measured: async () => [],
      promotions: async () => [],
      views: async () => [{ name: "light", shown: "?view=ranked" }],
      keepView: async () => {},
      forgetView: async () => {},
      certainty: async ({ id }) => get(id) && { candidates: [], stability: 0.1 + 0.2, rungs: [] },
      finished: async ({ id }) => get(id),
      checkUnread: async () => {},
      check: async () => {},
    },
    candidates: {
      list: async ({ campaignId }) => [{ ...row, campaignId: get(campaignId).id }],
      page: async ({ campaignId }) => ({ total: 1, rows: [{ ...row, campaignId: get(campaignId).id }] }),
      place: async () => 0,
      numbers: async ({ keys }) => ({
        indices: new Int32Array(),
        columns: keys.map(() => new Float64Array()),
      }),
      map: async ({ campaignId }) => ({
        indices: Int32Array.of(get(campaignId) ? 0 : 1),
        x: Float64Array.of(0.1 + 0.2),
        y: Float64Array.of(Number.NaN),
        made: {
          ...{ molecules: 1, sample: 1, seed: 1, neighbours: 1, keptOf: 10 },
          kept: { fitted: 0.1 + 0.2, placed: null },
        },
      }),
      histogram: async () => ({ edges: [0.1, 0.1 + 0.2], counts: [1] }),
      counts: async () =>
        Object.fromEntries(CandidateView.options.map((view) => [view, 1])) as CandidateCounts,
      some: async () => [row],
      get: async (): Promise<CandidateDetail> => ({
        ...row,
        conformer: null,
        evaluation: null,
        reviews: [],
        provenance: [],
      }),
      shapes: async ({ ids }) => ids.map(() => null),
      compare: async ({ ids }) => ids.map(() => ({ id: row.id, molblock: null, alignment: null })),
      depict: async ({ smiles }) => smiles.map((text) => `<svg><title>${text}</title></svg>`),
      review: async (review) => Review.parse({ ...review, at: NOW }),
    },
    qpu: {
      providers: async () => [],
      status: async ({ device }) => notFound(device),
      enable: async () => {},
      disable: async () => {},
      forgetKey: async () => {},
      jobs: async () => [],
      ledger: async () => [],
      egress: async () => [],
      refresh: async () => {},
      previewTrial: async ({ device }) => notFound(device),
      sendTrial: async ({ device }) => notFound(device),
    },
    exports: {
      create: async (request) => ({
        fileName: `x.${request.format}`,
        mediaType: "text/csv",
        encoding: "utf8",
        text: AWKWARD_TEXT,
        rows: 1,
        record: HASH,
      }),
    },
    reviews: {
      policy: async () => policy,
      setPolicy: async ({ policy: wanted }) => {
        policy = wanted;
      },
      standings: async ({ viewer = "nobody" }) => [
        {
          candidateId: row.id,
          state: "awaiting-second",
          verdict: null,
          verdicts: [{ reviewer: viewer, verdict: "shortlist", reason: "" }],
        },
      ],
      signOff: async ({ key, signer, statement }) => {
        if (key) unlocked.push(SignRequest.parse(key));
        const shortlist = [{ candidateId: row.id, score: HASH }];
        signedOff = { campaignId: KNOWN_CAMPAIGN, signer, statement, at: NOW, shortlist };
        return signedOff;
      },
      signedOff: async () => signedOff,
      reopen: async () => {
        signedOff = null;
      },
    },
    search: async ({ minSimilarity = -1 }) => [{ candidate: row, similarity: minSimilarity }],
    notebook: {
      verify: unavailable,
      candidateProvenance: unavailable,
      provenance: unavailable,
      replay: unavailable,
      signing: async () => ({ key: { fingerprint: HASH, protection: "passphrase" }, keychain: false }),
      sign: async (key) => {
        unlocked.push(SignRequest.parse(key));
        return { key: HASH };
      },
      backUp: async () => ({ path: AWKWARD_TEXT }),
      exportArchive: async ({ name }) =>
        new File([ARCHIVE], `${name}.eln`, { type: "application/vnd.eln+zip" }),
      exportProvenance: async () => new File([AWKWARD_TEXT], "provenance.json", { type: "application/json" }),
      exports: async () => [EXPORTED],
      verifyArchive: async ({ archive }) => ({
        ...SOUND,
        ok: Buffer.from(ARCHIVE).equals(await archive.bytes()),
      }),
      importArchiveTo: unavailable,
      importArchive: async ({ archive, name }) => ({ path: `${name} of ${archive.size} bytes` }),
    },
    shelf: {
      list: async () => [{ file: AWKWARD_TEXT, isOpen: true, isFirst: true }],
      open: async ({ file }) => notFound(file),
      async *makeSample({ name }) {
        yield { type: "progress", progress: { phase: "embed", done: 0.1 + 0.2, total: null, message: "" } };
        yield { type: "made", file: name, campaign: KNOWN_CAMPAIGN };
      },
    },
    calculations: {
      current: async () => [],
      list: async () => ({ calculations: [], total: 0 }),
      get: unavailable,
      start: unavailable,
      cancel: unavailable,
      sight: unavailable,
      surface: unavailable,
      modes: unavailable,
      potential: unavailable,
    },
    molecules: {
      embed: unavailable,
      oddities: unavailable,
      expectedCost: unavailable,
      energy: unavailable,
      energyCurve: unavailable,
      hamiltonian: unavailable,
      grid: async ({ spacing_angstrom: step }) => ({
        origin_angstrom: [0, 0, -step],
        axes_angstrom: [
          [step, 0, 0],
          [0, step, 0],
          [0, 0, step],
        ],
        counts: [1, 1, GRID_VALUES.length],
        values: GRID_VALUES,
        notes: [],
      }),
      sample: notPartOfIt,
      steer: notPartOfIt,
      measure: unavailable,
    },
    [Symbol.asyncDispose]: async () => {},
  };
}
