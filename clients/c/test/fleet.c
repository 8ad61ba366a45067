/*
 * A house of devices on one supply, for the fleet test: fleet <base URL> <folder> <prefix> <boot> <first> <devices>
 * Each device reads a sensor, queues, saves its queue into one of two slots in turn, and sends without blocking. It
 * writes into the folder's journal what it knows: `A <device> <value>` before an event is handed over, `H` once the
 * queue with it is saved, `T <device> <value> <why>` when the client told that it is not stored. Now and then a house
 * kills itself in the middle of saving. After `drain` on standard input it only sends, and ends once all is sent.
 */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../iot_events.h"
#include "posix_transport.h"

#define MAX_DEVICES 100
#define EVENT_SIZE IOT_EVENTS_EVENT_SIZE(16, 48, 16)
#define QUEUE_SIZE IOT_EVENTS_QUEUE_SIZE(100, EVENT_SIZE)
#define READ_EVERY_MS 1500
#define FLUSH_EVERY_MS 8000
#define GIVE_UP_MS 3000
#define LAST_GIVE_UP_MS 20000
#define SAVES_PER_CUT 500
#define HOUR_MS INT64_C(3600000)

/* In the order of KINDS in devices.ts. */
enum { RIGHT_CLOCK, NO_CLOCK, NEVER_SET, DAY_AHEAD, NEVER_MENDED, SMALL_QUEUE, BAD_NUMBERS, KINDS };
enum { IDLE, SENDING, RECEIVING };

typedef struct {
  iot_events_client client;
  unsigned char queue[QUEUE_SIZE], slot[4 + IOT_EVENTS_IMAGE_SIZE(QUEUE_SIZE)];
  char transmit[IOT_EVENTS_TRANSMIT_SIZE(30, EVENT_SIZE)], id[37];
  posix_server server;
  iot_events_http http;
  iot_events_request request;
  iot_events_reply *reply;
  size_t head, sent;
  unsigned number, kind, readings;
  int phase, slots[2];
  bool is_open;
  uint32_t saves, read_at, flush_at, gives_up_at;
  int64_t off_ms, mended_ms; /* what its clock is ahead, and what it has put right */
} device;

static device devices[MAX_DEVICES];
static int journal;
static unsigned boot;
static bool is_draining;

