/*
 * An ESP32 that sends a reading every ten seconds, and queues readings while it is offline. Copy iot_events.h,
 * iot_events.c and platforms/esp32_platform.h beside this file, and fill in the lines below. The device needs no
 * clock: undated events get an id.
 */
#include <WiFi.h>
#include <WiFiClientSecure.h>

#include "esp32_platform.h"
#include "iot_events.h"

static const char *const WIFI_NAME = "…";
static const char *const WIFI_PASSWORD = "…";
static const char *const BASE_URL = "https://….execute-api.eu-west-1.amazonaws.com/development";
static const char *const API_KEY = "…";
static const char *const DEVICE_ID = "8f188304-e7b3-4a16-a243-b9470468478a";
/* The root certificate of the server's certificate (for AWS: Amazon Root CA 1), as PEM. */
static const char *const ROOT_CA = "-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n";

static const uint32_t READ_EVERY_MS = 10000;

/* The queue holds at least 200 readings, half an hour of them; a batch holds 50. */
#define EVENT_SIZE IOT_EVENTS_EVENT_SIZE(16, IOT_EVENTS_AUTO_ID, 16)
static uint8_t queue_bytes[IOT_EVENTS_QUEUE_SIZE(200, EVENT_SIZE)];
static char transmit_bytes[IOT_EVENTS_TRANSMIT_SIZE(50, EVENT_SIZE)];
static iot_events_client events;
static esp32_platform platform;
static WiFiClientSecure tls;

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
  config.queue = queue_bytes;
  config.queue_size = sizeof queue_bytes;
  config.transmit = transmit_bytes;
  config.transmit_size = sizeof transmit_bytes;
  config.drop_oldest = true;
  esp32_platform_init(&platform, &tls, BASE_URL, &config);
  config.on_rejected = onRejected;
  if (iot_events_init(&events, &config) != IOT_EVENTS_OK) Serial.println("The configuration is invalid: check the key, the device ID and the buffers");
}

void loop() {
  static uint32_t readAt = 0;
  if (millis() - readAt >= READ_EVERY_MS) {
    readAt = millis();
    iot_events_event event = iot_events_event_of("temp_celsius", iot_events_double(temperatureRead(), 1));
    /* Once a reply has told the time, a reading carries its own date, however long it is queued. */
    iot_events_time(&events, &event.date_ms);
    const iot_events_result result = iot_events_add(&events, &event);
    if (result != IOT_EVENTS_OK) Serial.printf("not queued: %d\n", result);
  }
  iot_events_flush(&events);
  delay(100);
}
