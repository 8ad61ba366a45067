/*
 * Sends the numbers on standard input, a line each, as events of one device:
 *   seq 1 5 | API_KEY=local-development-key ./iot-events-curl http://localhost:8080 <deviceID> temp_celcius
 * It ends once the service has them all, or with 1 where it refused some.
 */
#define _POSIX_C_SOURCE 200112L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "curl_platform.h"

#define EVENT_SIZE IOT_EVENTS_EVENT_SIZE(128, IOT_EVENTS_AUTO_ID, 30)

static unsigned char queue[IOT_EVENTS_QUEUE_SIZE(10000, EVENT_SIZE)];
static char transmit[IOT_EVENTS_TRANSMIT_SIZE(1000, EVENT_SIZE)];

static void on_rejected(void *user, iot_events_problem problem, const char *event, size_t length) {
  (void)user;
  fprintf(stderr, "rejected, %s: %.*s\n", iot_events_problem_type(problem), (int)length, event);
}

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Sends what is queued; where there is no answer it says so, and goes on trying. */
static void send_all(iot_events_client *client) {
  while (iot_events_pending(client) > 0) {
    const iot_events_result result = iot_events_flush(client);
    const uint32_t wait_ms = iot_events_wait_ms(client);
    struct timespec pause;
    if (result == IOT_EVENTS_OK) continue;
    fprintf(stderr, "status %d, %lu events wait %lu ms\n", iot_events_last_status(client),
            (unsigned long)iot_events_pending(client), (unsigned long)wait_ms);
    pause.tv_sec = (time_t)(wait_ms / 1000);
    pause.tv_nsec = (long)(wait_ms % 1000) * 1000000;
    nanosleep(&pause, NULL);
  }
}

int main(int count, char **arguments) {
  static iot_events_client client;
  iot_events_config config;
  iot_events_counters counts;
  curl_platform platform;
  char line[64];
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
    fprintf(stderr, "libcurl does not start\n");
    return 2;
  }
  if (iot_events_init(&client, &config) != IOT_EVENTS_OK) {
    fprintf(stderr, "API_KEY is not set, or %s is not a UUID\n", arguments[2]);
    return 2;
  }
  while (fgets(line, sizeof line, stdin)) {
    iot_events_event event;
    iot_events_result result;
    line[strcspn(line, "\r\n")] = '\0';
    event = iot_events_event_of(arguments[3], iot_events_number(line));
    event.date_ms = now_ms();
    /* Readings of one millisecond that are alike would count as one, but for this. */
    char id[32];
    static unsigned long reading = 0;
    snprintf(id, sizeof id, "%08lx/%lu", (unsigned long)config.boot_id, reading++);
    event.id = id;
    while ((result = iot_events_add(&client, &event)) == IOT_EVENTS_FULL) send_all(&client);
    if (result != IOT_EVENTS_OK) fprintf(stderr, "not sent (%d): %s\n", (int)result, line);
  }
  send_all(&client);
  counts = iot_events_counts(&client);
  printf("%lu stored, %lu stored before, %lu rejected\n", (unsigned long)counts.created,
         (unsigned long)counts.duplicates, (unsigned long)counts.rejected);
  curl_platform_end(&platform);
  return counts.rejected > 0 ? 1 : 0;
}
