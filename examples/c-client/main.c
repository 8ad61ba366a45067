/*
 * A device that reads measurements from standard input, one number per line, and queues them while offline:
 *   while sleep 1; do cut -d' ' -f1 /proc/loadavg; done |
 *     API_KEY=local-development-key ./iot-events-device http://localhost:8080 <deviceID> load_average
 * At the end of the input it sends the queued events and exits, with status 1 if the service rejected some. If
 * QUEUE_FILE is set, it saves the queue to that file once a minute, and when SIGTERM or SIGINT end it; the next start
 * sends it. The first event waits up to 30 s, since a whole street has its power back at one moment, or START_WAIT_MS.
 */
#define _POSIX_C_SOURCE 200112L
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "curl_platform.h"

#define EVENT_SIZE IOT_EVENTS_EVENT_SIZE(128, 32, 30)
#ifndef SAVE_EVERY_MS
#define SAVE_EVERY_MS 60000 /* flash wears out */
#endif
#define CLOCK_IS_SET_MS INT64_C(1767225600000) /* 2026: before that, the clock has never been set */

static unsigned char queue[IOT_EVENTS_QUEUE_SIZE(10000, EVENT_SIZE)];
static char transmit[IOT_EVENTS_TRANSMIT_SIZE(1000, EVENT_SIZE)];
static unsigned char image[IOT_EVENTS_IMAGE_SIZE(sizeof queue)];
static iot_events_config config;
static int64_t clock_behind_ms;
static volatile sig_atomic_t is_stopped;

static void stop(int number) {
  (void)number;
  is_stopped = 1;
}

static int64_t read_clock_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 + clock_behind_ms;
}

/* The date of a reading: by this clock, or else by that of the service; or none, until a reply has told it. */
static int64_t now_ms(iot_events_client *client) {
  int64_t now = read_clock_ms();
  if (now < CLOCK_IS_SET_MS && !iot_events_time(client, &now)) return IOT_EVENTS_NO_DATE;
  return now;
}

/* The service refuses dates that are far off its time: then this clock is wrong, and so are the dates that it gave. */
static int64_t mend_date(void *user, int64_t date_ms, int64_t server_ms) {
  static int64_t mended_ms;
  const int64_t behind_ms = server_ms - read_clock_ms();
  (void)user;
  if (llabs(behind_ms) > 60000) {
    clock_behind_ms += behind_ms;
    mended_ms = behind_ms;
    fprintf(stderr, "the clock is off by %" PRId64 " s\n", behind_ms / 1000);
  }
  /* A date that this makes later than now was right, and is refused for another reason. */
  return mended_ms == 0 || date_ms + mended_ms > server_ms + 60000 ? IOT_EVENTS_NO_DATE : date_ms + mended_ms;
}

static void on_rejected(void *user, iot_events_problem problem, const char *event, size_t length) {
  (void)user;
  fprintf(stderr, "rejected, %s: %.*s\n", iot_events_problem_type(problem), (int)length, event);
}

/* Begins to send a batch if it is time, or goes on with it, without waiting. Reports a failure once. */
static void send_some(curl_platform *platform, iot_events_client *client) {
  iot_events_result result;
  while ((result = curl_platform_step(platform, client)) == IOT_EVENTS_OK) continue;
  if (result > IOT_EVENTS_WAITING)
    fprintf(stderr, "%s (status %d), %lu events queued, next attempt in %lu ms\n", iot_events_result_text(result),
            iot_events_last_status(client), (unsigned long)iot_events_pending(client),
            (unsigned long)iot_events_wait_ms(client));
}

/* Queues one measurement; returns false if the queue is full. */
static bool add_reading(iot_events_client *client, const char *type, const char *number) {
  /* Without an id, equal readings of the same millisecond would count as duplicates. */
  static unsigned long reading = 0;
  char id[33];
  iot_events_event event = iot_events_event_of(type, iot_events_number(number));
  iot_events_result result;
  snprintf(id, sizeof id, "%016" PRIx64 ":%lu", config.boot_id, reading);
  event.id = id;
  event.date_ms = now_ms(client);
  result = iot_events_add(client, &event);
  if (result == IOT_EVENTS_FULL) return false;
  if (result != IOT_EVENTS_OK) fprintf(stderr, "not queued, %s: %s\n", iot_events_result_text(result), number);
  reading++;
  return true;
}

/* Queues each complete line while there is room. Moves the rest to the start, and returns its length. */
static size_t add_lines(iot_events_client *client, const char *type, char *text, size_t length) {
  char *line = text, *end;
  while ((end = (char *)memchr(line, '\n', length - (size_t)(line - text))) != NULL) {
    *end = '\0';
    if (*line && !add_reading(client, type, line)) {
      *end = '\n';
      break;
    }
    line = end + 1;
  }
  length -= (size_t)(line - text);
  memmove(text, line, length);
  return length;
}

