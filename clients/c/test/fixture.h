/* A client whose transport, clock and random numbers the test controls. */
#ifndef FIXTURE_H
#define FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../iot_events.h"

#define DEVICE "8f188304-e7b3-4a16-a243-b9470468478a"
#define CHECK(fact)                                                      \
  do {                                                                   \
    if (!(fact)) {                                                       \
      fprintf(stderr, "%s:%d: check failed: %s\n", __FILE__, __LINE__, #fact); \
      exit(1);                                                           \
    }                                                                    \
  } while (0)

typedef struct {
  iot_events_client client;
  char queue[40000], transmit[20000];
  uint32_t now, chance;
  /* The next reply, passed on in pieces of that many bytes. */
  int status;
  const char *body, *date, *retry_after;
  size_t piece;
  /* What the server received, and what the callbacks got. */
  char sent[20001];
  unsigned requests, told_rejected, told_times;
  iot_events_problem told_problem;
  char told_event[17000];
  int64_t told_server_ms;
  bool told_exact;
  /* If set, an event that the transport adds during the flush, as often as it says. */
  const iot_events_event *meanwhile;
  unsigned meanwhile_times;
  iot_events_result meanwhile_result;
  /* What mend_date adds, 0: nothing; and what it got. */
  int64_t behind_ms, told_date_ms, told_now_ms;
  int locked;
  /* What the hook that compresses returns, and the room it got. The bytes that it writes are a stand-in. */
  size_t compressed_to, told_room;
  bool was_compressed;
  char compressed[3000];
} fixture;

static uint32_t fixture_millis(void *user) { return ((fixture *)user)->now; }

static uint32_t fixture_random(void *user) { return ((fixture *)user)->chance; }

static void fixture_lock(void *user) { CHECK(((fixture *)user)->locked++ == 0); }

static void fixture_unlock(void *user) { CHECK(--((fixture *)user)->locked == 0); }

static int64_t fixture_mend(void *user, int64_t date_ms, int64_t server_ms) {
  fixture *f = (fixture *)user;
  CHECK(f->locked == 0);
  f->told_date_ms = date_ms;
  f->told_now_ms = server_ms;
  return f->behind_ms == 0 ? IOT_EVENTS_NO_DATE : date_ms + f->behind_ms;
}

/* Writes the body backwards, as far as it fits. */
static size_t fixture_compress(void *user, const char *body, size_t length, char *compressed, size_t size) {
  fixture *f = (fixture *)user;
  size_t i;
  CHECK(f->locked == 0);
  f->told_room = size;
  for (i = 0; i < length && i < size; i++) compressed[i] = body[length - 1 - i];
  return f->compressed_to;
}

static void fixture_rejected(void *user, iot_events_problem problem, const char *event, size_t length) {
  fixture *f = (fixture *)user;
  CHECK(f->locked == 0);
  f->told_rejected++;
  f->told_problem = problem;
  memcpy(f->told_event, event, length);
  f->told_event[length] = '\0';
}

static void fixture_time(void *user, int64_t server_ms, bool exact) {
  fixture *f = (fixture *)user;
  CHECK(f->locked == 0);
  f->told_times++;
  f->told_server_ms = server_ms;
  f->told_exact = exact;
}

static void give_header(iot_events_reply *reply, const char *name, const char *value) {
  if (value) iot_events_reply_header(reply, name, strlen(name), value, strlen(value));
}

static void give_body(iot_events_reply *reply, const char *body, size_t length, size_t piece) {
  size_t at;
  for (at = 0; at < length; at += piece) {
    iot_events_reply_body(reply, body + at, length - at < piece ? length - at : piece);
  }
}

static int fixture_transport(void *user, const iot_events_request *request, iot_events_reply *reply) {
  fixture *f = (fixture *)user;
  f->requests++;
  memcpy(f->sent, request->body, request->body_length);
  f->sent[request->body_length] = '\0';
  f->was_compressed = request->header_count == 4;
  if (f->was_compressed) {
    CHECK(strcmp(request->headers[3].name, "content-encoding") == 0 && strcmp(request->headers[3].value, "gzip") == 0);
  }
  CHECK(f->locked == 0);
  if (f->meanwhile) {
    unsigned times = f->meanwhile_times > 0 ? f->meanwhile_times : 1;
    while (times-- > 0) f->meanwhile_result = iot_events_add(&f->client, f->meanwhile);
  }
  give_header(reply, "DATE", f->date);
  give_header(reply, "retry-After", f->retry_after);
  if (f->body) give_body(reply, f->body, strlen(f->body), f->piece);
  return f->status;
}

/* Gives bytes the name, the length and the checksum of an image. */
static void seal_image(uint8_t *image, size_t length) {
  const uint32_t size = (uint32_t)(length - 16);
  uint32_t crc = UINT32_MAX;
  size_t i;
  unsigned bit;
  memcpy(image, "IOE2", 4);
  for (i = 0; i < 4; i++) image[8 + i] = (uint8_t)(size >> 8 * i);
  for (i = 0; i < length; i++) {
    if (i >= 12 && i < 16) continue;
    crc ^= image[i];
    for (bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1u ? UINT32_C(0xEDB88320) : 0);
  }
  for (i = 0; i < 4; i++) image[12 + i] = (uint8_t)(~crc >> 8 * i);
}

static iot_events_config fixture_config(fixture *f) {
  iot_events_config config;
  memset(f, 0, sizeof *f);
  f->piece = 7;
  memset(&config, 0, sizeof config);
  config.api_key = "key";
  config.device_id = DEVICE;
  config.boot_id = 0xC0FFEE;
  config.queue = f->queue;
  config.queue_size = sizeof f->queue;
  config.transmit = f->transmit;
  config.transmit_size = sizeof f->transmit;
  config.start_wait_ms = IOT_EVENTS_NO_WAIT;
  config.lock = fixture_lock;
  config.unlock = fixture_unlock;
  config.mend_date = fixture_mend;
  config.transport = fixture_transport;
  config.millis = fixture_millis;
  config.random = fixture_random;
  config.on_rejected = fixture_rejected;
  config.on_server_time = fixture_time;
  config.user = f;
  return config;
}

#endif
