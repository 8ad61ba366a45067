/* What the stubs declare of the ESP32, on this machine: sockets in place of WiFi. */
#pragma once

#include <arpa/inet.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "Arduino.h"
#include "WiFi.h"
#include "WiFiClientSecure.h"

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
