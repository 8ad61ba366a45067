/*
 * An ESP32 that sends a reading every ten seconds, and keeps those it cannot send. Put iot_events.h and
 * iot_events.c beside this file; fill in the lines below. No clock is needed: undated events get an id.
 */
#include <HTTPClient.h>
#include <WiFi.h>
#include <WiFiClientSecure.h>

#include "iot_events.h"

static const char *const WIFI_NAME = "…";
static const char *const WIFI_PASSWORD = "…";
static const char *const BASE_URL = "https://….execute-api.eu-west-1.amazonaws.com/development";
static const char *const API_KEY = "…";
static const char *const DEVICE_ID = "8f188304-e7b3-4a16-a243-b9470468478a";
/* The root that signed the server's certificate (for AWS: Amazon Root CA 1), as PEM. */
static const char *const ROOT_CA = "-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n";

static const uint32_t READ_EVERY_MS = 10000;

/* 200 readings wait at most, some half an hour of them; 50 go in a batch. */
#define EVENT_SIZE IOT_EVENTS_EVENT_SIZE(16, IOT_EVENTS_AUTO_ID, 16)
static uint8_t queue_bytes[IOT_EVENTS_QUEUE_SIZE(200, EVENT_SIZE)];
static char transmit_bytes[IOT_EVENTS_TRANSMIT_SIZE(50, EVENT_SIZE)];
static iot_events_client events;
static WiFiClientSecure tls;

/* Takes the reply's body as HTTPClient reads it, chunks undone. */
class ReplyStream : public Stream {
 public:
  explicit ReplyStream(iot_events_reply *reply) : reply_(reply) {}
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

static int sendRequest(void *, const iot_events_request *request, iot_events_reply *reply) {
  static const char *names[] = {"Date", "Retry-After"};
  if (WiFi.status() != WL_CONNECTED) return 0;
  HTTPClient http;
  http.setTimeout(30000);
  http.setReuse(true);
  if (!http.begin(tls, String(BASE_URL) + request->path)) return 0;
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
    ReplyStream stream(reply);
    complete = http.writeToStream(&stream) >= 0;
  }
  http.end();
  return complete ? status : 0;
}

static void onRejected(void *, iot_events_problem problem, const char *event, size_t length) {
  Serial.printf("rejected, %s: %.*s\n", iot_events_problem_type(problem), static_cast<int>(length), event);
}

void setup() {
  Serial.begin(115200);
  WiFi.begin(WIFI_NAME, WIFI_PASSWORD);
  tls.setCACert(ROOT_CA);
  iot_events_config config = {};
  config.api_key = API_KEY;
  config.device_id = DEVICE_ID;
  config.boot_id = esp_random();
  config.queue = queue_bytes;
  config.queue_size = sizeof queue_bytes;
  config.transmit = transmit_bytes;
  config.transmit_size = sizeof transmit_bytes;
  config.drop_oldest = true;
  config.transport = sendRequest;
  config.millis = [](void *) -> uint32_t { return millis(); };
  config.random = [](void *) -> uint32_t { return esp_random(); };
  config.on_rejected = onRejected;
  if (iot_events_init(&events, &config) != IOT_EVENTS_OK) Serial.println("The configuration is wrong");
}

void loop() {
  static uint32_t readAt = 0;
  if (millis() - readAt >= READ_EVERY_MS) {
    readAt = millis();
    iot_events_event event = iot_events_event_of("temp_celcius", iot_events_double(temperatureRead(), 1));
    /* Once a reply has told the time, the reading has its own instant, even if it waits for long. */
    iot_events_time(&events, &event.date_ms);
    const iot_events_result result = iot_events_add(&events, &event);
    if (result != IOT_EVENTS_OK) Serial.printf("not queued: %d\n", result);
  }
  iot_events_flush(&events);
  delay(100);
}
