/** Times and rates of the notebook's bench, printed beside their goals. */

/** Time on the clock and of the processor, in milliseconds: on a busy machine only the second says something. */
export interface Spent {
  wall: number;
  cpu: number;
}

export async function spent(work: () => unknown): Promise<Spent> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { wall: performance.now() - began, cpu: (user + system) / 1000 };
}

/** The run of median duration. */
export async function median(runs: number, work: () => unknown): Promise<Spent> {
  const all: Spent[] = [];
  for (let i = 0; i < runs; i++) all.push(await spent(work));
  return all.sort((a, b) => a.wall - b.wall)[Math.floor(runs / 2)]!;
}

export const number = (value: number): string =>
  value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0).padStart(10);

export const print = (what: string, ...values: string[]): void =>
  void process.stdout.write(`${what.padEnd(58)} ${values.join("  ")}\n`);

/** For a batch of events, and in milliseconds for 100,000 candidates. */
export const GOALS = {
  events: 20_000,
  open: 300,
  provenance: 20,
  similarity: 200,
  substructure: 300,
} as const;

export const reportTime = (what: string, { wall, cpu }: Spent, goal?: number): void =>
  print(what, `${number(wall)} ms`, `${number(cpu)} CPU ms`, goal ? `goal < ${goal} ms` : "");

export const reportRate = (what: string, count: number, { wall, cpu }: Spent, goal?: number): void =>
  print(
    what,
    `${number((1000 * count) / wall)} /s`,
    `${number((1000 * count) / cpu)} /CPU s`,
    goal ? `goal ≥ ${goal} /s` : "",
  );

/** How many times as long as the peer, by processor time. */
export const reportRatio = (what: string, ours: Spent, peer: Spent): void =>
  print(what, `${number(ours.cpu / peer.cpu)} × CPU`, `${number(ours.wall / peer.wall)} × wall`);
