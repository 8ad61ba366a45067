/* SPDX-License-Identifier: MIT */
#include "iot_events_http.h"

enum { STATUS_LINE, HEADERS, BODY, CHUNK_SIZE, CHUNK, CHUNK_END, TRAILERS, COMPLETE, BROKEN };

/* ---------------------------------------------------------------- the request */

typedef struct {
  char *text;
  size_t size, length;
} buffer;

static void put(buffer *out, const char *text) {
  for (; *text != '\0'; text++, out->length++) {
    if (out->length < out->size) out->text[out->length] = *text;
  }
}

static void put_header(buffer *out, const char *name, const char *value) {
  put(out, name);
  put(out, ": ");
  put(out, value);
  put(out, "\r\n");
}

/* The part of a URL behind its scheme; NULL if that is not http or https. */
static const char *after_scheme(const char *url, bool *is_secure) {
  static const char scheme[] = "http";
  size_t i;
  for (i = 0; scheme[i] != '\0'; i++) {
    if (url[i] != scheme[i]) return NULL;
  }
  *is_secure = url[i] == 's';
  if (*is_secure) i++;
  return url[i] == ':' && url[i + 1] == '/' && url[i + 2] == '/' ? url + i + 3 : NULL;
}

bool iot_events_http_target(const char *base_url, char *host, size_t size, uint16_t *port, bool *is_secure) {
  const char *at = after_scheme(base_url, is_secure);
  uint32_t number = 0;
  size_t length = 0;
  if (!at) return false;
  for (; *at != '\0' && *at != '/' && *at != ':'; at++) {
    if (length + 1 < size) host[length] = *at;
    length++;
  }
  if (length == 0 || length >= size) return false;
  host[length] = '\0';
  *port = *is_secure ? 443 : 80;
  if (*at != ':') return true;
  for (at++; *at >= '0' && *at <= '9' && number <= UINT16_MAX; at++) number = number * 10 + (uint32_t)(*at - '0');
  *port = (uint16_t)number;
  return number > 0 && number <= UINT16_MAX && (*at == '\0' || *at == '/');
}

size_t iot_events_http_head(const iot_events_request *request, const char *base_url, char *head, size_t size) {
  char digits[24], *number = digits + sizeof digits - 1;
  size_t i, host = 0, left = request->body_length;
  bool is_secure;
  const char *url = after_scheme(base_url, &is_secure);
  buffer out;
  out.text = head;
  out.size = size;
  out.length = 0;
  if (!url) return 0;
  while (url[host] != '\0' && url[host] != '/') host++;
  *number = '\0';
  do *--number = (char)('0' + (int)(left % 10));
  while ((left /= 10) > 0);
  put(&out, request->method);
  put(&out, " ");
  put(&out, url + host);
  put(&out, request->path);
  put(&out, " HTTP/1.1\r\nhost: ");
  for (i = 0; i < host; i++, out.length++) {
    if (out.length < size) head[out.length] = url[i];
  }
  put(&out, "\r\n");
  put_header(&out, "content-length", number);
  for (i = 0; i < request->header_count; i++) put_header(&out, request->headers[i].name, request->headers[i].value);
  put(&out, "\r\n");
  return out.length <= size ? out.length : 0;
}

/* ---------------------------------------------------------------- the reply */

static char lower(char c) { return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c); }

static bool is_space(char c) { return c == ' ' || c == '\t'; }

/* Whether the text is the lower-case `name`, ignoring case. */
static bool says(const char *text, size_t length, const char *name) {
  size_t i;
  for (i = 0; i < length && name[i] != '\0'; i++) {
    if (lower(text[i]) != name[i]) return false;
  }
  return i == length && name[i] == '\0';
}

/* Whether one of the words between commas is the lower-case `name`. */
static bool lists(const char *text, size_t length, const char *name) {
  size_t start = 0, end, at;
  for (at = 0; at <= length; at++) {
    if (at < length && text[at] != ',') continue;
    for (end = at; start < end && is_space(text[start]); start++) continue;
    while (end > start && is_space(text[end - 1])) end--;
    if (says(text + start, end - start, name)) return true;
    start = at + 1;
  }
  return false;
}

