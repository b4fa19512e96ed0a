/** How long the latest states took that a notebook holds, and how much work they were. */
import { z } from "zod";
import type { Database } from "../file/database.ts";
import { StateContent } from "./contents.ts";
import { timings } from "./executions.ts";
import { linkedFrom } from "./records.ts";

export interface TimedState {
  /** The request without its coordinates, with its elements as `symbols`. */
  input: Record<string, unknown>;
  /** With the ions in its orbitals: of the processor, or in earlier records by the clock. */
  time_ms: number;
  /** Fock matrices of its field; undefined in records of before they were counted. */
  fockBuilds: number | undefined;
  /** Of its relaxation; undefined where there was none. */
  steps: number | undefined;
}

const FieldContent = z.looseObject({
  search: z.looseObject({ fockBuilds: z.number() }).nullish(),
  optimisation: z.looseObject({ steps: z.number() }).nullish(),
});

/** The latest states, as many as `count`. Cost: a tenth of a millisecond each. */
export function timedStates(db: Database, count: number): TimedState[] {
  const latest = db.sql
    .selectFrom("record")
    .select(["id", "content", "event"])
    .where("kind", "=", "state")
    .orderBy("id", "desc")
    .limit(count);
  return db.all(latest).map(({ id, content, event }) => {
    const { input, names } = StateContent.parse(JSON.parse(content));
    const [field] = linkedFrom(db, id, "scf");
    const { search, optimisation } = FieldContent.parse(field?.content ?? {});
    const effort = { fockBuilds: search?.fockBuilds, steps: optimisation?.steps };
    const [own, ...ions] = names;
    const times = timings(db, event);
    const processor = times[`${own}-processor`];
    if (processor !== undefined) return { input, time_ms: processor, ...effort };
    const roles = [own, ...ions.flatMap((name) => [`${name}-casci`, `${name}-vqe`])];
    return { input, time_ms: roles.reduce((sum, role) => sum + (times[role] ?? 0), 0), ...effort };
  });
}
