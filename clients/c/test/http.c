/* Tests of iot_events_http.h without a network. Prints the name of each test that passed. */
#include "../iot_events_http.h"
#include "fixture.h"

static fixture f;

#define ITEM "{\"status\":\"created\"}"
#define BODY "{\"results\":[" ITEM "]}" /* 34 bytes */

/* Reads a reply in pieces; returns what iot_events_done() does with it. `left` is whether it wants more at the end. */
static iot_events_result take(const char *bytes, size_t piece, bool is_closed, bool *wants_more, bool *is_kept) {
  iot_events_config config = fixture_config(&f);
  const iot_events_event event = iot_events_event_of("t", iot_events_null());
  const size_t length = strlen(bytes);
  iot_events_request request;
  iot_events_reply *reply;
  iot_events_http http;
  size_t at;
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK && iot_events_add(&f.client, &event) == IOT_EVENTS_OK);
  CHECK(iot_events_begin(&f.client, &request, &reply) == IOT_EVENTS_OK);
  iot_events_http_start(&http, reply);
  *wants_more = true;
  for (at = 0; at < length; at += piece) {
    const size_t size = length - at < piece ? length - at : piece;
    char *copy = (char *)malloc(size); /* so that a read past it is found */
    memcpy(copy, bytes + at, size);
    *wants_more = iot_events_http_feed(&http, copy, size);
    free(copy);
  }
  *is_kept = iot_events_http_keeps_alive(&http);
  return iot_events_done(&f.client, iot_events_http_status(&http, is_closed));
}

static void reads(const char *bytes, bool is_kept) {
  size_t piece;
  for (piece = 1; piece <= strlen(bytes) + 1; piece++) {
    bool wants_more, kept;
    CHECK(take(bytes, piece, false, &wants_more, &kept) == IOT_EVENTS_OK);
    CHECK(!wants_more && kept == is_kept && iot_events_pending(&f.client) == 0);
  }
}

static void reads_replies(void) {
  reads("HTTP/1.1 207 Multi-Status\r\nContent-Length: 34\r\n\r\n" BODY, true);
  reads("HTTP/1.1 207\r\ncontent-length:34\r\nConnection: Close\r\n\r\n" BODY, false);
  reads("HTTP/1.0 207 \nCONTENT-LENGTH: \t34 \n\n" BODY, false);
  reads("HTTP/1.0 207 OK\r\nConnection: upgrade , Keep-Alive\r\nContent-Length: 34\r\n\r\n" BODY, true);
  reads("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\nHTTP/1.1 207 x\r\nContent-Length: 34\r\n\r\n" BODY, true);
  reads("HTTP/1.1 207 x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\nc;name=\"v\"\r\n\"results\":[{\r\n0015\r\n\"status\":\"created\"}]}\r\n0\r\nTrailer: x\r\n\r\n", true);
  reads("HTTP/1.1 207 x\r\nX-Long: 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
        "01234567890123456789012345678901234567890123456789012345678901234567890123456789\r\nno header\r\nContent-Length: 34\r\n\r\n" BODY, true);
}

