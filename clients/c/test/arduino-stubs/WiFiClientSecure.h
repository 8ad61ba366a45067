#pragma once

#include "Arduino.h"

class WiFiClient {
 public:
  virtual ~WiFiClient() {}
  virtual int connect(const char *host, uint16_t port);
  virtual size_t write(const uint8_t *bytes, size_t size);
  virtual int available();
  virtual int read(uint8_t *bytes, size_t size);
  virtual uint8_t connected();
  virtual void stop();

 private:
  int socket_ = -1;
};

class WiFiClientSecure : public WiFiClient {
 public:
  void setCACert(const char *pem);
  void setHandshakeTimeout(unsigned long seconds);
};
