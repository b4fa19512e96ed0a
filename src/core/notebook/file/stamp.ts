/** 2026-11-22T12-30-05Z: a time for file names, which sorts as it runs and which every file system takes. */
export const stamp = (at: Date): string => at.toISOString().replace(/\.\d+/, "").replaceAll(":", "-");
