/* SPDX-License-Identifier: MIT */
/*
 * Transport for FreeRTOS over a TransportInterface_t, as coreMQTT and coreHTTP use it: with FreeRTOS+TCP or lwIP, mbedTLS,
 * or a modem. It needs only transport_interface.h of coreHTTP (source/interface), not coreHTTP itself. A task of its
 * own flushes; see `lock` of the config for tasks that add.
 */
#ifndef FREERTOS_PLATFORM_H
#define FREERTOS_PLATFORM_H

#include "transport_interface.h"

#include "../iot_events_http.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Fill in all members but the last two, and pass it to freertos_platform_init(). */
typedef struct {
  const TransportInterface_t *transport; /* its recv must not block for longer than some seconds */
  const char *base_url;
  /* Connects and verifies the server, for instance by Plaintext_FreeRTOS_Connect or TLS_FreeRTOS_Connect. Returns 0, or
   * IOT_EVENTS_NO_LINK if there is no network, or another number. It must limit its own time. */
  int (*connect)(NetworkContext_t *network);
  void (*disconnect)(NetworkContext_t *network);
  uint32_t (*millis)(void); /* such as xTaskGetTickCount() * portTICK_PERIOD_MS, with 32 bits of ticks */
  void (*pause)(void);      /* such as vTaskDelay(pdMS_TO_TICKS(10)) */
  uint64_t (*random)(void); /* 64 bits of the hardware's random numbers */
  iot_events_connection connection;
  char head[1024]; /* base_url and key may have 700 bytes together */
} freertos_platform;

/*
 * Sets transport, millis, random, platform and boot_id of the config. `platform` and what it points at must stay valid
 * as long as the client. Returns false if base_url is not http or https or is longer than 400 bytes, or if two random
 * numbers are the same: then the hardware has not started.
 */
bool freertos_platform_init(freertos_platform *platform, iot_events_config *config);

#ifdef __cplusplus
}
#endif

#endif
