/** Sections of a comparison by name, and what the command asks of them. */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { native } from "#core/quantum/native/native.ts";
import type { Asked } from "./rows.ts";
import type { Task } from "./task.ts";

interface AskedOfSection extends Asked {
  /** Those that `--tasks` names. */
  of: <T extends Pick<Task, "name">>(tasks: readonly T[]) => T[];
}

export type Section = (asked: AskedOfSection) => void | Promise<void>;

/** Prints the machine, then the sections that the arguments ask for, by default all on one thread. */
export async function runSections(args: string[], sections: Record<string, Section>): Promise<void> {
  const names = Object.keys(sections);
  const { values } = parseArgs({
    args,
    options: {
      peers: { type: "boolean", default: false },
      only: { type: "string", default: names.join(",") },
      tasks: { type: "string", default: "" },
      threads: { type: "string", default: "1" },
    },
  });
  const wanted = values.only.split(",");
  const unknown = wanted.find((section) => !names.includes(section));
  if (unknown !== undefined) throw new Error(`--only: expected some of ${names.join(", ")}, got ${unknown}`);
  const starts = values.tasks.split(",");
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim()} (${cpus().length} threads), ` +
      `${native().instructionSet()}, Node ${process.version}, build ${native().buildId()}`,
  );
  const asked: AskedOfSection = {
    peers: values.peers,
    threads: values.threads.split(",").map(Number),
    of: (tasks) => tasks.filter(({ name }) => starts.some((start) => name.startsWith(start))),
  };
  for (const [name, section] of Object.entries(sections)) if (wanted.includes(name)) await section(asked);
}
