/* What a client needs of a machine with libcurl and POSIX: a transport, a clock, random numbers. */
#ifndef CURL_PLATFORM_H
#define CURL_PLATFORM_H

#include <curl/curl.h>

#include "../iot_events.h"

typedef struct {
  CURL *curl;
  const char *base_url;
} curl_platform;

/* Fills the config's transport, millis, random, user and boot_id; false if libcurl does not start. */
bool curl_platform_init(curl_platform *platform, const char *base_url, iot_events_config *config);
void curl_platform_end(curl_platform *platform);

#endif
