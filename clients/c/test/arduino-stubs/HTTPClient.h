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
  int GET();
  int POST(String body);
  int sendRequest(const char *method, String body);
  int sendRequest(const char *method, uint8_t *body = nullptr, size_t size = 0);
  String getString();
  static String errorToString(int error);
  int writeToStream(Stream *stream);
};
