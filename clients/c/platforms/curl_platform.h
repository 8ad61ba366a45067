/* SPDX-License-Identifier: MIT */
/* Transport, clock and random numbers for a system with POSIX and libcurl 7.66 or later. */
#ifndef CURL_PLATFORM_H
#define CURL_PLATFORM_H

#include <curl/curl.h>

#include "../iot_events.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  CURL *curl;
  CURLM *multi;
  const char *base_url;
  char *url;
  struct curl_slist *headers;
  uint64_t chance;
  bool is_sending;
} curl_platform;

/*
 * Sets transport, millis, random, platform and boot_id of the config. Returns false if libcurl cannot be initialised, or
 * if the system has no random numbers. `platform` and `base_url`, of any length, must stay valid as long as the client.
 */
bool curl_platform_init(curl_platform *platform, const char *base_url, iot_events_config *config);
/*
 * iot_events_flush() without blocking: begins a request if it is time, or takes it a step further. Returns
 * IOT_EVENTS_WAITING until the request is done, and then what iot_events_flush() would. Call it after each
 * curl_platform_wait(). Do not use iot_events_flush() as well.
 */
iot_events_result curl_platform_step(curl_platform *platform, iot_events_client *client);
/*
 * Sleeps until `fd` can be read, the request can be taken further, it is time to begin one, or `longest_ms` have
 * passed. Returns whether `fd` can be read. -1: none.
 */
bool curl_platform_wait(curl_platform *platform, iot_events_client *client, int fd, int longest_ms);
/* Gives up a request under way, and releases libcurl; the client must not flush afterwards. */
void curl_platform_end(curl_platform *platform);

#ifdef __cplusplus
}
#endif

#endif
