/** The files that workers start from: the one place a bundler must be told of. */
export const THREAD_ENTRY = new URL("./thread.ts", import.meta.url);
export const PROCESS_ENTRY = new URL("./process.ts", import.meta.url);
