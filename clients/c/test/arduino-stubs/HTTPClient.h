#pragma once

#include "WiFiClientSecure.h"

class HTTPClient {
 public:
  bool begin(WiFiClient &client, String url);
  void end();
  void setTimeout(uint16_t ms);
  void setReuse(bool reuse);
  void addHeader(const String &name, const String &value, bool first = false, bool replace = true);
  void collectHeaders(const char *names[], const size_t count);
  String header(const char *name);
  int sendRequest(const char *method, uint8_t *body = nullptr, size_t size = 0);
  int writeToStream(Stream *stream);
};
