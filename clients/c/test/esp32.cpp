/*
 * The ESP32's transport on sockets instead of WiFi: sends three batches, and prints what became of them, the connections
 * and the seconds that TLS was given. esp32 <base URL> <deviceID>
 */
#include <arpa/inet.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "esp32_platform.h"

static int connections = 0;
static unsigned long handshake_s = 0;
static bool has_network = true, has_radio = true;

WiFiClass WiFi;
wl_status_t WiFiClass::status() { return has_network ? WL_CONNECTED : static_cast<wl_status_t>(6); }
wifi_mode_t WiFiClass::getMode() { return has_radio ? WIFI_STA : WIFI_OFF; }
void WiFiClientSecure::setHandshakeTimeout(unsigned long seconds) { handshake_s = seconds; }

int WiFiClient::connect(const char *host, uint16_t port) {
  struct sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  inet_pton(AF_INET, host, &address.sin_addr);
  socket_ = socket(AF_INET, SOCK_STREAM, 0);
  connections++;
  return ::connect(socket_, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
}

size_t WiFiClient::write(const uint8_t *bytes, size_t size) {
  const ssize_t sent = send(socket_, bytes, size, MSG_NOSIGNAL);
  return sent > 0 ? static_cast<size_t>(sent) : 0;
}

int WiFiClient::available() {
  char byte;
  return socket_ >= 0 && recv(socket_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 1 ? 1 : 0;
}

int WiFiClient::read(uint8_t *bytes, size_t size) { return static_cast<int>(recv(socket_, bytes, size, 0)); }

uint8_t WiFiClient::connected() {
  char byte;
  return socket_ >= 0 && recv(socket_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) != 0;
}

void WiFiClient::stop() {
  if (socket_ >= 0) close(socket_);
  socket_ = -1;
}

unsigned long millis() {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<unsigned long>(now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

void delay(uint32_t ms) { poll(nullptr, 0, static_cast<int>(ms)); }

uint32_t esp_random() { return static_cast<uint32_t>(time(nullptr)) * 2654435761u; }

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
