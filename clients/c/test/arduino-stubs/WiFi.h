#pragma once

#include "Arduino.h"

typedef enum { WL_CONNECTED = 3 } wl_status_t;

class WiFiClass {
 public:
  wl_status_t begin(const char *name, const char *password);
  wl_status_t status();
};

extern WiFiClass WiFi;