/* Reads digits of a base. Returns false if there is none, or too many. */
static bool read_number(const char *text, size_t length, uint32_t base, uint32_t *number) {
  size_t i;
  *number = 0;
  for (i = 0; i < length; i++) {
    const char c = lower(text[i]);
    const uint32_t digit = c >= '0' && c <= '9' ? (uint32_t)(c - '0') : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10 : 16;
    if (digit >= base || *number > UINT32_MAX / 16 - 1) return false;
    *number = *number * base + digit;
  }
  return length > 0;
}

/* `HTTP/1.1 207 Multi-Status` */
static void read_status(iot_events_http *http) {
  uint32_t status;
  const char *line = http->line;
  if (http->length < 12 || !says(line, 7, "http/1.") || line[8] != ' ' || !read_number(line + 9, 3, 10, &status) ||
      (http->length > 12 && line[12] != ' ')) {
    http->state = BROKEN;
    return;
  }
  http->status = (int)status;
  http->is_kept = line[7] != '0';
  http->state = HEADERS;
}

static void read_header(iot_events_http *http) {
  const char *line = http->line, *value;
  size_t name = 0, length;
  while (name < http->length && line[name] != ':') name++;
  if (name == http->length) return; /* no header of ours */
  value = line + name + 1;
  length = http->length - name - 1;
  while (length > 0 && is_space(*value)) value++, length--;
  while (length > 0 && is_space(value[length - 1])) length--;
  if (says(line, name, "content-length")) {
    uint32_t told;
    const bool is_other = http->has_length;
    if (!read_number(value, length, 10, &told) || (is_other && told != http->left)) http->state = BROKEN;
    http->left = told;
    http->has_length = true;
  } else if (says(line, name, "transfer-encoding")) {
    /* Anything but chunks would need a library. */
    if (!says(value, length, "chunked")) http->state = BROKEN;
    http->is_chunked = true;
  } else if (says(line, name, "connection")) {
    if (lists(value, length, "close")) http->is_kept = false;
    else if (lists(value, length, "keep-alive")) http->is_kept = true;
  }
  iot_events_reply_header(http->reply, line, name, value, length);
}

static void end_headers(iot_events_http *http) {
  if (http->status / 100 == 1 && http->status != 101) { /* the final reply follows */
    iot_events_http_start(http, http->reply);
  } else if (http->status == 204 || http->status == 304) {
    http->state = COMPLETE;
  } else if (http->is_chunked) {
    http->state = CHUNK_SIZE;
  } else {
    http->state = http->has_length && http->left == 0 ? COMPLETE : BODY;
  }
}

static void read_chunk_size(iot_events_http *http) {
  size_t digits = 0;
  while (digits < http->length && http->line[digits] != ';' && !is_space(http->line[digits])) digits++;
  if (!read_number(http->line, digits, 16, &http->left)) http->state = BROKEN;
  else http->state = http->left > 0 ? CHUNK : TRAILERS;
}

static void read_line(iot_events_http *http) {
  if (http->length > 0 && http->line[http->length - 1] == '\r') http->length--;
  if (http->state == STATUS_LINE) read_status(http);
  else if (http->state == CHUNK_SIZE) read_chunk_size(http);
  else if (http->state == CHUNK_END) http->state = http->length == 0 ? CHUNK_SIZE : BROKEN;
  else if (http->state == TRAILERS) http->state = http->length == 0 ? COMPLETE : TRAILERS;
  else if (http->length == 0) end_headers(http);
  else read_header(http);
  http->length = 0;
}

void iot_events_http_start(iot_events_http *http, iot_events_reply *reply) {
  http->reply = reply;
  http->left = 0;
  http->length = 0;
  http->status = 0;
  http->state = STATUS_LINE;
  http->has_length = http->is_chunked = http->is_kept = false;
}

