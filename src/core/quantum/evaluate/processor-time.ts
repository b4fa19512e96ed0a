import { native } from "../native/native.ts";

/** Milliseconds that this thread has had the processor, with threads of several fields at a time; those that share a kernel's work are not counted. */
export const processorTime_ms = (): number => native().processorTime_ms();
