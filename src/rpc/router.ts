/** The contract over an Engine: each procedure is one call, no logic lives here. */
import { implement } from "@orpc/server";
import type { Engine, Logger } from "#core/engine-interface.ts";
import { contract } from "#shared/contract/contract.ts";
import { toRpcError } from "./errors.ts";

const toFile = (content: Uint8Array | string, name: string, type: string): File =>
  new File([content as BlobPart], name, { type });

/**
 * Implements the contract.
 *
 * @param engine the core that answers.
 * @param logger receives every bug (anything that is neither a DomainError nor a cancellation).
 */
export function createRouter(engine: Engine, logger: Logger) {
  const os = implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw toRpcError(error, logger);
    }
  });

  /** The middleware above has returned before the first event; errors of a stream are mapped here. */
  async function* streamed<T>(events: AsyncIterable<T>) {
    try {
      yield* events;
    } catch (error) {
      throw toRpcError(error, logger);
    }
  }

  return os.router({
    system: { info: os.system.info.handler(() => engine.system.info()) },
    models: {
      list: os.models.list.handler(() => engine.models.list()),
      card: os.models.card.handler(({ input }) => engine.models.card(input.name)),
      import: os.models.import.handler(async ({ input: { files } }) => {
        const named = files.map(async (file) => [file.name, await file.bytes()] as const);
        return engine.models.import(Object.fromEntries(await Promise.all(named)));
      }),
      train: os.models.train.handler(async ({ input: { file, ...request } }) =>
        engine.models.train({ ...request, fileName: file.name, file: await file.bytes() }),
      ),
      training: os.models.training.handler(() => engine.models.training()),
      followTraining: os.models.followTraining.handler(({ signal }) =>
        streamed(engine.models.followTraining(signal ? { signal } : {})),
      ),
      stopTraining: os.models.stopTraining.handler(({ input }) => engine.models.stopTraining(input)),
    },
    campaigns: {
      list: os.campaigns.list.handler(() => engine.campaigns.list()),
      get: os.campaigns.get.handler(({ input }) => engine.campaigns.get(input.id)),
      start: os.campaigns.start.handler(({ input }) => engine.campaigns.start(input)),
      cancel: os.campaigns.cancel.handler(({ input }) => engine.campaigns.cancel(input.id)),
      resume: os.campaigns.resume.handler(({ input }) => engine.campaigns.resume(input.id)),
      estimateCorrelation: os.campaigns.estimateCorrelation.handler(({ input }) =>
        engine.campaigns.estimateCorrelation(input.id),
      ),
      events: os.campaigns.events.handler(({ input, signal }) =>
        streamed(engine.campaigns.events(input.id, signal ? { signal } : {})),
      ),
    },
    candidates: {
      list: os.candidates.list.handler(({ input }) => engine.candidates.list(input.campaignId, input)),
      get: os.candidates.get.handler(({ input }) => engine.candidates.get(input.id, input)),
      depict: os.candidates.depict.handler(({ input }) => engine.candidates.depict(input.smiles)),
      review: os.candidates.review.handler(({ input }) => engine.candidates.review(input)),
    },
    exports: { create: os.exports.create.handler(({ input }) => engine.exports.create(input)) },
    reviews: {
      policy: os.reviews.policy.handler(({ input }) => engine.reviews.policy(input.campaignId)),
      setPolicy: os.reviews.setPolicy.handler(({ input }) =>
        engine.reviews.setPolicy(input.campaignId, input.policy, input.by),
      ),
      standings: os.reviews.standings.handler(({ input }) =>
        engine.reviews.standings(input.campaignId, input),
      ),
      signOff: os.reviews.signOff.handler(({ input: { key, ...request } }) =>
        engine.reviews.signOff(request, key ?? undefined),
      ),
      signedOff: os.reviews.signedOff.handler(({ input }) => engine.reviews.signedOff(input.campaignId)),
      reopen: os.reviews.reopen.handler(({ input }) => engine.reviews.reopen(input)),
    },
    search: os.search.handler(({ input }) => engine.search(input)),
    notebook: {
      verify: os.notebook.verify.handler(({ signal }) => engine.notebook.verify(signal ? { signal } : {})),
      candidateProvenance: os.notebook.candidateProvenance.handler(({ input }) =>
        engine.notebook.candidateProvenance(input.id, input),
      ),
      provenance: os.notebook.provenance.handler(({ input }) =>
        engine.notebook.provenance(input.record, input.direction, input),
      ),
      replay: os.notebook.replay.handler(({ input, signal }) =>
        engine.notebook.replay(input.id, signal ? { signal } : {}),
      ),
      signing: os.notebook.signing.handler(() => engine.notebook.signing()),
      sign: os.notebook.sign.handler(({ input }) => engine.notebook.sign(input)),
      exports: os.notebook.exports.handler(() => engine.notebook.exports()),
      backUp: os.notebook.backUp.handler(async () => ({ path: await engine.notebook.backUp() })),
      exportArchive: os.notebook.exportArchive.handler(async ({ input: { name, ...asked } }) =>
        toFile(await engine.notebook.exportArchive(name, asked), `${name}.eln`, "application/vnd.eln+zip"),
      ),
      exportProvenance: os.notebook.exportProvenance.handler(async ({ input }) =>
        toFile(await engine.notebook.exportProvenance(input), "provenance.json", "application/json"),
      ),
      verifyArchive: os.notebook.verifyArchive.handler(async ({ input }) =>
        engine.notebook.verifyArchive(await input.archive.bytes()),
      ),
      importArchive: os.notebook.importArchive.handler(async ({ input: { archive, name } }) => ({
        path: await engine.notebook.importBeside(await archive.bytes(), name),
      })),
    },
  });
}

export type AppRouter = ReturnType<typeof createRouter>;