bool iot_events_http_feed(iot_events_http *http, const char *bytes, size_t length) {
  while (length > 0 && http->state < COMPLETE) {
    if (http->state == BODY || http->state == CHUNK) {
      const bool is_open = http->state == BODY && !http->has_length;
      const size_t piece = is_open || length < http->left ? length : http->left;
      iot_events_reply_body(http->reply, bytes, piece);
      bytes += piece;
      length -= piece;
      if (is_open) continue;
      http->left -= (uint32_t)piece;
      if (http->left == 0) http->state = http->state == BODY ? COMPLETE : CHUNK_END;
      continue;
    }
    if (*bytes == '\n') read_line(http);
    else if (http->length < sizeof http->line) http->line[http->length++] = *bytes;
    bytes++;
    length--;
  }
  if (length > 0) http->is_kept = false; /* bytes that belong to no reply */
  return http->state < COMPLETE;
}

int iot_events_http_status(const iot_events_http *http, bool is_closed) {
  const bool is_ended = is_closed && http->state == BODY && !http->has_length;
  return http->state == COMPLETE || is_ended ? http->status : 0;
}

bool iot_events_http_keeps_alive(const iot_events_http *http) { return http->state == COMPLETE && http->is_kept; }

/* ---------------------------------------------------------------- a transport */

#define LONGEST_MS 35000u /* the API may take up to 29 s */

typedef struct {
  iot_events_connection *connection;
  uint32_t since;
} timer;

/* After a step that moved nothing: returns whether there is time for another. */
static bool can_wait(const timer *t) {
  const iot_events_connection *connection = t->connection;
  if (connection->millis(connection->user) - t->since >= LONGEST_MS) return false;
  connection->pause(connection->user);
  return true;
}

static bool send_all(const timer *t, const char *bytes, size_t length) {
  while (length > 0) {
    const int sent = t->connection->send(t->connection->user, bytes, length);
    if (sent < 0 || (sent == 0 && !can_wait(t))) return false;
    bytes += sent;
    length -= (size_t)sent;
  }
  return true;
}

/* Reads until the reply is complete. Returns its status; `is_heard` if a byte has arrived. */
static int receive_all(const timer *t, iot_events_http *http, bool *is_heard) {
  char piece[256];
  for (;;) {
    const int got = t->connection->receive(t->connection->user, piece, sizeof piece);
    if (got < 0) return iot_events_http_status(http, true);
    if (got > 0) *is_heard = true;
    if (got > 0 && !iot_events_http_feed(http, piece, (size_t)got)) return iot_events_http_status(http, false);
    if (got > 0 ? t->connection->millis(t->connection->user) - t->since >= LONGEST_MS : !can_wait(t)) return 0;
  }
}

int iot_events_http_send(iot_events_connection *connection, const iot_events_request *request, iot_events_reply *reply) {
  const size_t length = iot_events_http_head(request, connection->base_url, connection->head, connection->head_size);
  if (length == 0) return 0;
  for (;;) {
    const bool was_open = connection->is_open;
    bool is_heard = false;
    const int failure = was_open ? 0 : connection->open(connection->user);
    iot_events_http http;
    int status = 0;
    timer t;
    if (failure != 0) return failure == IOT_EVENTS_NO_LINK ? IOT_EVENTS_NO_LINK : 0;
    t.connection = connection;
    t.since = connection->millis(connection->user);
    iot_events_http_start(&http, reply);
    if (send_all(&t, connection->head, length) && send_all(&t, request->body, request->body_length)) {
      status = receive_all(&t, &http, &is_heard);
    }
    connection->is_open = status != 0 && iot_events_http_keeps_alive(&http);
    if (!connection->is_open) connection->close(connection->user);
    /* The server may have closed a connection that was kept: then once more, on a new one. */
    if (status != 0 || is_heard || !was_open) return status;
  }
}
