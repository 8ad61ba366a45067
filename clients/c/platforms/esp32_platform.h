/* Transport, clock and random numbers for an ESP32. */
#pragma once

#include <HTTPClient.h>
#include <WiFi.h>

#include "iot_events.h"

typedef struct {
  WiFiClient *connection; /* use a WiFiClientSecure for https */
  const char *base_url;
} esp32_platform;

/* Receives the reply's body from HTTPClient, which has removed the chunked encoding. */
class esp32_reply_stream : public Stream {
 public:
  explicit esp32_reply_stream(iot_events_reply *reply) : reply_(reply) {}
  size_t write(uint8_t byte) override { return write(&byte, 1); }
  size_t write(const uint8_t *bytes, size_t length) override {
    iot_events_reply_body(reply_, reinterpret_cast<const char *>(bytes), length);
    return length;
  }
  int available() override { return 0; }
  int read() override { return -1; }
  int peek() override { return -1; }
  void flush() {}

 private:
  iot_events_reply *reply_;
};

static int esp32_send_request(void *user, const iot_events_request *request, iot_events_reply *reply) {
  static const char *names[] = {"Date", "Retry-After"};
  const esp32_platform *platform = static_cast<esp32_platform *>(user);
  if (WiFi.status() != WL_CONNECTED) return 0;
  HTTPClient http;
  http.setTimeout(30000);
  http.setReuse(true);
  if (!http.begin(*platform->connection, String(platform->base_url) + request->path)) return 0;
  http.collectHeaders(names, 2);
  for (size_t i = 0; i < request->header_count; i++) {
    http.addHeader(request->headers[i].name, request->headers[i].value);
  }
  uint8_t *body = reinterpret_cast<uint8_t *>(const_cast<char *>(request->body));
  const int status = http.sendRequest(request->method, body, request->body_length);
  bool complete = status > 0;
  if (complete) {
    for (const char *name : names) {
      const String value = http.header(name);
      if (value.length() > 0) {
        iot_events_reply_header(reply, name, strlen(name), value.c_str(), value.length());
      }
    }
    esp32_reply_stream stream(reply);
    complete = http.writeToStream(&stream) >= 0;
  }
  http.end();
  return complete ? status : 0;
}

/*
 * Sets transport, millis, random, user and boot_id of the config. `platform`, `connection` and `base_url` must stay
 * valid as long as the client.
 */
static inline void esp32_platform_init(esp32_platform *platform, WiFiClient *connection,
                                       const char *base_url, iot_events_config *config) {
  platform->connection = connection;
  platform->base_url = base_url;
  config->transport = esp32_send_request;
  config->millis = [](void *) -> uint32_t { return millis(); };
  config->random = [](void *) -> uint32_t { return esp_random(); };
  config->user = platform;
  config->boot_id = esp_random();
}
