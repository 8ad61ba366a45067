/*
 * Fuzzes the parsing of replies and of images: whatever arrives, the queue stays intact and each event leaves it once.
 * With clang, use -fsanitize=fuzzer -DLIBFUZZER. Otherwise: fuzz <milliseconds> <seed>. It changes texts that the
 * parsers know by single bytes and by words of a dictionary.
 */
#include <time.h>
#include "fixture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length);

static fixture f;

static int give(void *user, const iot_events_request *request, iot_events_reply *reply) {
  const size_t header = f.piece % 40 < strlen(f.body) ? f.piece % 40 : 0;
  (void)user;
  (void)request;
  iot_events_reply_header(reply, "date", 4, f.body, header);
  iot_events_reply_header(reply, "retry-after", 11, f.body, header);
  give_body(reply, f.body, strlen(f.body), f.piece);
  return f.status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length) {
  static const int statuses[] = {207, 207, 207, 207, 400, 413, 429, 503};
  static char body[5000];
  iot_events_config config = fixture_config(&f);
  iot_events_counters counts;
  iot_events_result result;
  size_t i;
  if (length < 2 || length > sizeof body) return 0;
  memcpy(body, data + 2, length - 2);
  body[length - 2] = '\0';
  f.body = body;
  f.status = statuses[data[0] & 7];
  f.piece = 1u + data[1];
  config.transport = give;
  config.queue_size = 600;
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
  f.client.head = data[1] * 2u; /* anywhere in the ring */
  for (i = 0; i < 3; i++) {
    const iot_events_event event = iot_events_event_of("t", iot_events_integer((int64_t)i));
    CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_OK);
  }
  result = iot_events_flush(&f.client);
  counts = iot_events_counts(&f.client);
  CHECK(counts.created + counts.duplicates + counts.rejected + iot_events_pending(&f.client) == 3);
  CHECK(iot_events_pending(&f.client) == 3 || f.status == 207);
  CHECK(iot_events_wait_ms(&f.client) <= 86400000 + 21600000 + 45000);
  CHECK(result >= IOT_EVENTS_NO_ANSWER || result == IOT_EVENTS_OK);
  f.status = 0;
  iot_events_retry_now(&f.client);
  f.client.config.transport = fixture_transport;
  f.body = NULL;
  if (iot_events_flush(&f.client) == IOT_EVENTS_NO_ANSWER) {
    size_t events = 0;
    const char *at = f.sent;
    while ((at = strstr(at, "{\"deviceID\":\"" DEVICE "\",\"eventType\":\"t\",\"id\":\"0000000000c0ffee/")) != NULL) at++, events++;
    CHECK(events == iot_events_pending(&f.client) || f.client.batch < iot_events_pending(&f.client));
  }
  return iot_events_pending(&f.client) == 0 && counts.created > 0 ? 1 : 0;
}

/* Events begin and end where the request does: what is written is as long as the records tell. */
static int take_whole(void *user, const iot_events_request *request, iot_events_reply *reply) {
  CHECK(memcmp(request->body, "{\"events\":[{\"deviceID\":\"", 24) == 0);
  CHECK(memcmp(request->body + request->body_length - 3, "}]}", 3) == 0);
  return fixture_transport(user, request, reply);
}

/* Any bytes as an image, with the checksum that they need: what it takes in can be sent and saved again. */
static bool try_image(uint8_t *image, size_t length) {
  static uint8_t again[IOT_EVENTS_IMAGE_SIZE(600)];
  iot_events_config config = fixture_config(&f);
  size_t pending, saved;
  if (length < 16) return false;
  image[6] = image[7] = 0;
  seal_image(image, length);
  config.transport = take_whole;
  config.queue_size = 600;
  config.transmit_size = 500;
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
  f.client.head = image[15] * 2u;
  if (iot_events_restore(&f.client, image, length) != IOT_EVENTS_OK) return false;
  pending = iot_events_pending(&f.client);
  saved = iot_events_save(&f.client, again, sizeof again);
  /* Events of another device than that of the config take it along. */
  CHECK(memcmp(image + 16, DEVICE, 36) == 0 ? saved == length : saved >= length && saved <= length + 36 * pending);
  if (pending > 0) CHECK(iot_events_flush(&f.client) == IOT_EVENTS_NO_ANSWER);
  iot_events_retry_now(&f.client);
  f.status = 207;
  f.body = "{\"results\":[{\"status\":\"rejected\",\"problem\":{\"type\":\"/problems/clock-skew\",\"serverTime\":\"2026-05-05T17:21:02.417Z\"}}]}";
  f.behind_ms = 1;
  f.client.batch_limit = 1;
  if (pending > 0) CHECK(iot_events_flush(&f.client) == IOT_EVENTS_OK);
  CHECK(iot_events_pending(&f.client) + f.told_rejected == pending);
  CHECK(f.told_rejected == 0 || memcmp(f.told_event, "{\"deviceID\":\"", 13) == 0);
  return pending > 0;
}

