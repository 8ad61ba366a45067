/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200112L
#include "curl_platform.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LONGEST_MS 35000L /* the API may take up to 29 s */
#define CONNECT_MS 15000L

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

/* Joins three texts, of any length; NULL if there is no memory. */
static char *join(const char *start, const char *middle, const char *end) {
  const size_t size = strlen(start) + strlen(middle) + strlen(end) + 1;
  char *text = (char *)malloc(size);
  if (text) snprintf(text, size, "%s%s%s", start, middle, end);
  return text;
}

static bool add_header(curl_platform *platform, const iot_events_header *header) {
  char *line = join(header->name, ": ", header->value);
  struct curl_slist *longer = line ? curl_slist_append(platform->headers, line) : NULL;
  free(line);
  if (longer) platform->headers = longer;
  return longer != NULL;
}

static void release(curl_platform *platform) {
  curl_slist_free_all(platform->headers);
  free(platform->url);
  platform->headers = NULL;
  platform->url = NULL;
}

/* Prepares the request. Returns false if there is no memory. */
static bool prepare(curl_platform *platform, const iot_events_request *request, iot_events_reply *reply) {
  CURL *curl = platform->curl;
  size_t i;
  platform->url = join(platform->base_url, request->path, "");
  for (i = 0; i < request->header_count; i++) {
    if (!add_header(platform, &request->headers[i])) return false;
  }
  curl_easy_reset(curl); /* keeps the connection */
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request->body);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_length);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, platform->headers);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, reply);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, reply);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_MS);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, LONGEST_MS);
  return platform->url && curl_easy_setopt(curl, CURLOPT_URL, platform->url) == CURLE_OK;
}

/* What the transport returns. */
static int to_status(CURL *curl, CURLcode code) {
  long status = 0, error = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(curl, CURLINFO_OS_ERRNO, &error);
  if (code == CURLE_OK) return (int)status;
  fprintf(stderr, "%s\n", curl_easy_strerror(code));
  if (code == CURLE_COULDNT_RESOLVE_HOST) return IOT_EVENTS_NO_LINK;
  return code == CURLE_COULDNT_CONNECT && (error == ENETUNREACH || error == ENETDOWN) ? IOT_EVENTS_NO_LINK : 0;
}

static int send_request(void *user, const iot_events_request *request, iot_events_reply *reply) {
  curl_platform *platform = (curl_platform *)user;
  const int status = prepare(platform, request, reply)
                       ? to_status(platform->curl, curl_easy_perform(platform->curl))
                       : 0;
  release(platform);
  return status;
}

iot_events_result curl_platform_step(curl_platform *platform, iot_events_client *client) {
  int running = 0, left, status = 0;
  CURLMsg *message;
  if (!platform->is_sending) {
    iot_events_request request;
    iot_events_reply *reply;
    const iot_events_result result = iot_events_begin(client, &request, &reply);
    if (result != IOT_EVENTS_OK) return result;
    platform->is_sending = prepare(platform, &request, reply) &&
                           curl_multi_add_handle(platform->multi, platform->curl) == CURLM_OK;
  }
  if (platform->is_sending && curl_multi_perform(platform->multi, &running) == CURLM_OK) {
    if (running > 0) return IOT_EVENTS_WAITING;
    message = curl_multi_info_read(platform->multi, &left);
    if (message) status = to_status(platform->curl, message->data.result);
  }
  if (platform->is_sending) curl_multi_remove_handle(platform->multi, platform->curl);
  platform->is_sending = false;
  release(platform);
  return iot_events_done(client, status);
}

bool curl_platform_wait(curl_platform *platform, iot_events_client *client, int fd, int longest_ms) {
  struct curl_waitfd extra;
  if (!platform->is_sending && iot_events_pending(client) > 0) {
    const uint32_t wait_ms = iot_events_wait_ms(client);
    if (wait_ms < (uint32_t)longest_ms) longest_ms = (int)wait_ms;
  }
  extra.fd = fd;
  extra.events = CURL_WAIT_POLLIN;
  extra.revents = 0;
  curl_multi_poll(platform->multi, &extra, fd < 0 ? 0u : 1u, longest_ms, NULL);
  return extra.revents != 0;
}

static uint32_t millis(void *user) {
  struct timespec now;
  (void)user;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint32_t)now.tv_sec * 1000u + (uint32_t)(now.tv_nsec / 1000000);
}

/* xorshift64*, for waits only. */
static uint32_t chance(void *user) {
  uint64_t *state = &((curl_platform *)user)->chance;
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return (uint32_t)(*state * UINT64_C(0x2545F4914F6CDD1D) >> 32);
}

/* Fills the numbers from the system's source, never from the clock: boards without one start at the same time. */
static bool read_random(uint64_t numbers[2]) {
  FILE *source = fopen("/dev/urandom", "rb");
  const bool is_read = source && fread(numbers, sizeof *numbers, 2, source) == 2;
  if (source) fclose(source);
  return is_read;
}

bool curl_platform_init(curl_platform *platform, const char *base_url, iot_events_config *config) {
  uint64_t numbers[2];
  memset(platform, 0, sizeof *platform);
  if (!read_random(numbers) || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return false;
  platform->curl = curl_easy_init();
  platform->multi = curl_multi_init();
  platform->base_url = base_url;
  platform->chance = numbers[0] | 1;
  config->transport = send_request;
  config->millis = millis;
  config->random = chance;
  config->platform = platform;
  config->boot_id = numbers[1] | 1;
  return platform->curl && platform->multi;
}

void curl_platform_end(curl_platform *platform) {
  if (platform->is_sending) curl_multi_remove_handle(platform->multi, platform->curl);
  release(platform);
  curl_multi_cleanup(platform->multi);
  curl_easy_cleanup(platform->curl);
  curl_global_cleanup();
}
