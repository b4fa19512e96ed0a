/** Does the queue say of finished work what the log says, and wait for nothing that the log does not lead to? */
import type { StageName } from "#shared/campaign/job.ts";
import type { Finding } from "#shared/notebook/verification.ts";
import type { Database } from "../file/database.ts";

interface JobRow {
  id: number;
  stage: string;
  ordinal: number;
  rung: number;
  state: string;
  error: string | null;
}

type Ends = Map<string, { state: "succeeded" | "failed"; error: string | null }>;

interface StageFailed {
  stage: StageName;
  ordinal: number;
  rung?: number;
  reason: string;
}

/** "evaluate 3", or where there are several "evaluate 3 on rung 2". */
const nameOf = (stage: string, ordinal: number, rung = 0): string =>
  rung === 0 ? `${stage} ${ordinal}` : `${stage} ${ordinal} on rung ${rung + 1}`;

/** What an evaluation made anew no longer counts as done. */
const RENEWED: readonly string[] = ["evaluate", "promote"] satisfies StageName[];

const ENDED: readonly string[] = ["succeeded", "failed"];

/** What the log says of a campaign's jobs beside its executions. */
interface Said {
  failures: StageFailed[];
  /** The last event that had its evaluations made anew; 0 without. */
  renewed: number;
}

/** By the campaign's UUID. */
function saidOf(made: Database): Map<string, Said> {
  const found = new Map<string, Said>();
  const query = made.sql
    .selectFrom("event")
    .select(["seq", "kind", "body"])
    .where("kind", "in", ["stage-failed", "renewed"])
    .orderBy("seq");
  for (const { seq, kind, body } of made.each(query)) {
    const said = JSON.parse(body) as StageFailed & { campaign: string };
    const known = found.get(said.campaign) ?? { failures: [], renewed: 0 };
    found.set(said.campaign, known);
    if (kind === "stage-failed") known.failures.push(said);
    else {
      known.failures = known.failures.filter(({ stage }) => !RENEWED.includes(stage));
      known.renewed = seq;
    }
  }
  return found;
}

/** How each job of a campaign ended, by the log. */
function endsOf(made: Database, campaign: number, { failures, renewed }: Said): Ends {
  const ends: Ends = new Map();
  const done = made.sql
    .selectFrom("execution")
    .select(["event", "stage", "ordinal", "rung"])
    .where("campaign", "=", campaign);
  for (const { event, stage, ordinal, rung } of made.each(done)) {
    if (event < renewed && RENEWED.includes(stage)) continue;
    ends.set(nameOf(stage, ordinal, rung), { state: "succeeded", error: null });
  }
  for (const { stage, ordinal, rung, reason } of failures)
    ends.set(nameOf(stage, ordinal, rung), { state: "failed", error: reason });
  return ends;
}

/** Whether the log has what comes before a job that has not ended. */
function isLedTo(
  { stage, ordinal, rung }: JobRow,
  { succeeded, candidates }: { succeeded: ReadonlySet<string>; candidates: Candidates },
): boolean {
  switch (stage) {
    case "propose":
      return ordinal === 0 || succeeded.has(nameOf("propose", ordinal - 1));
    case "filter":
      return succeeded.has(nameOf("propose", ordinal));
    case "acquire":
      return succeeded.has(ordinal === 0 ? nameOf("filter", 0) : nameOf("acquire", ordinal - 1));
    case "embed":
      return candidates.has(ordinal);
    case "evaluate":
      return rung === 0
        ? candidates.get(ordinal)?.isEmbedded === true
        : succeeded.has(nameOf("promote", rung - 1));
    case "promote":
      return ordinal === 0 || succeeded.has(nameOf("promote", ordinal - 1));
    default:
      return false;
  }
}

type Candidates = ReadonlyMap<number, { isEmbedded: boolean }>;

/** Candidates of a campaign that passed the filter. */
function acceptedOf(made: Database, campaign: number): Candidates {
  const query = made.sql
    .selectFrom("candidate")
    .select(["idx", "conformer"])
    .where("campaign", "=", campaign)
    .where("verdict", "is not", null)
    .where("rejection_rule", "is", null);
  return new Map(made.all(query).map(({ idx, conformer }) => [idx, { isEmbedded: conformer !== null }]));
}

/** @param made the tables made anew from the log */
export function* checkJobs(stored: Database, made: Database): Generator<Finding> {
  const columns = ["id", "uuid", "state"] as const;
  const said = saidOf(made);
  for (const campaign of made.all(made.sql.selectFrom("campaign").select(columns))) {
    const jobs = stored.all(
      stored.sql
        .selectFrom("job")
        .select(["id", "stage", "ordinal", "rung", "state", "error"])
        .where("campaign", "=", campaign.id)
        .orderBy("id"),
    );
    // A notebook made of an archive has no queue of what was done elsewhere.
    if (jobs.length === 0) continue;
    const ends = endsOf(made, campaign.id, said.get(campaign.uuid) ?? { failures: [], renewed: 0 });
    yield* checkCampaign(jobs, { ...campaign, ends }, made);
  }
  const strangers = stored.sql
    .selectFrom("job")
    .leftJoin("campaign", "campaign.id", "job.campaign")
    .select("job.id")
    .where("campaign.id", "is", null);
  for (const { id } of stored.all(strangers))
    yield { where: `table job, row ${id}`, what: "is of no campaign" };
}

function* checkCampaign(
  jobs: readonly JobRow[],
  { ends, ...campaign }: { id: number; uuid: string; state: string; ends: Ends },
  made: Database,
): Generator<Finding> {
  const succeeded = new Set([...ends].flatMap(([name, { state }]) => (state === "succeeded" ? [name] : [])));
  const candidates = acceptedOf(made, campaign.id);
  const named = ({ id, stage, ordinal, rung }: JobRow, what: string): Finding => ({
    where: `table job, row ${id} (${nameOf(stage, ordinal, rung)} of campaign ${campaign.uuid})`,
    what,
  });
  let isOpen = false;
  for (const job of jobs) {
    const name = nameOf(job.stage, job.ordinal, job.rung);
    const end = ends.get(name);
    ends.delete(name);
    const isEnded = ENDED.includes(job.state);
    if (end ? job.state !== end.state : isEnded) {
      yield named(job, `is ${job.state}, the log says ${end?.state ?? "nothing of its end"}`);
    } else if (end && job.error !== end.error) {
      yield named(job, "gives another reason than the log");
    } else if (!isEnded && !isLedTo(job, { succeeded, candidates })) {
      yield named(job, "waits, and nothing in the log leads to it");
    }
    isOpen ||= !isEnded;
  }
  const where = `table job, campaign ${campaign.uuid}`;
  for (const name of ends.keys()) yield { where, what: `lacks ${name}, which the log says was done` };
  if (isOpen && campaign.state === "succeeded")
    yield { where, what: "has work left, and the log says that the campaign succeeded" };
  if (!isOpen && ["queued", "running"].includes(campaign.state))
    yield { where, what: `has no work left, and the log says that the campaign is ${campaign.state}` };
}
