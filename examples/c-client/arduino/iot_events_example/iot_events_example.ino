/*
 * An ESP32 that reads every ten seconds, and queues readings while it is offline. Install the library of clients/c
 * (its README says how), and fill in the lines below. The device needs no clock: undated events get an id, and once a
 * reply has told the time, each reading has its own date. A task of its own sends, so that a server which does not
 * answer delays no reading. The queue is saved to flash (LittleFS) every five minutes, and sent after a reset.
 */
#include <LittleFS.h>
#include <WiFi.h>
#include <WiFiClientSecure.h>

#include <iot_events.h>
#include <platforms/esp32_platform.h>

static const char *const WIFI_NAME = "…";
static const char *const WIFI_PASSWORD = "…";
static const char *const BASE_URL = "https://….execute-api.eu-west-1.amazonaws.com/development";
static const char *const API_KEY = "…";
static const char *const DEVICE_ID = "8f188304-e7b3-4a16-a243-b9470468478a";
/* The root certificate of the server's certificate (for AWS: Amazon Root CA 1), as PEM. */
static const char *const ROOT_CA = "-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n";

static const uint32_t READ_EVERY_MS = 10000;
static const uint32_t SAVE_EVERY_MS = 300000; /* flash wears out */

/* The queue holds at least 200 readings, half an hour of them; a batch holds 50. */
#define EVENT_SIZE IOT_EVENTS_EVENT_SIZE(16, IOT_EVENTS_AUTO_ID, 16)
static uint8_t queue_bytes[IOT_EVENTS_READINGS_SIZE(200, 16, 16)];
static uint8_t image[IOT_EVENTS_IMAGE_SIZE(sizeof queue_bytes)];
static char transmit_bytes[IOT_EVENTS_TRANSMIT_SIZE(50, EVENT_SIZE)];
static iot_events_client events;
static esp32_platform platform;
static WiFiClientSecure tls;
static SemaphoreHandle_t mutex;

static void onRejected(void *, iot_events_problem problem, const char *event, size_t length) {
  Serial.printf("rejected, %s: %.*s\n", iot_events_problem_type(problem), static_cast<int>(length), event);
}

static void lockEvents(void *) { xSemaphoreTake(mutex, portMAX_DELAY); }

static void unlockEvents(void *) { xSemaphoreGive(mutex); }

/* Writes a new file, and only then replaces the old one; removes it if nothing is queued. */
static void saveQueue() {
  if (iot_events_pending(&events) == 0) {
    LittleFS.remove("/queue");
    return;
  }
  const size_t length = iot_events_save(&events, image, sizeof image);
  File file = LittleFS.open("/queue.new", FILE_WRITE);
  const bool isWritten = file && length > 0 && file.write(image, length) == length;
  file.close();
  if (!isWritten || !LittleFS.rename("/queue.new", "/queue")) Serial.println("the queue could not be saved");
}

/* The file stays until the next save: after another reset, its events are sent once more, and stored once. */
static void restoreQueue() {
  if (!LittleFS.exists("/queue")) return;
  File file = LittleFS.open("/queue", FILE_READ);
  const iot_events_result result = iot_events_restore(&events, image, file.read(image, sizeof image));
  file.close();
  if (result != IOT_EVENTS_OK) Serial.printf("the saved queue is lost, %s\n", iot_events_result_text(result));
}

/* The only task that sends. The first 30 s after power-up, and after failures for longer, it waits for a random time. */
static void sendEvents(void *) {
  for (;;) {
    const iot_events_result result = iot_events_flush(&events);
    if (result > IOT_EVENTS_WAITING) {
      Serial.printf("%s (status %d), %u queued, next attempt in %u ms\n", iot_events_result_text(result),
                    iot_events_last_status(&events), static_cast<unsigned>(iot_events_pending(&events)),
                    static_cast<unsigned>(iot_events_wait_ms(&events)));
    }
    if (result != IOT_EVENTS_OK) delay(1000);
  }
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
  config.on_rejected = onRejected;
  mutex = xSemaphoreCreateMutex();
  config.lock = lockEvents;
  config.unlock = unlockEvents;
  if (!esp32_platform_init(&platform, &tls, BASE_URL, &config) || iot_events_init(&events, &config) != IOT_EVENTS_OK) {
    Serial.println("The configuration is invalid: check the URL, the key, the device ID and the buffers");
    for (;;) delay(1000);
  }
  if (!LittleFS.begin(true)) Serial.println("there is no file system: choose a partition scheme that has one");
  restoreQueue();
  xTaskCreate(sendEvents, "events", 8192, nullptr, 1, nullptr);
}

void loop() {
  static uint32_t readAt = 0, savedAt = 0;
  if (millis() - readAt >= READ_EVERY_MS) {
    readAt = millis();
    iot_events_event event = iot_events_event_of("temp_celsius", iot_events_double(temperatureRead(), 1));
    /* Once a reply has told the time, a reading carries its own date, however long it is queued. */
    iot_events_time(&events, &event.date_ms);
    const iot_events_result result = iot_events_add(&events, &event);
    if (result != IOT_EVENTS_OK) Serial.printf("not queued, %s\n", iot_events_result_text(result));
  }
  if (millis() - savedAt >= SAVE_EVERY_MS) {
    savedAt = millis();
    saveQueue();
  }
  delay(100);
}
