/* Three tasks add while a fourth one sends: each event is stored once, or was told to be dropped. */
#define _POSIX_C_SOURCE 200112L
#include <pthread.h>

#include "fixture.h"

#define ADDERS 3
#define EVENTS 2000

static fixture f;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static unsigned char stored[ADDERS * EVENTS];
static unsigned left = ADDERS, replies;

static void take(void *user) {
  (void)user;
  pthread_mutex_lock(&mutex);
}

static void give(void *user) {
  (void)user;
  pthread_mutex_unlock(&mutex);
}

static uint32_t no_millis(void *user) {
  (void)user;
  return 0;
}

/* Stores what it gets; every third reply is lost, every fifth reports a failure. */
static int store(void *user, const iot_events_request *request, iot_events_reply *reply) {
  static char body[20000];
  const char *at = request->body, *end = request->body + request->body_length;
  size_t length = (size_t)sprintf(body, "{\"results\":[");
  (void)user;
  replies++;
  while ((at = (const char *)memchr(at, '#', (size_t)(end - at))) != NULL) {
    const bool fails = replies % 5 == 0 && atoi(at + 1) % 2 == 0;
    unsigned char *count = &stored[atoi(++at)];
    const char *status = fails ? "failed" : *count > 0 ? "duplicate" : "created";
    if (!fails && *count == 0) *count = 1;
    length += (size_t)sprintf(body + length, "%s{\"status\":\"%s\"}", length > 12 ? "," : "", status);
    give_body(reply, "", 0, 1);
  }
  length += (size_t)sprintf(body + length, "]}");
  if (replies % 3 == 0) length /= 2;
  give_body(reply, body, length, 13);
  return replies % 3 == 0 ? 0 : 207;
}

static void *add_events(void *argument) {
  const int first = (int)(size_t)argument * EVENTS;
  int i;
  for (i = 0; i < EVENTS; i++) {
    char text[12];
    iot_events_event event = iot_events_event_of("t", iot_events_null());
    int64_t now;
    sprintf(text, "#%d", first + i);
    event.value = iot_events_string(text);
    while (iot_events_add(&f.client, &event) == IOT_EVENTS_FULL) continue;
    iot_events_time(&f.client, &now);
    (void)iot_events_counts(&f.client).dropped;
  }
  pthread_mutex_lock(&mutex);
  left--;
  pthread_mutex_unlock(&mutex);
  return NULL;
}

static bool is_adding(void) {
  bool is;
  pthread_mutex_lock(&mutex);
  is = left > 0;
  pthread_mutex_unlock(&mutex);
  return is;
}

static void run(bool drops) {
  iot_events_config config = fixture_config(&f);
  iot_events_counters counts;
  pthread_t threads[ADDERS];
  unsigned all = 0;
  size_t i;
  memset(stored, 0, sizeof stored);
  left = ADDERS;
  config.queue_size = 3000;
  config.batch_events = 7;
  config.drop_oldest = drops;
  config.lock = take;
  config.unlock = give;
  config.millis = no_millis;
  config.transport = store;
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
  for (i = 0; i < ADDERS; i++) CHECK(pthread_create(&threads[i], NULL, add_events, (void *)i) == 0);
  while (is_adding() || iot_events_pending(&f.client) > 0) {
    iot_events_flush(&f.client);
    iot_events_retry_now(&f.client);
  }
  for (i = 0; i < ADDERS; i++) pthread_join(threads[i], NULL);
  for (i = 0; i < sizeof stored; i++) all += stored[i];
  counts = iot_events_counts(&f.client);
  CHECK(all >= counts.created && all + counts.dropped >= ADDERS * EVENTS);
  CHECK(counts.created + counts.duplicates + counts.dropped == ADDERS * EVENTS);
  CHECK(drops || (counts.dropped == 0 && all == ADDERS * EVENTS));
}

int main(void) {
  run(false);
  run(true);
  puts("ok");
  return 0;
}
