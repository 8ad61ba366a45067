/*
 * A device controlled by standard input. It answers each command, one per line, with a line:
 *   add <deviceID> <hex of eventType> <ms|-> <hex of id|-> <kind> <hex of value>    → the number of the result
 *   flush                                                                           → the number of the result
 *   state  → pending created duplicates rejected dropped attempts failures wait_ms status
 * Before the answer to `flush` it prints what its callbacks got: `rejected <problem type> <hex of event>` and
 * `time <ms> <exact>`.
 */
#define _POSIX_C_SOURCE 200112L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../iot_events.h"
#include "posix_transport.h"

/* With zlib: bodies are compressed by the README's hook, and damaged after that if CORRUPT is set. */
#ifdef WITH_ZLIB
#include "readme_hook.h"
static char compressed[300000];

static size_t compress_body(void *user, const char *body, size_t length, char *out, size_t size) {
  const size_t count = gzip_body(user, body, length, out, size);
  if (count > 20 && getenv("CORRUPT")) out[count / 2] = (char)~out[count / 2];
  return count;
}
#endif

static posix_server server;
static unsigned char queue[IOT_EVENTS_QUEUE_SIZE(64, IOT_EVENTS_MAX_EVENT)];
static char transmit[300000];

static int send_batch(void *user, const iot_events_request *request, iot_events_reply *reply) {
  (void)user;
  return posix_send(&server, request, reply);
}

static uint32_t millis(void *user) {
  struct timespec now;
  (void)user;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint32_t)now.tv_sec * 1000u + (uint32_t)(now.tv_nsec / 1000000);
}

static uint32_t chance(void *user) {
  (void)user;
  return (uint32_t)rand();
}

static void on_rejected(void *user, iot_events_problem problem, const char *event, size_t length) {
  size_t i;
  (void)user;
  printf("rejected %s ", iot_events_problem_type(problem));
  for (i = 0; i < length; i++) printf("%02x", (unsigned char)event[i]);
  printf("\n");
}

static void on_server_time(void *user, int64_t server_ms, bool exact) {
  (void)user;
  printf("time %lld %d\n", (long long)server_ms, exact);
}

/* Decodes in place, and appends a NUL. */
static size_t from_hex(char *text) {
  size_t length = 0;
  unsigned byte;
  for (; sscanf(text + 2 * length, "%2x", &byte) == 1; length++) text[length] = (char)byte;
  text[length] = '\0';
  return length;
}

static iot_events_value to_value(const char *kind, char *text) {
  const size_t length = from_hex(text);
  if (strcmp(kind, "string") == 0) return iot_events_text(text, length);
  if (strcmp(kind, "json") == 0) return iot_events_json(text, length);
  if (strcmp(kind, "number") == 0) return iot_events_number(text);
  if (strcmp(kind, "double") == 0) return iot_events_double(strtod(text, NULL), 6);
  if (strcmp(kind, "integer") == 0) return iot_events_integer(strtoll(text, NULL, 10));
  if (strcmp(kind, "bool") == 0) return iot_events_bool(strcmp(text, "true") == 0);
  return iot_events_null();
}

static iot_events_result add(iot_events_client *client) {
  const char *device = strtok(NULL, " \n");
  char *type = strtok(NULL, " \n"), *date = strtok(NULL, " \n"), *id = strtok(NULL, " \n");
  char *kind = strtok(NULL, " \n"), *value = strtok(NULL, " \n"), nothing[1] = "";
  iot_events_event event;
  from_hex(type);
  event = iot_events_event_of(type, to_value(kind, value ? value : nothing));
  event.device_id = device;
  if (strcmp(date, "-") != 0) event.date_ms = strtoll(date, NULL, 10);
  if (strcmp(id, "-") != 0) {
    from_hex(id);
    event.id = id;
  }
  return iot_events_add(client, &event);
}

int main(int count, char **arguments) {
  static char line[100000], base_url[40];
  static iot_events_client client;
  iot_events_config config;
  if (count != 4) return 2;
  snprintf(base_url, sizeof base_url, "http://127.0.0.1:%s", arguments[1]);
  if (!posix_init(&server, base_url)) return 2;
  memset(&config, 0, sizeof config);
  config.api_key = arguments[2];
  config.boot_id = (uint32_t)strtoul(arguments[3], NULL, 10);
  config.queue = queue;
  config.queue_size = sizeof queue;
  config.transmit = transmit;
  config.transmit_size = sizeof transmit;
  config.start_wait_ms = IOT_EVENTS_NO_WAIT;
  config.first_wait_ms = 20;
  config.transport = send_batch;
  config.millis = millis;
  config.random = chance;
  config.on_rejected = on_rejected;
  config.on_server_time = on_server_time;
#ifdef WITH_ZLIB
  config.compress = compress_body;
  config.compressed = compressed;
  config.compressed_size = sizeof compressed;
#endif
  if (iot_events_init(&client, &config) != IOT_EVENTS_OK) return 2;
  while (fgets(line, sizeof line, stdin)) {
    const char *command = strtok(line, " \n");
    if (!command) continue;
    if (strcmp(command, "add") == 0) printf("%d\n", add(&client));
    if (strcmp(command, "flush") == 0) printf("%d\n", iot_events_flush(&client));
    if (strcmp(command, "state") == 0) {
      const iot_events_counters c = iot_events_counts(&client);
      printf("%lu %lu %lu %lu %lu %lu %lu %lu %d\n", (unsigned long)iot_events_pending(&client),
             (unsigned long)c.created, (unsigned long)c.duplicates, (unsigned long)c.rejected,
             (unsigned long)c.dropped, (unsigned long)c.attempts, (unsigned long)c.failures,
             (unsigned long)iot_events_wait_ms(&client), iot_events_last_status(&client));
    }
    fflush(stdout);
  }
  return 0;
}
