/** Milliseconds that this thread has had the processor since then; threads that it starts are not counted. */
export function processorTimeSince(then: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(then);
  return (user + system) / 1000;
}
