/*
 * HTTP/1.1 over a POSIX socket, by iot_events_http.h. For tests only: it has no TLS.
 */
#ifndef POSIX_TRANSPORT_H
#define POSIX_TRANSPORT_H

#include "../iot_events_http.h"

typedef struct {
  iot_events_connection connection;
  char host[64], head[1000];
  uint16_t port;
  int socket;
} posix_server;

/* Returns false if the URL is none of http. */
bool posix_init(posix_server *server, const char *base_url);
int posix_send(posix_server *server, const iot_events_request *request, iot_events_reply *reply);

#endif
