/*
 * The ESP32's transport on sockets instead of WiFi: sends three batches, and prints what became of them, the connections
 * and the seconds that TLS was given. esp32 <base URL> <deviceID>
 */
#include "arduino-stubs/host.h"

#include "esp32_platform.h"

int main(int, char **arguments) {
  static uint8_t queue[2000];
  static char transmit[2000];
  static iot_events_client client;
  static esp32_platform platform;
  static WiFiClientSecure tls;
  iot_events_config config = {};
  config.api_key = getenv("API_KEY");
  config.device_id = arguments[2];
  config.queue = queue, config.queue_size = sizeof queue;
  config.transmit = transmit, config.transmit_size = sizeof transmit;
  config.start_wait_ms = IOT_EVENTS_NO_WAIT;
  has_radio = false;
  if (esp32_platform_init(&platform, &tls, arguments[1], &config)) return 1;
  has_radio = true;
  if (!esp32_platform_init(&platform, &tls, arguments[1], &config)) return 1;
  if (iot_events_init(&client, &config) != IOT_EVENTS_OK) return 1;
  has_network = false;
  for (int i = 0; i < 4; i++) {
    iot_events_event event = iot_events_event_of("esp32", iot_events_integer(i));
    if (iot_events_add(&client, &event) != IOT_EVENTS_OK) return 1;
    printf("%s\n", iot_events_result_text(iot_events_flush(&client)));
    has_network = true;
    iot_events_retry_now(&client);
  }
  printf("%d connections, %lu s for TLS\n", connections, handshake_s);
  return 0;
}
