#include <stdio.h>

/* From clients/c: link iot_events.c, curl_platform.c and libcurl. */
#include "curl_platform.h"
#include "iot_events.h"

#ifndef BASE_URL
#define BASE_URL "http://localhost:8080"
#define API_KEY "local-development-key"
#endif

#define EVENT_SIZE IOT_EVENTS_EVENT_SIZE(32, 32, 32) /* bytes of type, id and value */
static uint8_t queue[IOT_EVENTS_QUEUE_SIZE(100, EVENT_SIZE)];
static char transmit[IOT_EVENTS_TRANSMIT_SIZE(100, EVENT_SIZE)];
static curl_platform platform;
static iot_events_client client;

static void on_rejected(void *user, iot_events_problem problem, const char *event, size_t length) {
  (void)user;
  fprintf(stderr, "Rejected, %s: %.*s\n", iot_events_problem_type(problem), (int)length, event);
}

int main(void) {
  iot_events_config config = {0};
  iot_events_event event;
  iot_events_counters counts;

  config.api_key = API_KEY;
  config.queue = queue, config.queue_size = sizeof queue;
  config.transmit = transmit, config.transmit_size = sizeof transmit;
  config.start_wait_ms = IOT_EVENTS_NO_WAIT; /* a device that starts with its whole street waits */
  config.on_rejected = on_rejected;
  if (!curl_platform_init(&platform, BASE_URL, &config)) return 2;
  if (iot_events_init(&client, &config) != IOT_EVENTS_OK) return 2;

  event = iot_events_event_of("temp_celsius", iot_events_integer(3));
  event.device_id = "8f188304-e7b3-4a16-a243-b9470468478a";
  event.date_ms = 1778001575000; /* 2026-05-05T17:19:35Z */
  if (iot_events_add(&client, &event) != IOT_EVENTS_OK) return 2;

  event = iot_events_event_of("door_opened", iot_events_null());
  event.device_id = "8f188304-e7b3-4a16-a243-b9470468478a";
  event.id = "boot-17/4";
  event.date_ms = 1778001575000; /* 2026-05-05T17:19:35Z */
  if (iot_events_add(&client, &event) != IOT_EVENTS_OK) return 2;

  event = iot_events_event_of("button_pressed", iot_events_null());
  event.device_id = "1f0c8a52-3c1e-4d0b-9a58-5f3f2f1f7a10";
  event.id = "boot-3/211";
  if (iot_events_add(&client, &event) != IOT_EVENTS_OK) return 2;

  /* A device calls it again and again, from its main loop. */
  if (iot_events_flush(&client) != IOT_EVENTS_OK) {
    fprintf(stderr, "Not sent: HTTP status %d\n", iot_events_last_status(&client));
    return 1;
  }
  counts = iot_events_counts(&client);
  printf("%u created, %u duplicates, %u rejected\n", (unsigned)counts.created,
         (unsigned)counts.duplicates, (unsigned)counts.rejected);
  curl_platform_end(&platform);
  return 0;
}
