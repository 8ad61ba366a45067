/*
 * Sends the numbers on standard input, a line each, as events of one device:
 *   seq 1 5 | API_KEY=local-development-key ./iot-events-curl http://localhost:8080 <deviceID> temp_celcius
 * It ends once the service has them all, or with 1 where it refused some.
 */
#define _POSIX_C_SOURCE 200112L
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../iot_events.h"

#define EVENT_SIZE IOT_EVENTS_EVENT_SIZE(128, IOT_EVENTS_AUTO_ID, 30)

typedef struct {
  CURL *curl;
  const char *base_url;
} connection;

static unsigned char queue[IOT_EVENTS_QUEUE_SIZE(10000, EVENT_SIZE)];
static char transmit[IOT_EVENTS_TRANSMIT_SIZE(1000, EVENT_SIZE)];

static size_t on_body(char *bytes, size_t size, size_t count, void *reply) {
  iot_events_reply_body((iot_events_reply *)reply, bytes, size * count);
  return size * count;
}

static size_t on_header(char *line, size_t size, size_t count, void *reply) {
  const size_t length = size * count;
  const char *colon = (const char *)memchr(line, ':', length);
  if (colon) {
    const size_t name = (size_t)(colon - line);
    iot_events_reply_header((iot_events_reply *)reply, line, name, colon + 1, length - name - 1);
  }
  return length;
}

static int send_request(void *user, const iot_events_request *request, iot_events_reply *reply) {
  const connection *c = (const connection *)user;
  struct curl_slist *headers = NULL;
  char url[500], line[200];
  long status = 0;
  CURLcode code;
  size_t i;
  snprintf(url, sizeof url, "%s%s", c->base_url, request->path);
  for (i = 0; i < request->header_count; i++) {
    snprintf(line, sizeof line, "%s: %s", request->headers[i].name, request->headers[i].value);
    headers = curl_slist_append(headers, line);
  }
  curl_easy_reset(c->curl); /* keeps the connection */
  curl_easy_setopt(c->curl, CURLOPT_URL, url);
  curl_easy_setopt(c->curl, CURLOPT_CUSTOMREQUEST, request->method);
  curl_easy_setopt(c->curl, CURLOPT_POSTFIELDS, request->body);
  curl_easy_setopt(c->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_length);
  curl_easy_setopt(c->curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(c->curl, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(c->curl, CURLOPT_HEADERDATA, reply);
  curl_easy_setopt(c->curl, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(c->curl, CURLOPT_WRITEDATA, reply);
  curl_easy_setopt(c->curl, CURLOPT_TIMEOUT, 35L);
  code = curl_easy_perform(c->curl);
  curl_slist_free_all(headers);
  if (code != CURLE_OK) {
    fprintf(stderr, "%s\n", curl_easy_strerror(code));
    return 0;
  }
  curl_easy_getinfo(c->curl, CURLINFO_RESPONSE_CODE, &status);
  return (int)status;
}

static uint32_t to_ms(const struct timespec *t) {
  return (uint32_t)t->tv_sec * 1000u + (uint32_t)(t->tv_nsec / 1000000);
}

static uint32_t millis(void *user) {
  struct timespec now;
  (void)user;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return to_ms(&now);
}

static uint32_t chance(void *user) {
  (void)user;
  return (uint32_t)rand();
}

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
  connection c;
  char line[64];
  if (count != 4) {
    fprintf(stderr, "Usage: API_KEY=… %s <base URL> <deviceID> <eventType>\n", arguments[0]);
    return 2;
  }
  curl_global_init(CURL_GLOBAL_DEFAULT);
  c.curl = curl_easy_init();
  c.base_url = arguments[1];
  srand((unsigned)now_ms());
  memset(&config, 0, sizeof config);
  config.api_key = getenv("API_KEY");
  config.device_id = arguments[2];
  config.boot_id = (uint32_t)now_ms();
  config.queue = queue;
  config.queue_size = sizeof queue;
  config.transmit = transmit;
  config.transmit_size = sizeof transmit;
  config.transport = send_request;
  config.millis = millis;
  config.random = chance;
  config.on_rejected = on_rejected;
  config.user = &c;
  if (!c.curl || iot_events_init(&client, &config) != IOT_EVENTS_OK) {
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
  curl_easy_cleanup(c.curl);
  curl_global_cleanup();
  return counts.rejected > 0 ? 1 : 0;
}
