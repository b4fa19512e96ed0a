#pragma once

namespace ansatz {

/** Milliseconds that the calling thread has had the processor, and what was counted as its own. */
double processorTime_ms();

/** Counts the time of a thread that has ended as the calling thread's. */
void countProcessorTime(double ms);

}  // namespace ansatz
