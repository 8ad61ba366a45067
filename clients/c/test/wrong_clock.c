/* Linked into a program, it puts the program's clock off by CLOCK_OFFSET_S seconds. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *now) {
  const char *offset = getenv("CLOCK_OFFSET_S");
  const long result = syscall(SYS_clock_gettime, clock, now);
  if (clock == CLOCK_REALTIME && offset) now->tv_sec += atol(offset);
  return (int)result;
}
