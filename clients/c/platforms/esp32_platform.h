/* SPDX-License-Identifier: MIT */
/*
 * Transport, clock and random numbers for an ESP32 with Arduino. It keeps the connection, and so TLS, from one request to
 * the next. A request takes at most about 90 s: 10 s for the name, 30 s to connect, 15 s for TLS, 35 s for the reply.
 */
#pragma once

#include <WiFi.h>
#include <WiFiClientSecure.h>

#include "../iot_events.h"
#include "../iot_events_http.h"

typedef struct {
  WiFiClient *client;
  iot_events_connection connection;
  uint16_t port;
  char host[128];
  char head[1024]; /* base_url and key may have 700 bytes together */
} esp32_platform;

static int esp32_open(void *user) {
  esp32_platform *platform = static_cast<esp32_platform *>(user);
  if (WiFi.status() != WL_CONNECTED) return IOT_EVENTS_NO_LINK;
  return platform->client->connect(platform->host, platform->port) ? 0 : 1;
}

static int esp32_send(void *user, const char *bytes, size_t length) {
  WiFiClient *client = static_cast<esp32_platform *>(user)->client;
  const size_t sent = client->write(reinterpret_cast<const uint8_t *>(bytes), length);
  return sent > 0 ? static_cast<int>(sent) : client->connected() ? 0 : -1;
}

static int esp32_receive(void *user, char *bytes, size_t size) {
  WiFiClient *client = static_cast<esp32_platform *>(user)->client;
  if (client->available() > 0) return client->read(reinterpret_cast<uint8_t *>(bytes), size);
  return client->connected() ? 0 : -1;
}

static void esp32_close(void *user) { static_cast<esp32_platform *>(user)->client->stop(); }

static uint32_t esp32_millis(void *) { return millis(); }

static void esp32_pause(void *) { delay(5); }

static uint32_t esp32_random(void *) { return esp_random(); }

static int esp32_send_request(void *user, const iot_events_request *request, iot_events_reply *reply) {
  esp32_platform *platform = static_cast<esp32_platform *>(user);
  if (WiFi.status() != WL_CONNECTED) return IOT_EVENTS_NO_LINK;
  return iot_events_http_send(&platform->connection, request, reply);
}

/*
 * Sets transport, millis, random, platform and boot_id of the config. `platform`, `client` and `base_url` must stay valid
 * as long as the client of the events. Returns false if base_url is not http or https, is longer than 400 bytes or has a
 * name of more than 127; or if the radio is off, since the random numbers of an ESP32 need it: call WiFi.begin() first.
 */
static inline bool esp32_platform_init(esp32_platform *platform, WiFiClient *client, const char *base_url,
                                       iot_events_config *config) {
  bool is_secure;
  iot_events_connection *connection = &platform->connection;
  platform->client = client;
  *connection = iot_events_connection();
  connection->base_url = base_url;
  connection->open = esp32_open;
  connection->send = esp32_send;
  connection->receive = esp32_receive;
  connection->close = esp32_close;
  connection->millis = esp32_millis;
  connection->pause = esp32_pause;
  connection->user = platform;
  connection->head = platform->head;
  connection->head_size = sizeof platform->head;
  config->transport = esp32_send_request;
  config->millis = esp32_millis;
  config->random = esp32_random;
  config->platform = platform;
  config->boot_id = static_cast<uint64_t>(esp_random()) << 32 | esp_random() | 1;
  return WiFi.getMode() != WIFI_OFF && strlen(base_url) <= 400 &&
         iot_events_http_target(base_url, platform->host, sizeof platform->host, &platform->port, &is_secure);
}

/* The same with TLS; a handshake may take 15 s instead of the two minutes of WiFiClientSecure. */
static inline bool esp32_platform_init(esp32_platform *platform, WiFiClientSecure *client, const char *base_url,
                                       iot_events_config *config) {
  client->setHandshakeTimeout(15);
  return esp32_platform_init(platform, static_cast<WiFiClient *>(client), base_url, config);
}
