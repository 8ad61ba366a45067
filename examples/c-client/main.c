/*
 * A device that reads measurements from standard input, one number per line, and queues them while offline:
 *   while sleep 1; do cut -d' ' -f1 /proc/loadavg; done |
 *     API_KEY=local-development-key ./iot-events-device http://localhost:8080 <deviceID> load_average
 * At the end of the input it sends the queued events and exits, with status 1 if the service rejected some.
 */
#define _POSIX_C_SOURCE 200112L
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "curl_platform.h"

#define EVENT_SIZE IOT_EVENTS_EVENT_SIZE(128, IOT_EVENTS_AUTO_ID, 30)

static unsigned char queue[IOT_EVENTS_QUEUE_SIZE(2000, EVENT_SIZE)];
static char transmit[IOT_EVENTS_TRANSMIT_SIZE(1000, EVENT_SIZE)];

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void on_rejected(void *user, iot_events_problem problem, const char *event, size_t length) {
  (void)user;
  fprintf(stderr, "rejected, %s: %.*s\n", iot_events_problem_type(problem), (int)length, event);
}

/* Sends a batch if it is time. Reports a failure; the library decides when to try again. */
static void send_some(iot_events_client *client) {
  if (iot_events_pending(client) == 0 || iot_events_wait_ms(client) > 0) return;
  if (iot_events_flush(client) != IOT_EVENTS_OK)
    fprintf(stderr, "status %d, %lu events queued, next attempt in %lu ms\n", iot_events_last_status(client),
            (unsigned long)iot_events_pending(client), (unsigned long)iot_events_wait_ms(client));
}

/* Queues one measurement; returns false if the queue is full. */
static bool add_reading(iot_events_client *client, const char *type, const char *number) {
  /* Without an id, equal readings of the same millisecond would count as duplicates. */
  static unsigned long reading = 0;
  char id[32];
  iot_events_event event = iot_events_event_of(type, iot_events_number(number));
  iot_events_result result;
  snprintf(id, sizeof id, "%08lx/%lu", (unsigned long)client->config.boot_id, reading);
  event.id = id;
  event.date_ms = now_ms();
  result = iot_events_add(client, &event);
  if (result == IOT_EVENTS_FULL) return false;
  if (result != IOT_EVENTS_OK) fprintf(stderr, "not queued (result %d): %s\n", (int)result, number);
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

/* Reads the sensor when there is input, sends when it is time, and sleeps in between. */
static void run(iot_events_client *client, const char *type) {
  static char text[4096];
  size_t length = 0;
  bool is_open = true;
  while (is_open || length > 0 || iot_events_pending(client) > 0) {
    const size_t room = is_open ? sizeof text - 1 - length : 0;
    const bool has_work = iot_events_pending(client) > 0;
    const int wait = has_work ? (int)iot_events_wait_ms(client) : -1;
    struct pollfd sensor;
    sensor.fd = STDIN_FILENO, sensor.events = POLLIN;
    if (poll(&sensor, room > 0 ? 1 : 0, wait) > 0) {
      const ssize_t count = read(STDIN_FILENO, text + length, room);
      if (count > 0) length += (size_t)count;
      else is_open = false, text[length] = '\n', length += length > 0; /* the last line may lack its line end */
    }
    length = add_lines(client, type, text, length);
    if (length == sizeof text - 1 && !memchr(text, '\n', length)) length = 0; /* too long for a number */
    send_some(client);
  }
}

int main(int count, char **arguments) {
  static iot_events_client client;
  iot_events_config config;
  iot_events_counters counts;
  curl_platform platform;
  if (count != 4) {
    fprintf(stderr, "Usage: API_KEY=… %s <base URL> <deviceID> <eventType>\n", arguments[0]);
    return 2;
  }
  memset(&config, 0, sizeof config);
  config.api_key = getenv("API_KEY");
  config.device_id = arguments[2];
  config.queue = queue;
  config.queue_size = sizeof queue;
  config.transmit = transmit;
  config.transmit_size = sizeof transmit;
  config.on_rejected = on_rejected;
  if (!curl_platform_init(&platform, arguments[1], &config)) {
    fprintf(stderr, "libcurl cannot be initialised\n");
    return 2;
  }
  if (iot_events_init(&client, &config) != IOT_EVENTS_OK) {
    fprintf(stderr, "API_KEY is not set, or %s is not a UUID\n", arguments[2]);
    return 2;
  }
  run(&client, arguments[3]);
  counts = iot_events_counts(&client);
  printf("%lu stored, %lu duplicates, %lu rejected\n", (unsigned long)counts.created,
         (unsigned long)counts.duplicates, (unsigned long)counts.rejected);
  curl_platform_end(&platform);
  return counts.rejected > 0 ? 1 : 0;
}
