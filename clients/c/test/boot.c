/*
 * Prints what curl_platform_init() takes from the system at a boot on a board without a clock: it starts at the same
 * time again. With an argument, the board has no source of random numbers either.
 */
#define _POSIX_C_SOURCE 200112L
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../platforms/curl_platform.h"

static bool has_random = true;

int clock_gettime(clockid_t clock, struct timespec *now) {
  (void)clock;
  memset(now, 0, sizeof *now);
  now->tv_sec = 8;
  return 0;
}

FILE *fopen(const char *path, const char *mode) {
  FILE *file = has_random || strcmp(path, "/dev/urandom") != 0 ? freopen(path, mode, stdin) : NULL;
  return file;
}

int main(int count, char **arguments) {
  curl_platform platform;
  iot_events_config config;
  (void)arguments;
  memset(&config, 0, sizeof config);
  has_random = count == 1;
  if (!curl_platform_init(&platform, "http://127.0.0.1", &config)) {
    puts("no");
    return 0;
  }
  printf("%016" PRIx64 " %08" PRIx32 "\n", config.boot_id, config.random(config.platform));
  curl_platform_end(&platform);
  return 0;
}
