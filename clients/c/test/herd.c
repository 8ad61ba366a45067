/*
 * Simulates 1,000 devices with the default waits that are cut off together, and counts how many are back in each 250 ms
 * after it. Prints, per kind of outage, the most in any 250 ms, and the requests during the outage. Fails above 3 %.
 */
#include "fixture.h"

#define DEVICES 1000
#define TICK_MS 10
#define WINDOW (250 / TICK_MS)
#define STEADY_MS 60000

typedef struct {
  iot_events_client client;
  char queue[1200], transmit[1200];
  uint64_t chance;
  uint32_t phase, gives_up_at;
  bool is_hanging, is_cut_off;
} device;

typedef struct {
  const char *name;
  int status; /* of each reply in the outage; -2: none, after 35 s */
  const char *retry_after;
  uint32_t outage_ms;
  bool is_power_cut;
} scenario;

static device devices[DEVICES];
static uint32_t now_ms;

static uint32_t sim_millis(void *user) {
  (void)user;
  return now_ms;
}

static uint32_t sim_random(void *user) {
  uint64_t *state = &((device *)user)->chance;
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return (uint32_t)(*state >> 32);
}

static void start(device *d, size_t number, uint64_t seed) {
  iot_events_config config;
  memset(&config, 0, sizeof config);
  memset(d, 0, sizeof *d);
  d->chance = (seed + number + 1) * UINT64_C(0x9E3779B97F4A7C15);
  sim_random(d);
  d->phase = sim_random(d) % 10000 / TICK_MS * TICK_MS;
  config.api_key = "key";
  config.device_id = DEVICE;
  config.boot_id = number + 1;
  config.queue = d->queue;
  config.queue_size = sizeof d->queue;
  config.transmit = d->transmit;
  config.transmit_size = sizeof d->transmit;
  config.drop_oldest = true;
  config.millis = sim_millis;
  config.random = sim_random;
  config.user = d;
  CHECK(iot_events_init(&d->client, &config) == IOT_EVENTS_OK);
}

/* Sends if it is time. Returns whether the device has just been heard for the first time after the outage. */
static bool run(device *d, const scenario *s, bool is_down, unsigned long *requests) {
  static const char created[] = "{\"status\":\"created\"}";
  iot_events_request request;
  iot_events_reply *reply;
  size_t i;
  if (d->is_hanging) {
    if ((int32_t)(now_ms - d->gives_up_at) < 0) return false;
    d->is_hanging = false;
    iot_events_done(&d->client, 0);
  }
  if (iot_events_begin(&d->client, &request, &reply) != IOT_EVENTS_OK) return false;
  if (is_down) {
    (*requests)++;
    d->is_cut_off = true;
    if (s->retry_after) give_header(reply, "Retry-After", s->retry_after);
    d->is_hanging = s->status == -2;
    d->gives_up_at = now_ms + 35000;
    if (!d->is_hanging) iot_events_done(&d->client, s->status);
    return false;
  }
  give_body(reply, "{\"results\":[", 12, 12);
  for (i = 0; i < d->client.batch; i++) {
    if (i > 0) give_body(reply, ",", 1, 1);
    give_body(reply, created, sizeof created - 1, 20);
  }
  give_body(reply, "]}", 2, 2);
  CHECK(iot_events_done(&d->client, 207) == IOT_EVENTS_OK);
  if (!d->is_cut_off) return false;
  d->is_cut_off = false;
  return true;
}

static unsigned simulate(const scenario *s, uint64_t seed, unsigned long *requests) {
  static unsigned back[WINDOW];
  const uint32_t down_at = s->is_power_cut ? 0 : STEADY_MS, up_at = down_at + s->outage_ms;
  unsigned in_window = 0, most = 0, left = DEVICES;
  uint32_t tick;
  size_t i;
  memset(back, 0, sizeof back);
  now_ms = 0;
  for (i = 0; i < DEVICES; i++) start(&devices[i], i, seed);
  for (tick = 0; left > 0; tick++, now_ms += TICK_MS) {
    const bool is_down = now_ms >= down_at && now_ms < up_at;
    unsigned here = 0;
    CHECK(now_ms < up_at + 800000);
    for (i = 0; i < DEVICES; i++) {
      device *d = &devices[i];
      if (s->is_power_cut && now_ms == 0) d->is_cut_off = true;
      if (now_ms % 10000 == d->phase || (s->is_power_cut && now_ms == 0)) {
        const iot_events_event event = iot_events_event_of("t", iot_events_null());
        iot_events_add(&d->client, &event);
      }
      here += run(d, s, is_down, requests);
    }
    if (now_ms < up_at) continue;
    in_window += here - back[tick % WINDOW];
    back[tick % WINDOW] = here;
    for (i = 0, left = 0; i < DEVICES; i++) left += devices[i].is_cut_off;
    if (in_window > most) most = in_window;
  }
  return most;
}

int main(void) {
  static const scenario scenarios[] = {
    {"power cut", 0, NULL, 0, true},
    {"power cut, and the server is down for 20 s", 503, "0", 20000, true},
    {"503 for 3 s", 503, NULL, 3000, false},
    {"503 for 10 s", 503, NULL, 10000, false},
    {"503 for 10 min", 503, NULL, 600000, false},
    {"503 for 10 min, Retry-After: 0", 503, "0", 600000, false},
    {"503 for 30 s, Retry-After: 1", 503, "1", 30000, false},
    {"429 for 60 s, Retry-After: 61", 429, "61", 60000, false},
    {"no reply for 5 min", -2, NULL, 300000, false},
    {"connection refused for 30 s", 0, NULL, 30000, false},
    {"no network for 10 min", IOT_EVENTS_NO_LINK, NULL, 600000, false},
  };
  bool is_polite = true;
  size_t i;
  for (i = 0; i < sizeof scenarios / sizeof *scenarios; i++) {
    unsigned long requests = 0;
    const unsigned most = simulate(&scenarios[i], 1000003u * i, &requests);
    printf("%4u of 1,000 in 250 ms, %6lu requests: %s\n", most, requests, scenarios[i].name);
    is_polite = is_polite && most <= 30;
  }
  return is_polite ? 0 : 1;
}
