/*
 * HTTP/1.1 over a plain POSIX socket, a connection a request, for the tests: no TLS, so not for devices.
 */
#ifndef POSIX_TRANSPORT_H
#define POSIX_TRANSPORT_H

#include "../iot_events.h"

typedef struct {
  const char *host;
  int port;
  long timeout_ms;
} posix_server;

int posix_send(const posix_server *server, const iot_events_request *request, iot_events_reply *reply);

#endif
