/**
 * What was asked of devices in the cloud, event by event: reservations and bills, what left the machine, ids and results. Work in
 * hand and a ledger, only ever added to; jobs, ledger and egress log are views of it.
 */
import type { Selectable } from "kysely";
import { z } from "zod";
import { DeviceAccess, type DeviceJobRow, type EgressRow, type LedgerRow } from "#shared/quantum/devices.ts";
import type { Database } from "../file/database.ts";
import { only } from "../file/database.ts";
import type { DeviceEventTable } from "../file/schema.ts";

const Reserved = z.strictObject({
  /** The base address that it is sent to; older reservations have none. */
  destination: z.string().optional(),
  device: z.string(),
  /** Which calculation or campaign asked. */
  campaign: z.string(),
  /** Of all its circuits together. */
  shots: z.number().int(),
  /** How many it has; older reservations, of one each, do not say. */
  circuits: z.number().int().min(1).default(1),
  /** Where the estimate is from. */
  estimate: z.string(),
});
const Egress = z.strictObject({
  destination: z.string(),
  purpose: z.enum(["submit", "estimate"]),
  sha256: z.string(),
  bytes: z.number().int(),
  approval: z.string(),
});
const Attached = z.strictObject({
  vendorId: z.string(),
  /** sent: the provider answered with it. found: it was looked up by the job's name. */
  by: z.enum(["sent", "found"]),
  tls: z.strictObject({ version: z.string(), group: z.string().nullable() }).nullable(),
});
/** How often each number was measured, bit q for qubit q. */
const Counts = z.array(z.tuple([z.number().int(), z.number().int()]));
const Result = z.strictObject({
  /** Of each circuit, in the order of the job. */
  circuits: z.array(Counts).min(1),
  /** null where it could not be read. */
  calibration: z
    .strictObject({ id: z.string().nullable(), readout01: z.number(), readout10: z.number() })
    .nullable(),
});
/** Older results are of one circuit each. */
const OlderResult = Result.omit({ circuits: true })
  .extend({ counts: Counts })
  .transform(({ counts, calibration }) => ({ circuits: [counts], calibration }));
const Done = z.union([Result, OlderResult]);
const Reason = z.strictObject({ reason: z.string() });
const NOTHING = z.strictObject({});

const BODIES = {
  // As it was written: what is refused since is refused when it is used.
  enabled: DeviceAccess.extend({ baseUrl: z.string() }),
  disabled: NOTHING,
  reserved: Reserved,
  egress: Egress,
  attached: Attached,
  done: Done,
  ended: Reason,
  settled: NOTHING,
  alarm: Reason,
} as const;
type Kind = keyof typeof BODIES;
export type DeviceDone = z.infer<typeof Done>;

/** An event of one kind; money in USD where the kind has some. */
export type DeviceEvent = {
  [K in Kind]: {
    provider: string;
    job: string | null;
    kind: K;
    usd?: number;
    body: z.input<(typeof BODIES)[K]>;
  };
}[Kind];

const MICRO = 1e6;
/** Up, so that no sum is less than what it adds up. */
const microOf = (usd: number): number => Math.ceil(usd * MICRO - 1e-6);

/** To be called in a transaction of the notebook. @throws ZodError for a body that its kind does not have */
export function addDeviceEvent(
  db: Database,
  at: Date,
  { provider, job, kind, usd, body }: DeviceEvent,
): void {
  db.insert("device_event", {
    at: at.toISOString(),
    provider,
    job,
    kind,
    micro_usd: usd === undefined ? null : microOf(usd),
    body: JSON.stringify(BODIES[kind].parse(body)),
  });
}

type StoredEvent = Selectable<DeviceEventTable>;

const bodyOf = <K extends Kind>(kind: K, event: StoredEvent | undefined) =>
  event && (BODIES[kind].parse(JSON.parse(event.body)) as z.infer<(typeof BODIES)[K]>);

/** What a person last said of a provider; undefined where it is not enabled. */
export function deviceAccess(
  db: Database,
  provider: string,
): { access: DeviceAccess; enabledAt: string } | undefined {
  const last = db.one(
    db.sql
      .selectFrom("device_event")
      .selectAll()
      .where("provider", "=", provider)
      .where("kind", "in", ["enabled", "disabled"])
      .orderBy("id", "desc")
      .limit(1),
  );
  const access = last?.kind === "enabled" ? bodyOf("enabled", last) : undefined;
  return last && access && { access, enabledAt: last.at };
}

/** What is known of one job but for its counts. */
export interface DeviceJobHead extends DeviceJobRow {
  /** The base address that it belongs to; of an older job host and port, null where nothing of it left. */
  readonly destination: string | null;
  readonly campaign: string;
  readonly shots: number;
  readonly reserved_usd: number;
  /** null until a bill said so. */
  readonly settled_usd: number | null;
  readonly alarms: readonly string[];
}

export interface DeviceJob extends DeviceJobHead {
  readonly result: DeviceDone | null;
}

const lastOf = (events: readonly StoredEvent[], kind: Kind): StoredEvent | undefined =>
  events.findLast((event) => event.kind === kind);

