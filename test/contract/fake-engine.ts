/** A small in-memory Engine for the contract suite: it remembers, answers and fails on demand; it computes nothing. */
import type { Engine } from "#core/engine-interface.ts";
import type { Campaign } from "#shared/campaign.ts";
import type { CandidateDetail, CandidateRow } from "#shared/candidate.ts";
import { DomainError } from "#shared/errors.ts";
import { CampaignId, candidateId } from "#shared/ids.ts";
import type { CampaignEvent } from "#shared/job.ts";

export const KNOWN_CAMPAIGN = CampaignId.parse("00000000-0000-4000-8000-000000000001");
export const UNKNOWN_CAMPAIGN = CampaignId.parse("00000000-0000-4000-8000-00000000dead");
export const BUG_CAMPAIGN = CampaignId.parse("00000000-0000-4000-8000-00000000b060");
export const AWKWARD_TEXT = "β-lactam → 3′ “quoted” \u2028 ☃ 𝛼";
const NOW = "2026-01-01T00:00:00.000Z";

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
  verticalIonisation_hartree: 0.1 + 0.2,
  vqeMinusCasci_hartree: 5e-324,
  review: null,
};

function notFound(id: string): never {
  throw new DomainError("not-found", `No campaign ${id} in this notebook. Open the list of campaigns.`, {
    id,
    tried: ["a", "b"],
  });
}

/** What the suite can see of the engine's side. */
export interface FakeEngine extends Engine {
  /** Event streams that are open now. */
  openStreams(): number;
  emit(event: CampaignEvent): void;
}

export function createFakeEngine(): FakeEngine {
  const campaigns = new Map<string, Campaign>();
  const listeners = new Set<(event: CampaignEvent) => void>();

  const get = (id: CampaignId): Campaign => {
    if (id === BUG_CAMPAIGN) throw new TypeError("secret internals: /home/someone/notebook");
    return campaigns.get(id) ?? notFound(id);
  };

  async function* events(id: CampaignId, options?: { signal?: AbortSignal }): AsyncGenerator<CampaignEvent> {
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

  const unavailable = () => Promise.reject(new DomainError("not-supported", "Not part of the contract."));

  return {
    openStreams: () => listeners.size,
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    system: {
      info: async () => ({
        version: "0.1.0",
        build: "test",
        notebookPath: AWKWARD_TEXT,
        readOnly: false,
        checks: [],
      }),
    },
    models: { list: async () => [] },
    campaigns: {
      list: async () => [...campaigns.values()],
      get: async (id) => get(id),
      start: async (settings) => {
        const campaign: Campaign = {
          id: KNOWN_CAMPAIGN,
          settings,
          state: "running",
          error: null,
          modelHash: null,
          createdAt: NOW,
          finishedAt: null,
          counts: { proposed: 0, rejected: 0, embedded: 0, evaluated: 0, failed: 0, shortlisted: 0 },
        };
        campaigns.set(campaign.id, campaign);
        return campaign;
      },
      cancel: async (id) => ({ ...get(id), state: "cancelled" }),
      resume: async (id) => ({ ...get(id), state: "queued" }),
      events,
      koopmansCorrelation: async (id) => get(id) && 0.1 + 0.2,
      finished: async (id) => get(id),
    },
    candidates: {
      list: async (id) => [{ ...row, campaignId: get(id).id }],
      get: async (): Promise<CandidateDetail> => ({
        ...row,
        conformer: null,
        evaluation: null,
        reviews: [],
        provenance: [],
      }),
      depict: async (smiles) => smiles.map((text) => `<svg><title>${text}</title></svg>`),
      review: async (review) => ({ ...review, at: NOW }),
    },
    exports: {
      create: async (request) => ({
        fileName: `x.${request.format}`,
        mediaType: "text/csv",
        encoding: "utf8",
        text: AWKWARD_TEXT,
        rows: 1,
      }),
    },
    reviews: {
      policy: unavailable,
      setPolicy: unavailable,
      standings: unavailable,
      signOff: unavailable,
      signedOff: unavailable,
      reopen: unavailable,
    },
    search: unavailable,
    notebook: {
      verify: unavailable,
      candidateProvenance: unavailable,
      provenance: unavailable,
      replay: unavailable,
      signingKey: unavailable,
      sign: unavailable,
      backUp: unavailable,
      exportArchive: unavailable,
      verifyArchive: unavailable,
      importArchive: unavailable,
    },
    molecules: {
      embed: unavailable,
      energy: unavailable,
      sample: () => {
        throw new DomainError("not-supported", "Not part of the contract.");
      },
    },
    [Symbol.asyncDispose]: async () => {},
  };
}
