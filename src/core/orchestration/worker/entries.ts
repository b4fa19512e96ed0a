/** The files that worker threads start from: the one place a bundler must be told of. */
export const WORK_ENTRY = new URL("./worker.ts", import.meta.url);
