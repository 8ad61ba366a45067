/* SPDX-License-Identifier: MIT */
#include "freertos_platform.h"

#include <string.h>

static int open_connection(void *user) {
  freertos_platform *platform = (freertos_platform *)user;
  return platform->connect(platform->transport->pNetworkContext);
}

static int send_bytes(void *user, const char *bytes, size_t length) {
  const TransportInterface_t *transport = ((freertos_platform *)user)->transport;
  return (int)transport->send(transport->pNetworkContext, bytes, length);
}

static int receive_bytes(void *user, char *bytes, size_t size) {
  const TransportInterface_t *transport = ((freertos_platform *)user)->transport;
  return (int)transport->recv(transport->pNetworkContext, bytes, size);
}

static void close_connection(void *user) {
  freertos_platform *platform = (freertos_platform *)user;
  platform->disconnect(platform->transport->pNetworkContext);
}

static uint32_t read_millis(void *user) { return ((freertos_platform *)user)->millis(); }

static void wait_a_little(void *user) { ((freertos_platform *)user)->pause(); }

static uint32_t chance(void *user) { return (uint32_t)((freertos_platform *)user)->random(); }

static int send_request(void *user, const iot_events_request *request, iot_events_reply *reply) {
  return iot_events_http_send(&((freertos_platform *)user)->connection, request, reply);
}

bool freertos_platform_init(freertos_platform *platform, iot_events_config *config) {
  iot_events_connection *connection = &platform->connection;
  char host[256];
  uint16_t port;
  bool is_secure;
  connection->base_url = platform->base_url;
  connection->open = open_connection;
  connection->send = send_bytes;
  connection->receive = receive_bytes;
  connection->close = close_connection;
  connection->millis = read_millis;
  connection->pause = wait_a_little;
  connection->user = platform;
  connection->head = platform->head;
  connection->head_size = sizeof platform->head;
  connection->is_open = false;
  config->transport = send_request;
  config->millis = read_millis;
  config->random = chance;
  config->platform = platform;
  config->boot_id = platform->random();
  return config->boot_id != platform->random() && strlen(platform->base_url) <= 400 &&
         iot_events_http_target(platform->base_url, host, sizeof host, &port, &is_secure);
}
