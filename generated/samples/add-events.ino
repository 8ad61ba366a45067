#include <WiFi.h>
#include <WiFiClientSecure.h>

// The library of clients/c.
#include <iot_events.h>
#include <platforms/esp32_platform.h>

#define WIFI_NAME "…"
#define WIFI_PASSWORD "…"
#define BASE_URL "https://….execute-api.eu-west-1.amazonaws.com/development"
#define API_KEY "…"
// The root that signed the certificate of BASE_URL; for AWS, Amazon Root CA 1.
#define ROOT_CA "-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n"

#define EVENT_SIZE IOT_EVENTS_EVENT_SIZE(32, 32, 32) // bytes of type, id and value
static uint8_t queue[IOT_EVENTS_QUEUE_SIZE(100, EVENT_SIZE)];
static char transmit[IOT_EVENTS_TRANSMIT_SIZE(100, EVENT_SIZE)];
static WiFiClientSecure tls;
static esp32_platform platform;
static iot_events_client client;

static void onRejected(void *, iot_events_problem problem, const char *event, size_t length) {
  Serial.printf("Rejected, %s: %.*s\n", iot_events_problem_type(problem), (int)length, event);
}

void setup() {
  Serial.begin(115200);
  WiFi.begin(WIFI_NAME, WIFI_PASSWORD);
  tls.setCACert(ROOT_CA);

  iot_events_config config = {};
  config.api_key = API_KEY;
  config.queue = queue;
  config.queue_size = sizeof queue;
  config.transmit = transmit;
  config.transmit_size = sizeof transmit;
  config.on_rejected = onRejected;
  if (!esp32_platform_init(&platform, &tls, BASE_URL, &config) || iot_events_init(&client, &config) != IOT_EVENTS_OK) {
    Serial.println("The configuration is wrong");
  }

  iot_events_event event;
  event = iot_events_event_of("temp_celsius", iot_events_integer(3));
  event.device_id = "8f188304-e7b3-4a16-a243-b9470468478a";
  event.date_ms = 1778001575000; /* 2026-05-05T17:19:35Z */
  if (iot_events_add(&client, &event) != IOT_EVENTS_OK) Serial.println("Not queued");

  event = iot_events_event_of("door_opened", iot_events_null());
  event.device_id = "8f188304-e7b3-4a16-a243-b9470468478a";
  event.id = "boot-17/4";
  event.date_ms = 1778001575000; /* 2026-05-05T17:19:35Z */
  if (iot_events_add(&client, &event) != IOT_EVENTS_OK) Serial.println("Not queued");

  event = iot_events_event_of("button_pressed", iot_events_null());
  event.device_id = "1f0c8a52-3c1e-4d0b-9a58-5f3f2f1f7a10";
  event.id = "boot-3/211";
  if (iot_events_add(&client, &event) != IOT_EVENTS_OK) Serial.println("Not queued");
}

void loop() {
  const iot_events_result result = iot_events_flush(&client); // what is not sent stays queued
  if (result > IOT_EVENTS_WAITING) Serial.println(iot_events_result_text(result));
  delay(100);
}
