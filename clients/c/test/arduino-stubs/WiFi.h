#pragma once

#include "Arduino.h"
#include "WiFiClientSecure.h"

typedef enum { WL_CONNECTED = 3 } wl_status_t;
typedef enum { WIFI_OFF = 0, WIFI_STA = 1 } wifi_mode_t;

class WiFiClass {
 public:
  wl_status_t begin(const char *name, const char *password);
  wl_status_t status();
  wifi_mode_t getMode();
};

extern WiFiClass WiFi;