static void refuses_what_is_incomplete(void) {
  static const char *const whole[] = {
    "HTTP/1.1 207 x\r\nContent-Length: 34\r\n\r\n" BODY,
    "HTTP/1.1 207 x\r\nTransfer-Encoding: chunked\r\n\r\n22\r\n" BODY "\r\n0\r\n\r\n",
  };
  static const char *const broken[] = {
    "220 mail.example.com ESMTP\r\n\r\n", "HTTP/2 207\r\n\r\n", "HTTP/1.1 2O7 x\r\n\r\n", "HTTP/1.1 2077 x\r\n\r\n", "\r\n\r\n",
    "HTTP/1.1 207 x\r\nContent-Length: 34\r\nContent-Length: 35\r\n\r\n" BODY, "HTTP/1.1 207 x\r\nContent-Length: -1\r\n\r\n" BODY,
    "HTTP/1.1 207 x\r\nContent-Length: 99999999999\r\n\r\n" BODY, "HTTP/1.1 207 x\r\nTransfer-Encoding: gzip\r\n\r\n" BODY,
    "HTTP/1.1 207 x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" BODY "\r\n0\r\n\r\n",
    "HTTP/1.1 207 x\r\nTransfer-Encoding: chunked\r\n\r\n21\r\n" BODY "\r\n0\r\n\r\n",
  };
  bool wants_more, is_kept;
  size_t i, length;
  for (i = 0; i < 2; i++) {
    for (length = 0; length < strlen(whole[i]); length++) {
      char part[200];
      memcpy(part, whole[i], length);
      part[length] = '\0';
      CHECK(take(part, 7, true, &wants_more, &is_kept) == IOT_EVENTS_NO_ANSWER && wants_more && !is_kept);
    }
  }
  for (i = 0; i < sizeof broken / sizeof *broken; i++) {
    CHECK(take(broken[i], 5, true, &wants_more, &is_kept) == IOT_EVENTS_NO_ANSWER && !is_kept && iot_events_pending(&f.client) == 1);
  }
  /* Without a length, the end of the connection is that of the reply. */
  CHECK(take("HTTP/1.1 207 x\r\n\r\n" BODY, 5, true, &wants_more, &is_kept) == IOT_EVENTS_OK && !is_kept);
  CHECK(take("HTTP/1.1 207 x\r\n\r\n" BODY, 5, false, &wants_more, &is_kept) == IOT_EVENTS_NO_ANSWER && wants_more);
  /* More bytes than the reply has belong to none: the connection is not used again. */
  CHECK(take("HTTP/1.1 207 x\r\nContent-Length: 34\r\n\r\n" BODY "HTTP", 500, false, &wants_more, &is_kept) == IOT_EVENTS_OK && !is_kept);
  CHECK(take("HTTP/1.1 204 x\r\n\r\n", 500, false, &wants_more, &is_kept) == IOT_EVENTS_REFUSED && !wants_more);
}

static void writes_heads(void) {
  static const char head[] = "POST /dev/events/batch HTTP/1.1\r\nhost: example.com:8443\r\ncontent-length: 0\r\nx-api-key: key\r\n\r\n";
  static const struct { const char *url, *host; uint16_t port; bool is_secure; } targets[] = {
    {"http://a", "a", 80, false}, {"https://example.com/dev", "example.com", 443, true}, {"http://10.0.0.1:8080", "10.0.0.1", 8080, false},
    {"https://a:65535/", "a", 65535, true}, {"ftp://a", NULL, 0, false}, {"https:/a", NULL, 0, false}, {"http://", NULL, 0, false},
    {"http://a:", NULL, 0, false}, {"http://a:65536", NULL, 0, false}, {"http://a:8o", NULL, 0, false}, {"http://123456789012", NULL, 0, false}, {"", NULL, 0, false},
  };
  const iot_events_header key = {"x-api-key", "key"};
  iot_events_request request = {"POST", "/events/batch", &key, 1, "", 0};
  char text[200], host[12];
  size_t i, size;
  for (size = 0; size < sizeof text; size++) {
    memset(text, 'X', sizeof text);
    CHECK(iot_events_http_head(&request, "https://example.com:8443/dev", text, size) == (size < sizeof head - 1 ? 0 : sizeof head - 1));
    CHECK(text[size] == 'X');
  }
  CHECK(memcmp(text, head, sizeof head - 1) == 0);
  CHECK(iot_events_http_head(&request, "ftp://a", text, sizeof text) == 0);
  request.body_length = 4294967295u;
  CHECK(iot_events_http_head(&request, "http://a", text, sizeof text) > 0);
  text[100] = '\0';
  CHECK(strstr(text, "\r\ncontent-length: 4294967295\r\n"));
  for (i = 0; i < sizeof targets / sizeof *targets; i++) {
    uint16_t port = 0;
    bool is_secure = false;
    CHECK(iot_events_http_target(targets[i].url, host, sizeof host, &port, &is_secure) == (targets[i].host != NULL));
    if (targets[i].host) CHECK(strcmp(host, targets[i].host) == 0 && port == targets[i].port && is_secure == targets[i].is_secure);
  }
}

int main(void) {
  reads_replies();
  puts("reads replies");
  refuses_what_is_incomplete();
  puts("refuses what is incomplete");
  writes_heads();
  puts("writes heads");
  return 0;
}