function headOf(events: readonly StoredEvent[]): DeviceJobHead | undefined {
  const of = (kind: Kind) => lastOf(events, kind);
  const reservation = of("reserved");
  const reserved = bodyOf("reserved", reservation);
  if (!reservation?.job || !reserved) return undefined;
  const attached = bodyOf("attached", of("attached"));
  const ended = bodyOf("ended", of("ended"));
  const settled = of("settled");
  const egress = bodyOf("egress", of("egress"));
  const isSent = egress ? "sending" : "reserved";
  const state = ended ? "ended" : of("done") ? "done" : attached ? "sent" : isSent;
  return {
    job: reservation.job,
    provider: reservation.provider,
    destination: reserved.destination ?? egress?.destination ?? null,
    device: reserved.device,
    campaign: reserved.campaign,
    shots: reserved.shots,
    circuits: reserved.circuits,
    vendorId: attached?.vendorId ?? null,
    state,
    reason: ended?.reason ?? null,
    reservedAt: reservation.at,
    endedAt: (of("done") ?? of("ended"))?.at ?? null,
    reserved_usd: (reservation.micro_usd ?? 0) / MICRO,
    settled_usd: settled ? (settled.micro_usd ?? 0) / MICRO : null,
    alarms: events
      .filter(({ kind }) => kind === "alarm")
      .map((event) => bodyOf("alarm", event)?.reason ?? ""),
  };
}

const events = (db: Database) => db.sql.selectFrom("device_event").selectAll().orderBy("id");

/** undefined where nothing was ever reserved for it */
export function deviceJob(db: Database, job: string): DeviceJob | undefined {
  const all = db.all(events(db).where("job", "=", job));
  const head = headOf(all);
  return head && { ...head, result: bodyOf("done", lastOf(all, "done")) ?? null };
}

/** Jobs as the events up to one leave them, by name, oldest first. */
interface Seen {
  through: number;
  readonly jobs: Map<string, DeviceJobHead>;
}

/** Of each connection: events are only ever added. */
const seen = new WeakMap<Database, Seen>();

/** Takes in what was added. */
function follow(db: Database, known: Seen): void {
  const isFirst = known.through === 0;
  const added = new Map<string, StoredEvent[]>();
  for (const event of db.each(events(db).where("id", ">", known.through))) {
    known.through = event.id;
    if (event.job === null) continue;
    const found = added.get(event.job);
    if (found) found.push(event);
    else added.set(event.job, [event]);
  }
  for (const [job, own] of added) {
    const head = headOf(isFirst ? own : db.all(events(db).where("job", "=", job)));
    if (head) known.jobs.set(job, head);
  }
}

/** Every job, oldest first. Cost: of events that were added since the last call on this connection. */
export function deviceJobs(db: Database, provider?: string): DeviceJobHead[] {
  // What is not committed may be taken back.
  const isOpen = db.guard((connection) => connection.inTransaction);
  const known = (isOpen ? undefined : seen.get(db)) ?? { through: 0, jobs: new Map() };
  follow(db, known);
  if (!isOpen) seen.set(db, known);
  const jobs = [...known.jobs.values()];
  return provider === undefined ? jobs : jobs.filter((job) => job.provider === provider);
}

export const jobRow = ({
  job,
  provider,
  device,
  circuits,
  vendorId,
  state,
  reason,
  reservedAt,
  endedAt,
}: DeviceJobHead): DeviceJobRow => ({
  ...{ job, provider, device, circuits, vendorId, state, reason, reservedAt, endedAt },
});

export const ledgerRow = (one: DeviceJobHead): LedgerRow => ({
  job: one.job,
  provider: one.provider,
  device: one.device,
  campaign: one.campaign,
  shots: one.shots,
  reservedAt: one.reservedAt,
  reserved_usd: one.reserved_usd,
  settled_usd: one.settled_usd,
  alarms: [...one.alarms],
});

/** Every circuit and every question for a price that left the machine, oldest first. */
export function deviceEgress(db: Database): EgressRow[] {
  return db.all(events(db).where("kind", "=", "egress")).map((event) => {
    const { at, provider, job } = event;
    const body = Egress.parse(JSON.parse(event.body));
    return { at, provider, job, ...body };
  });
}

/** What is committed, USD: bills, and reservations that no bill has settled. */
export interface Committed {
  readonly campaign_usd: number;
  readonly day_usd: number;
  readonly account_usd: number;
}

/**
 * Of jobs at one address; reservations that tell no address, which are older, count for each.
 *
 * @param day of the reservation, as "2026-11-30" (UTC)
 */
export function committedMoney(
  db: Database,
  asked: { provider: string; destination: string; campaign: string; day: string },
): Committed {
  const { provider, destination, campaign, day } = asked;
  const sum = only(
    db,
    db.sql
      .with("job", (sql) =>
        sql
          .selectFrom("device_event as r")
          .leftJoin("device_event as s", (join) =>
            join.onRef("s.job", "=", "r.job").on("s.kind", "=", "settled"),
          )
          .select(({ fn, ref }) => [
            "r.at",
            "r.body",
            fn.coalesce(ref("s.micro_usd"), ref("r.micro_usd")).as("amount"),
          ])
          .where("r.kind", "=", "reserved")
          .where("r.provider", "=", provider)
          .where(
            ({ fn, val }) =>
              fn.coalesce(fn("json_extract", ["r.body", val("$.destination")]), val(destination)),
            "=",
            destination,
          ),
      )
      .selectFrom("job")
      .select(({ fn, eb, val }) => [
        fn.coalesce(fn.sum<number>("amount"), val(0)).as("account"),
        fn
          .coalesce(
            fn.sum<number>(
              eb
                .case()
                .when(fn("substr", ["at", val(1), val(10)]), "=", day)
                .then(eb.ref("amount"))
                .else(0)
                .end(),
            ),
            val(0),
          )
          .as("day"),
        fn
          .coalesce(
            fn.sum<number>(
              eb
                .case()
                .when(fn("json_extract", ["body", val("$.campaign")]), "=", campaign)
                .then(eb.ref("amount"))
                .else(0)
                .end(),
            ),
            val(0),
          )
          .as("campaign"),
      ]),
  );
  return {
    account_usd: Number(sum.account) / MICRO,
    day_usd: Number(sum.day) / MICRO,
    campaign_usd: Number(sum.campaign) / MICRO,
  };
}
