#pragma once

#include "Arduino.h"

class WiFiClient {};

class WiFiClientSecure : public WiFiClient {
 public:
  void setCACert(const char *pem);
};