#ifndef LIBFUZZER
static const char *const words[] = {
  "\\u0000", "\\u0073", "\\ud800", "\\", "\"", "status", "\"status\\u0000\":", "created", "created\\u0000", "rejected",
  "results", "\"results\":[", "problem", "\"problem\":{", "type", "serverTime", "/problems/clock-skew", "{\"status\":\"created\"},",
  "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "]]]]", "{}", "null", "true", "fals", "1e999", "-0", ".", "2026-05-05T17:21:02.417Z",
  "9999-12-31T23:59:60.999Z", " GMT", "99999999999", "\xEF\xBB\xBF", "\xED\xA0\x80",
};

/* Inserts a word of the dictionary at a random place, if there is room. */
static size_t insert_word(uint8_t *data, size_t length, size_t size) {
  const char *word = words[(size_t)rand() % (sizeof words / sizeof *words)];
  const size_t more = strlen(word), at = 2 + (size_t)rand() % (length - 1);
  if (length + more > size || at > length) return length;
  memmove(data + at + more, data + at, length - at);
  memcpy(data + at, word, more);
  return length + more;
}

/* An image of some events with a few changed bytes, and often other marks of the first one. */
static bool fuzz_image(void) {
  static uint8_t image[IOT_EVENTS_IMAGE_SIZE(600)];
  iot_events_config config = fixture_config(&f);
  size_t length, changes = (size_t)(rand() % 4), events = (size_t)(rand() % 5);
  config.queue_size = 600;
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
  while (events-- > 0) {
    iot_events_event event = iot_events_event_of("t", iot_events_integer(rand()));
    if (rand() % 2) event.date_ms = rand();
    if (rand() % 3 == 0) event.id = "i";
    iot_events_add(&f.client, &event);
  }
  length = iot_events_save(&f.client, image, sizeof image);
  if (length > 55 && rand() % 2) image[54] = (uint8_t)rand();
  while (changes-- > 0) image[(size_t)rand() % length] = (uint8_t)rand();
  if (rand() % 8 == 0) length -= (size_t)rand() % length;
  return try_image(image, length);
}

int main(int count, char **arguments) {
  static const char *const seeds[] = {
    "{\"results\":[{\"status\":\"created\"},{\"status\":\"duplicate\",\"date\":\"2026-05-05T17:21:02.417Z\"},{\"status\":\"failed\",\"problem\":{\"type\":\"/problems/database-unavailable\",\"status\":503}}],\"more\":[{\"status\":\"failed\"}]}",
    "{\"results\":[{\"status\":\"created\"},{\"status\":\"created\"},{\"problem\":{\"type\":\"/problems/clock-skew\",\"serverTime\":\"2026-05-05T17:21:02.417Z\",\"errors\":[{\"pointer\":\"/date\"}]},\"status\":\"rejected\"}]}",
    "{\"results\":[{\"status\":\"created\"},{\"status\":\"created\"},{\"status\":\"created\"}]}",
    "{\"type\":\"/problems/invalid-request\",\"status\":400,\"errors\":[]}",
    "Tue, 05 May 2026 17:20:35 GMT",
  };
  static const char odd[] = "{}[]\",:\\u0\x01 9-.eEtfn\xFF";
  const long milliseconds = count > 1 ? atol(arguments[1]) : 1000;
  unsigned seed = count > 2 ? (unsigned)atol(arguments[2]) : 1;
  unsigned long runs = 0, acknowledged = 0, restored = 0;
  const clock_t end = clock() + milliseconds * (CLOCKS_PER_SEC / 1000);
  srand(seed);
  while (clock() < end) {
    uint8_t data[600];
    const char *text = seeds[rand() % 5];
    size_t length = strlen(text) + 2, changes = (size_t)(rand() % 4), at;
    data[0] = (uint8_t)rand();
    data[1] = (uint8_t)rand();
    memcpy(data + 2, text, length - 2);
    for (; changes > 0 && length > 3; changes--) {
      at = 2 + (size_t)rand() % (length - 2);
      switch (rand() % 6) {
        case 0: data[at] = (uint8_t)odd[(size_t)rand() % (sizeof odd - 1)]; break;
        case 1: data[at] = (uint8_t)rand(); break;
        case 2: memmove(data + at, data + at + 1, --length - at); break;
        case 3: length = at; break;
        default: length = insert_word(data, length, sizeof data);
      }
    }
    acknowledged += (unsigned long)LLVMFuzzerTestOneInput(data, length);
    restored += fuzz_image();
    runs++;
  }
  printf("%lu replies, %lu of them complete acknowledgements; %lu images with events\n", runs, acknowledged, restored);
  return runs > 0 && acknowledged > 0 && restored > 0 ? 0 : 1;
}
#endif