static int64_t now_of(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static uint32_t millis(void *user) {
  (void)user;
  return (uint32_t)now_of(CLOCK_MONOTONIC);
}

static uint64_t read_random(void) {
  uint64_t number = 0;
  const int source = open("/dev/urandom", O_RDONLY);
  if (source < 0 || read(source, &number, sizeof number) != sizeof number) exit(2);
  close(source);
  return number;
}

static uint32_t chance(void *user) {
  (void)user;
  return (uint32_t)rand();
}

static int64_t read_clock(const device *d) { return now_of(CLOCK_REALTIME) + d->off_ms + d->mended_ms; }

static void note(char what, const device *d, long value, const char *why) {
  char line[160];
  const int length = snprintf(line, sizeof line, "%c %u %ld %s\n", what, d->number, value, why);
  if (write(journal, line, (size_t)length) != length) exit(2);
}

static void on_rejected(void *user, iot_events_problem problem, const char *event, size_t length) {
  static const char name[] = "\"value\":";
  size_t at = length - 1;
  while (strncmp(event + at, name, sizeof name - 1) != 0) at--;
  note('T', (const device *)user, strtol(event + at + sizeof name - 1, NULL, 10), iot_events_problem_type(problem));
}

static int64_t mend_date(void *user, int64_t date_ms, int64_t server_ms) {
  device *d = (device *)user;
  const int64_t behind_ms = server_ms - (now_of(CLOCK_REALTIME) + d->off_ms);
  d->mended_ms = behind_ms;
  return date_ms + behind_ms > server_ms + 60000 ? IOT_EVENTS_NO_DATE : date_ms + behind_ms;
}

/* Saves the queue. The half of a slot that a power cut leaves does not cost the other slot. */
static void save(device *d) {
  const size_t length = iot_events_save(&d->client, d->slot + 4, sizeof d->slot - 4) + 4;
  const int slot = d->slots[++d->saves % 2];
  if (length == 4) exit(2);
  memcpy(d->slot, &d->saves, 4);
  if (pwrite(slot, d->slot, length / 2, 0) < 0) exit(2);
  if (rand() % SAVES_PER_CUT == 0) raise(SIGKILL);
  if (pwrite(slot, d->slot + length / 2, length - length / 2, (off_t)(length / 2)) < 0) exit(2);
}

static bool restore(device *d, int slot, uint32_t *saves) {
  const ssize_t length = pread(slot, d->slot, sizeof d->slot, 0);
  if (length < 4) return false;
  memcpy(saves, d->slot, 4);
  return iot_events_restore(&d->client, d->slot + 4, (size_t)length - 4) == IOT_EVENTS_OK;
}

static void restore_newest(device *d) {
  uint32_t saves[2] = {0, 0};
  int newest;
  if (pread(d->slots[0], &saves[0], 4, 0) < 0 || pread(d->slots[1], &saves[1], 4, 0) < 0) exit(2);
  newest = saves[1] > saves[0];
  if (!restore(d, d->slots[newest], &d->saves)) restore(d, d->slots[!newest], &d->saves);
}

static void start(device *d, unsigned number, const char *base_url, const char *folder, const char *prefix) {
  iot_events_config config;
  char path[500];
  int i;
  d->number = number;
  d->kind = number % KINDS;
  d->off_ms = d->kind == NEVER_SET ? -now_of(CLOCK_REALTIME)
              : d->kind == DAY_AHEAD || d->kind == NEVER_MENDED ? 25 * HOUR_MS
                                                                 : 0;
  for (i = 0; i < 2; i++) {
    snprintf(path, sizeof path, "%s/%u.%d", folder, number, i);
    d->slots[i] = open(path, O_RDWR | O_CREAT, 0600);
    if (d->slots[i] < 0) exit(2);
  }
  snprintf(d->id, sizeof d->id, "%s-0000-4000-8000-%012u", prefix, number);
  memset(&config, 0, sizeof config);
  config.api_key = getenv("API_KEY");
  config.device_id = d->id;
  config.boot_id = read_random() | 1;
  config.queue = d->queue;
  config.queue_size = d->kind == SMALL_QUEUE ? IOT_EVENTS_QUEUE_SIZE(2, EVENT_SIZE) : sizeof d->queue;
  config.transmit = d->transmit;
  config.transmit_size = sizeof d->transmit;
  config.start_wait_ms = FLUSH_EVERY_MS;
  config.first_wait_ms = 3000;
  config.longest_wait_ms = 30000;
  config.millis = millis;
  config.random = chance;
  config.on_rejected = on_rejected;
  config.mend_date = d->kind == NEVER_MENDED ? NULL : mend_date;
  config.user = d;
  if (!posix_init(&d->server, base_url) || iot_events_init(&d->client, &config) != IOT_EVENTS_OK) exit(2);
  restore_newest(d);
  d->read_at = millis(NULL) + chance(NULL) % READ_EVERY_MS;
}

static void read_sensor(device *d) {
  const long value = (long)boot * 100000 + ++d->readings;
  char id[64];
  iot_events_event event = iot_events_event_of("reading", iot_events_integer(value));
  iot_events_result result;
  if (d->kind == BAD_NUMBERS && d->readings % 4 == 0) event.value = iot_events_number("9007199254740993");
  if (d->kind == NO_CLOCK) {
    iot_events_time(&d->client, &event.date_ms);
  } else {
    event.date_ms = read_clock(d);
    /* A date that may be mended does not tell the event from others: a cut may mend it twice. */
    snprintf(id, sizeof id, "%016" PRIx64 ":%u", d->client.config.boot_id, d->readings);
    if (d->off_ms != 0) event.id = id;
  }
  note('A', d, value, "");
  result = iot_events_add(&d->client, &event);
  if (result != IOT_EVENTS_OK) {
    note('T', d, value, iot_events_result_text(result));
    return;
  }
  save(d);
  note('H', d, value, "");
}

static void finish(device *d, int status) {
  if (d->is_open && (status == 0 || !iot_events_http_keeps_alive(&d->http))) {
    d->server.connection.close(&d->server);
    d->is_open = false;
  }
  d->phase = IDLE;
  d->flush_at = millis(NULL) + FLUSH_EVERY_MS / 2 + chance(NULL) % FLUSH_EVERY_MS;
  iot_events_done(&d->client, status);
  save(d);
}

static void begin(device *d) {
  if (iot_events_begin(&d->client, &d->request, &d->reply) != IOT_EVENTS_OK) return;
  iot_events_http_start(&d->http, d->reply);
  d->head = iot_events_http_head(&d->request, d->server.connection.base_url, d->server.head, sizeof d->server.head);
  d->sent = 0;
  d->gives_up_at = millis(NULL) + (is_draining ? LAST_GIVE_UP_MS : GIVE_UP_MS);
  d->phase = SENDING;
  if (!d->is_open) d->is_open = d->server.connection.open(&d->server) == 0;
  if (!d->is_open) finish(d, 0);
}

static void go_on_sending(device *d) {
  while (d->sent < d->head + d->request.body_length) {
    const bool is_head = d->sent < d->head;
    const char *bytes = is_head ? d->server.head + d->sent : d->request.body + (d->sent - d->head);
    const size_t left = is_head ? d->head - d->sent : d->head + d->request.body_length - d->sent;
    const int count = d->server.connection.send(&d->server, bytes, left);
    if (count < 0) {
      finish(d, 0);
      return;
    }
    if (count == 0) return;
    d->sent += (size_t)count;
  }
  d->phase = RECEIVING;
}

static void go_on_receiving(device *d) {
  char piece[300];
  int count;
  while ((count = d->server.connection.receive(&d->server, piece, sizeof piece)) != 0) {
    if (count > 0 && iot_events_http_feed(&d->http, piece, (size_t)count)) continue;
    finish(d, iot_events_http_status(&d->http, count < 0));
    return;
  }
}

static void step(device *d) {
  if (d->phase == IDLE && (int32_t)(millis(NULL) - d->flush_at) >= 0) begin(d);
  if (d->phase == SENDING) go_on_sending(d);
  if (d->phase == RECEIVING) go_on_receiving(d);
  if (d->phase != IDLE && (int32_t)(millis(NULL) - d->gives_up_at) >= 0) finish(d, 0);
}

int main(int count, char **arguments) {
  struct pollfd input = {STDIN_FILENO, POLLIN, 0};
  char path[500];
  unsigned i, first, number;
  size_t left = 1;
  if (count != 7) return 2;
  boot = (unsigned)atoi(arguments[4]);
  first = (unsigned)atoi(arguments[5]);
  number = (unsigned)atoi(arguments[6]);
  srand((unsigned)read_random());
  snprintf(path, sizeof path, "%s/journal", arguments[2]);
  journal = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (journal < 0 || number > MAX_DEVICES) return 2;
  for (i = 0; i < number; i++) start(&devices[i], first + i, arguments[1], arguments[2], arguments[3]);
  while (!is_draining || left > 0) {
    for (i = 0, left = 0; i < number; i++) {
      device *d = &devices[i];
      if (!is_draining && (int32_t)(millis(NULL) - d->read_at) >= 0) {
        d->read_at += READ_EVERY_MS;
        read_sensor(d);
      }
      step(d);
      left += iot_events_pending(&d->client);
    }
    poll(&input, 1, 5);
    if (input.revents == 0) continue;
    if (read(STDIN_FILENO, path, sizeof path) <= 0) return 1; /* the test has ended */
    is_draining = true;
    for (i = 0; i < number; i++) {
      iot_events_retry_now(&devices[i].client);
      devices[i].flush_at = millis(NULL) + chance(NULL) % FLUSH_EVERY_MS;
    }
  }
  return 0;
}
