#define _POSIX_C_SOURCE 200112L
#include "posix_transport.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int connect_to(const posix_server *server) {
  struct sockaddr_in address;
  struct timeval limit;
  const int s = socket(AF_INET, SOCK_STREAM, 0);
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_port = htons((uint16_t)server->port);
  inet_pton(AF_INET, server->host, &address.sin_addr);
  limit.tv_sec = server->timeout_ms / 1000;
  limit.tv_usec = server->timeout_ms % 1000 * 1000;
  setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  if (s < 0 || connect(s, (struct sockaddr *)&address, sizeof address) == 0) return s;
  close(s);
  return -1;
}

static int send_all(int s, const char *bytes, size_t length) {
  while (length > 0) {
    const ssize_t sent = send(s, bytes, length, MSG_NOSIGNAL);
    if (sent <= 0) return 0;
    bytes += sent;
    length -= (size_t)sent;
  }
  return 1;
}

static int send_request(int s, const posix_server *server, const iot_events_request *request) {
  char head[1000];
  size_t i, length;
  length = (size_t)snprintf(head, sizeof head,
                            "%s %s HTTP/1.1\r\nhost: %s:%d\r\nconnection: close\r\ncontent-length: %lu\r\n",
                            request->method, request->path, server->host, server->port,
                            (unsigned long)request->body_length);
  for (i = 0; i < request->header_count; i++) {
    length += (size_t)snprintf(head + length, sizeof head - length, "%s: %s\r\n", request->headers[i].name,
                               request->headers[i].value);
  }
  length += (size_t)snprintf(head + length, sizeof head - length, "\r\n");
  return send_all(s, head, length) && send_all(s, request->body, request->body_length);
}

/* Reads a line without its end: "" after the headers, NULL if there is no complete line. */
static char *read_line(FILE *in, char *line, int size) {
  size_t length;
  if (!fgets(line, size, in)) return NULL;
  length = strlen(line);
  if (length < 2 || line[length - 2] != '\r') return NULL;
  line[length - 2] = '\0';
  return line;
}

static int read_bytes(FILE *in, long length, iot_events_reply *reply) {
  char piece[333];
  while (length > 0) {
    const size_t want = length < (long)sizeof piece ? (size_t)length : sizeof piece;
    const size_t got = fread(piece, 1, want, in);
    iot_events_reply_body(reply, piece, got);
    if (got < want) return 0;
    length -= (long)got;
  }
  return 1;
}

static int read_chunks(FILE *in, iot_events_reply *reply) {
  char line[100];
  while (read_line(in, line, sizeof line)) {
    const long length = strtol(line, NULL, 16);
    if (length == 0) return 1;
    if (!read_bytes(in, length, reply) || !read_line(in, line, sizeof line)) return 0;
  }
  return 0;
}

static int read_reply(FILE *in, iot_events_reply *reply) {
  char line[2000];
  int status, is_chunked = 0;
  long length = -1;
  if (!read_line(in, line, sizeof line) || sscanf(line, "HTTP/1.1 %d", &status) != 1) return 0;
  while (read_line(in, line, sizeof line) && *line) {
    char *value = strchr(line, ':');
    if (!value) return 0;
    *value++ = '\0';
    iot_events_reply_header(reply, line, strlen(line), value, strlen(value));
    if (strcasecmp(line, "content-length") == 0) length = atol(value);
    if (strcasecmp(line, "transfer-encoding") == 0) is_chunked = strstr(value, "chunked") != NULL;
  }
  return (is_chunked ? read_chunks(in, reply) : length >= 0 && read_bytes(in, length, reply)) ? status : 0;
}

int posix_send(const posix_server *server, const iot_events_request *request, iot_events_reply *reply) {
  const int s = connect_to(server);
  FILE *in = s < 0 ? NULL : fdopen(s, "r");
  int status = 0;
  if (!in) return 0;
  if (send_request(s, server, request)) status = read_reply(in, reply);
  fclose(in);
  return status;
}
