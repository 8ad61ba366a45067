#define _POSIX_C_SOURCE 200112L
#include "curl_platform.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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
  const curl_platform *platform = (const curl_platform *)user;
  CURL *curl = platform->curl;
  struct curl_slist *headers = NULL;
  char url[500], line[200];
  long status = 0;
  CURLcode code;
  size_t i;
  snprintf(url, sizeof url, "%s%s", platform->base_url, request->path);
  for (i = 0; i < request->header_count; i++) {
    snprintf(line, sizeof line, "%s: %s", request->headers[i].name, request->headers[i].value);
    headers = curl_slist_append(headers, line);
  }
  curl_easy_reset(curl); /* keeps the connection */
  curl_easy_setopt(curl, CURLOPT_URL, url);
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request->body);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_length);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, reply);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, reply);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 35L);
  code = curl_easy_perform(curl);
  curl_slist_free_all(headers);
  if (code != CURLE_OK) {
    fprintf(stderr, "%s\n", curl_easy_strerror(code));
    return 0;
  }
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  return (int)status;
}

static uint32_t now_ms(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (uint32_t)now.tv_sec * 1000u + (uint32_t)(now.tv_nsec / 1000000);
}

static uint32_t millis(void *user) {
  (void)user;
  return now_ms(CLOCK_MONOTONIC);
}

static uint32_t chance(void *user) {
  (void)user;
  return (uint32_t)rand();
}

bool curl_platform_init(curl_platform *platform, const char *base_url, iot_events_config *config) {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return false;
  platform->curl = curl_easy_init();
  platform->base_url = base_url;
  config->transport = send_request;
  config->millis = millis;
  config->random = chance;
  config->user = platform;
  config->boot_id = now_ms(CLOCK_REALTIME);
  srand(config->boot_id);
  return platform->curl != NULL;
}

void curl_platform_end(curl_platform *platform) {
  curl_easy_cleanup(platform->curl);
  curl_global_cleanup();
}
