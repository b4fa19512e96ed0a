#include "ansatz/processor_time.hpp"

#ifdef _WIN32
#include <windows.h>
#else
#include <ctime>
#endif

namespace ansatz {
namespace {

thread_local double ofEndedThreads_ms = 0.0;

#ifdef _WIN32
/** Windows counts in 100 ns. */
double milliseconds(const FILETIME& time) {
  return 1e-4 * (4294967296.0 * time.dwHighDateTime + time.dwLowDateTime);
}

double ofThisThread_ms() {
  FILETIME created, exited, kernel, user;
  if (!GetThreadTimes(GetCurrentThread(), &created, &exited, &kernel, &user)) return 0.0;
  return milliseconds(kernel) + milliseconds(user);
}
#else
double ofThisThread_ms() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return 1e3 * time.tv_sec + 1e-6 * time.tv_nsec;
}
#endif

}  // namespace

double processorTime_ms() { return ofThisThread_ms() + ofEndedThreads_ms; }

void countProcessorTime(double ms) { ofEndedThreads_ms += ms; }

}  // namespace ansatz
