/*
 * HTTP/1.1 over a POSIX socket, with one connection per request. For tests only: it has no TLS.
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
