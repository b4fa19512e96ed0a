/** Does the queue say of finished work what the log says, and wait for nothing that the log does not lead to? */
import type { StageName } from "#shared/campaign/job.ts";
import type { Finding } from "#shared/notebook/verification.ts";
import type { Database } from "../file/database.ts";

interface JobRow {
  id: number;
  stage: string;
  ordinal: number;
  state: string;
  error: string | null;
}

type Ends = Map<string, { state: "succeeded" | "failed"; error: string | null }>;

interface StageFailed {
  stage: StageName;
  ordinal: number;
  reason: string;
}

const nameOf = (stage: string, ordinal: number): string => `${stage} ${ordinal}`;

const ENDED: readonly string[] = ["succeeded", "failed"];

/** Failures in the log, by the campaign's UUID. */
function failuresOf(made: Database): Map<string, StageFailed[]> {
  const failures = new Map<string, StageFailed[]>();
  const query = made.sql.selectFrom("event").select("body").where("kind", "=", "stage-failed");
  for (const { body } of made.each(query)) {
    const said = JSON.parse(body) as StageFailed & { campaign: string };
    const known = failures.get(said.campaign);
    if (known) known.push(said);
    else failures.set(said.campaign, [said]);
  }
  return failures;
}

/** How each job of a campaign ended, by the log. */
function endsOf(made: Database, campaign: number, failures: readonly StageFailed[]): Ends {
  const ends: Ends = new Map();
  const done = made.sql.selectFrom("execution").select(["stage", "ordinal"]).where("campaign", "=", campaign);
  for (const { stage, ordinal } of made.each(done))
    ends.set(nameOf(stage, ordinal), { state: "succeeded", error: null });
  for (const { stage, ordinal, reason } of failures)
    ends.set(nameOf(stage, ordinal), { state: "failed", error: reason });
  return ends;
}

/** Whether the log has what comes before a job that has not ended. */
function isLedTo(
  { stage, ordinal }: JobRow,
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
      return candidates.get(ordinal)?.isEmbedded === true;
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
  const failures = failuresOf(made);
  for (const campaign of made.all(made.sql.selectFrom("campaign").select(columns))) {
    const jobs = stored.all(
      stored.sql
        .selectFrom("job")
        .select(["id", "stage", "ordinal", "state", "error"])
        .where("campaign", "=", campaign.id)
        .orderBy("id"),
    );
    // A notebook made of an archive has no queue of what was done elsewhere.
    if (jobs.length === 0) continue;
    const ends = endsOf(made, campaign.id, failures.get(campaign.uuid) ?? []);
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
  const named = ({ id, stage, ordinal }: JobRow, what: string): Finding => ({
    where: `table job, row ${id} (${nameOf(stage, ordinal)} of campaign ${campaign.uuid})`,
    what,
  });
  let isOpen = false;
  for (const job of jobs) {
    const name = nameOf(job.stage, job.ordinal);
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
