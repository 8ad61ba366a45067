/* SPDX-License-Identifier: MIT */
/*
 * iot_events_http: HTTP/1.1 for the requests of iot_events, for whoever has a connection and no HTTP library: a socket,
 * lwIP, TLS, a modem. Optional; without heap and global state. It writes the head of a request and reads the bytes of
 * the reply: status, headers, and a body with Content-Length, in chunks, or up to the end of the connection.
 */
#ifndef IOT_EVENTS_HTTP_H
#define IOT_EVENTS_HTTP_H

#include "iot_events.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A reply that is being read. The fields are internal and may change. */
typedef struct {
  iot_events_reply *reply;
  uint32_t left; /* bytes of the body or chunk that are still to come */
  size_t length;
  int status;
  uint8_t state;
  bool has_length, is_chunked, is_kept;
  char line[128]; /* longer header lines are cut: none that is used is */
} iot_events_http;

/*
 * Splits a base URL such as https://example.com:8443/v1 for a connection: `host` gets its name, with a NUL. Returns
 * whether it is http or https with a name that fits into `size` bytes.
 */
bool iot_events_http_target(const char *base_url, char *host, size_t size, uint16_t *port, bool *is_secure);
/*
 * Writes the head of a request into `head`, from the request line to the empty line; the body follows it. Returns its
 * length, or 0 if it does not fit into `size` bytes.
 */
size_t iot_events_http_head(const iot_events_request *request, const char *base_url, char *head, size_t size);
/* Begins to read a reply. */
void iot_events_http_start(iot_events_http *http, iot_events_reply *reply);
/* Takes the next bytes of the connection. Returns whether it wants more: false at the end of the reply, or if it is not HTTP. */
bool iot_events_http_feed(iot_events_http *http, const char *bytes, size_t length);
/*
 * Returns the status of a complete reply, for iot_events_done() or as the transport's result; 0 if it is incomplete.
 * `is_closed`: the server has closed the connection, which is the end of a body whose length is not told.
 */
int iot_events_http_status(const iot_events_http *http, bool is_closed);
/* Whether the connection can be used for another request after a complete reply. */
bool iot_events_http_keeps_alive(const iot_events_http *http);

/*
 * A transport over any connection: fill in the first members, and call iot_events_http_send() in the transport, with
 * the connection as `user` or part of it. It keeps the connection as long as the server does, and takes at most 35 s,
 * apart from `open`.
 */
typedef struct {
  const char *base_url;
  /* Connects, with TLS for https, and verifies the server. Returns 0; or IOT_EVENTS_NO_LINK, or another number. */
  int (*open)(void *user);
  /* Return the bytes that were sent or received; 0: none for now; below 0: the connection is closed. */
  int (*send)(void *user, const char *bytes, size_t length);
  int (*receive)(void *user, char *bytes, size_t size);
  void (*close)(void *user);
  uint32_t (*millis)(void *user);
  void (*pause)(void *user); /* for some milliseconds, while nothing arrives */
  void *user;
  char *head; /* for the request's head: 300 bytes, and those of URL and key */
  size_t head_size;
  bool is_open;
} iot_events_connection;

/* Sends a request and reads the reply; returns what a transport does. Blocks. */
int iot_events_http_send(iot_events_connection *connection, const iot_events_request *request, iot_events_reply *reply);

#ifdef __cplusplus
}
#endif

#endif
