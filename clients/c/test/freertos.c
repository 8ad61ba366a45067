/* The FreeRTOS transport on POSIX sockets: the same as esp32.cpp. freertos <base URL> <deviceID> */
#define _POSIX_C_SOURCE 200112L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../platforms/freertos_platform.h"
#include "posix_transport.h"

struct NetworkContext {
  posix_server server;
  int connections, has_network;
};

static struct NetworkContext network;
static uint64_t next_number;

static int connect_network(NetworkContext_t *context) {
  if (!context->has_network) return IOT_EVENTS_NO_LINK;
  context->connections++;
  return context->server.connection.open(&context->server);
}

static void disconnect_network(NetworkContext_t *context) { context->server.connection.close(&context->server); }

static int32_t receive(NetworkContext_t *context, void *buffer, size_t size) {
  return context->server.connection.receive(&context->server, (char *)buffer, size);
}

static int32_t transmit_bytes(NetworkContext_t *context, const void *bytes, size_t length) {
  return context->server.connection.send(&context->server, (const char *)bytes, length);
}

static uint32_t millis(void) { return network.server.connection.millis(&network.server); }

static void wait_a_little(void) { network.server.connection.pause(&network.server); }

static uint64_t read_random(void) { return next_number; }

static uint64_t read_other_random(void) { return next_number += UINT64_C(0x9E3779B97F4A7C15); }

int main(int count, char **arguments) {
  static uint8_t queue[2000];
  static char transmit[2000];
  static iot_events_client client;
  static freertos_platform platform;
  static TransportInterface_t transport;
  iot_events_config config;
  int i;
  if (count != 3 || !posix_init(&network.server, arguments[1])) return 1;
  transport.recv = receive;
  transport.send = transmit_bytes;
  transport.pNetworkContext = &network;
  memset(&config, 0, sizeof config);
  platform.transport = &transport;
  platform.base_url = arguments[1];
  platform.connect = connect_network;
  platform.disconnect = disconnect_network;
  platform.millis = millis;
  platform.pause = wait_a_little;
  platform.random = read_random;
  config.api_key = getenv("API_KEY");
  config.device_id = arguments[2];
  config.queue = queue, config.queue_size = sizeof queue;
  config.transmit = transmit, config.transmit_size = sizeof transmit;
  config.start_wait_ms = IOT_EVENTS_NO_WAIT;
  if (freertos_platform_init(&platform, &config)) return 1;
  platform.random = read_other_random;
  if (!freertos_platform_init(&platform, &config)) return 1;
  if (iot_events_init(&client, &config) != IOT_EVENTS_OK) return 1;
  for (i = 0; i < 4; i++) {
    const iot_events_event event = iot_events_event_of("freertos", iot_events_integer(i));
    if (iot_events_add(&client, &event) != IOT_EVENTS_OK) return 1;
    printf("%s\n", iot_events_result_text(iot_events_flush(&client)));
    network.has_network = 1;
    iot_events_retry_now(&client);
  }
  printf("%d connections\n", network.connections);
  return 0;
}
