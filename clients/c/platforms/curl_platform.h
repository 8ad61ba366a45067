/* Transport, clock and random numbers for a system with libcurl and POSIX. */
#ifndef CURL_PLATFORM_H
#define CURL_PLATFORM_H

#include <curl/curl.h>

#include "../iot_events.h"

typedef struct {
  CURL *curl;
  const char *base_url;
} curl_platform;

/*
 * Sets transport, millis, random, user and boot_id of the config. Returns false if libcurl cannot be initialised.
 * `platform` and `base_url` must stay valid as long as the client.
 */
bool curl_platform_init(curl_platform *platform, const char *base_url, iot_events_config *config);
/* Releases libcurl; the client must not flush afterwards. */
void curl_platform_end(curl_platform *platform);

#endif
