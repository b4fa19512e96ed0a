/* Loaded before the C library: makes writes and fsyncs fail as a full or dying disk does.
 * ANSATZ_FAULT_AFTER: after so many bytes written to *.sqlite* files every further write fails with ENOSPC, until the file
 * named by ANSATZ_FAULT_RELIEF exists. ANSATZ_FAULT_FSYNC: every n-th fsync or fdatasync fails with EIO. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long written, synced;

static long setting(const char *name) {
  const char *text = getenv(name);
  return text ? atol(text) : -1;
}

static int is_notebook(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, sizeof path - 1);
  if (n < 0) return 0;
  path[n] = 0;
  return strstr(path, ".sqlite") != NULL;
}

static int is_full(size_t count) {
  long after = setting("ANSATZ_FAULT_AFTER");
  const char *relief = getenv("ANSATZ_FAULT_RELIEF");
  if (after < 0 || (relief && access(relief, F_OK) == 0)) return 0;
  return __atomic_add_fetch(&written, (long)count, __ATOMIC_RELAXED) > after;
}

ssize_t pwrite64(int fd, const void *buffer, size_t count, off64_t offset) {
  static ssize_t (*real)(int, const void *, size_t, off64_t);
  if (!real) real = (ssize_t(*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
  if (is_notebook(fd) && is_full(count)) {
    errno = ENOSPC;
    return -1;
  }
  return real(fd, buffer, count, offset);
}

ssize_t pwrite(int fd, const void *buffer, size_t count, off_t offset) { return pwrite64(fd, buffer, count, offset); }

static int sync_fails(int fd) {
  long every = setting("ANSATZ_FAULT_FSYNC");
  return every > 0 && is_notebook(fd) && __atomic_add_fetch(&synced, 1, __ATOMIC_RELAXED) % every == 0;
}

int fsync(int fd) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  if (sync_fails(fd)) {
    errno = EIO;
    return -1;
  }
  return real(fd);
}

int fdatasync(int fd) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  if (sync_fails(fd)) {
    errno = EIO;
    return -1;
  }
  return real(fd);
}
