/** How long the latest states took that a notebook holds. */
import type { Database } from "../file/database.ts";
import { StateContent } from "./contents.ts";
import { timings } from "./executions.ts";

export interface TimedState {
  /** The request without its coordinates, with its elements as `symbols`. */
  input: Record<string, unknown>;
  /** With the ions in its orbitals: of the processor, or in earlier records by the clock. */
  time_ms: number;
}

/** The latest states, as many as `count`. */
export function timedStates(db: Database, count: number): TimedState[] {
  const latest = db.sql
    .selectFrom("record")
    .select(["content", "event"])
    .where("kind", "=", "state")
    .orderBy("id", "desc")
    .limit(count);
  return db.all(latest).map(({ content, event }) => {
    const { input, names } = StateContent.parse(JSON.parse(content));
    const [own, ...ions] = names;
    const times = timings(db, event);
    const processor = times[`${own}-processor`];
    if (processor !== undefined) return { input, time_ms: processor };
    const roles = [own, ...ions.flatMap((name) => [`${name}-casci`, `${name}-vqe`])];
    return { input, time_ms: roles.reduce((sum, role) => sum + (times[role] ?? 0), 0) };
  });
}