/* Writes a new file, and only then replaces the old one; removes it if nothing is queued. Returns false if it could not. */
static bool save_queue(iot_events_client *client, const char *path) {
  char fresh[1024];
  FILE *file;
  size_t length;
  bool is_saved;
  if (iot_events_pending(client) == 0) return remove(path) == 0 || errno == ENOENT;
  length = iot_events_save(client, image, sizeof image);
  if (snprintf(fresh, sizeof fresh, "%s.new", path) >= (int)sizeof fresh) return false;
  file = fopen(fresh, "wb");
  if (!file) return false;
  is_saved = length > 0 && fwrite(image, 1, length, file) == length && fflush(file) == 0 && fsync(fileno(file)) == 0;
  is_saved = fclose(file) == 0 && is_saved;
  return is_saved && rename(fresh, path) == 0;
}

/* Reads the sensor when there is input, sends when it is time, and sleeps in between. Nothing here waits for the server. */
static void run(curl_platform *platform, iot_events_client *client, const char *type, const char *path) {
  uint32_t saved_at = config.millis(config.platform);
  static char text[4096];
  size_t length = 0;
  bool is_open = true;
  while (!is_stopped && (is_open || length > 0 || iot_events_pending(client) > 0)) {
    const size_t room = is_open ? sizeof text - 1 - length : 0;
    if (curl_platform_wait(platform, client, room > 0 ? STDIN_FILENO : -1, 1000)) {
      const ssize_t count = read(STDIN_FILENO, text + length, room);
      if (count > 0) length += (size_t)count;
      else is_open = false, text[length] = '\n', length += length > 0; /* the last line may lack its line end */
    }
    length = add_lines(client, type, text, length);
    if (length == sizeof text - 1 && !memchr(text, '\n', length)) {
      fprintf(stderr, "skipped a line that is too long for a number\n");
      length = 0;
    }
    send_some(platform, client);
    if (path && config.millis(config.platform) - saved_at >= SAVE_EVERY_MS) {
      if (!save_queue(client, path)) fprintf(stderr, "%s: %s\n", path, strerror(errno));
      saved_at = config.millis(config.platform);
    }
  }
}

/*
 * Takes over the events of the last run. The file stays until the next save: after a power cut, its events are sent once
 * more, and stored once, since they have ids. A damaged file is kept for a look, and not read again.
 */
static void restore_queue(iot_events_client *client, const char *path) {
  char aside[1024];
  iot_events_result result;
  size_t length;
  FILE *file = fopen(path, "rb");
  if (!file) return;
  length = fread(image, 1, sizeof image, file);
  fclose(file);
  result = iot_events_restore(client, image, length);
  if (result == IOT_EVENTS_OK) return;
  fprintf(stderr, "%s: %s\n", path, iot_events_result_text(result));
  if (snprintf(aside, sizeof aside, "%s.damaged", path) < (int)sizeof aside) rename(path, aside);
}

static void stop_on(int number) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = stop;
  sigaction(number, &action, NULL);
}

int main(int count, char **arguments) {
  static iot_events_client client;
  const char *path = getenv("QUEUE_FILE"), *wait = getenv("START_WAIT_MS");
  iot_events_counters counts;
  curl_platform platform;
  bool is_kept = true;
  if (count != 4) {
    fprintf(stderr, "Usage: API_KEY=… %s <base URL> <deviceID> <eventType>\n", arguments[0]);
    return 2;
  }
  config.api_key = getenv("API_KEY");
  config.device_id = arguments[2];
  config.queue = queue;
  config.queue_size = sizeof queue;
  config.transmit = transmit;
  config.transmit_size = sizeof transmit;
  if (wait) config.start_wait_ms = strcmp(wait, "0") == 0 ? IOT_EVENTS_NO_WAIT : (uint32_t)strtoul(wait, NULL, 10);
  config.mend_date = mend_date;
  config.on_rejected = on_rejected;
  if (!curl_platform_init(&platform, arguments[1], &config)) {
    fprintf(stderr, "libcurl cannot be initialised, or /dev/urandom cannot be read\n");
    return 2;
  }
  if (iot_events_init(&client, &config) != IOT_EVENTS_OK) {
    fprintf(stderr, "API_KEY is not set, or %s is not a UUID\n", arguments[2]);
    return 2;
  }
  if (path) {
    restore_queue(&client, path);
    stop_on(SIGTERM);
    stop_on(SIGINT);
  }
  run(&platform, &client, arguments[3], path);
  if (path) is_kept = save_queue(&client, path);
  counts = iot_events_counts(&client);
  printf("%lu stored, %lu duplicates, %lu rejected\n", (unsigned long)counts.created,
         (unsigned long)counts.duplicates, (unsigned long)counts.rejected);
  if (!is_kept) fprintf(stderr, "%s: %s; %lu events are lost\n", path, strerror(errno), (unsigned long)iot_events_pending(&client));
  curl_platform_end(&platform);
  return counts.rejected > 0 || !is_kept ? 1 : 0;
}
