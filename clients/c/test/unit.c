/* Tests without a network: writing events, reading replies, and the queue. Prints the name of each test that passed. */
#include <math.h>

#include "fixture.h"

static fixture f;

static void start(void) {
  const iot_events_config config = fixture_config(&f);
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
}

static iot_events_result add(const char *type, iot_events_value value) {
  const iot_events_event event = iot_events_event_of(type, value);
  return iot_events_add(&f.client, &event);
}

/* The JSON of an event's value as sent. */
static const char *value_text(iot_events_value value) {
  static char text[20000];
  const char *found;
  start();
  CHECK(add("t", value) == IOT_EVENTS_OK);
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_NO_ANSWER);
  found = strstr(f.sent, "\"value\":");
  CHECK(found != NULL);
  strcpy(text, found + 8);
  text[strlen(text) - 3] = '\0';
  return text;
}

static bool is_written(iot_events_value value, const char *text) {
  const bool same = strcmp(value_text(value), text) == 0;
  if (!same) fprintf(stderr, "%s is not %s\n", value_text(value), text);
  return same;
}

static void writes_values(void) {
  CHECK(is_written(iot_events_null(), "null"));
  CHECK(is_written(iot_events_bool(true), "true"));
  CHECK(is_written(iot_events_bool(false), "false"));
  CHECK(is_written(iot_events_integer(0), "0"));
  CHECK(is_written(iot_events_integer(-9007199254740992), "-9007199254740992"));
  CHECK(is_written(iot_events_decimal(2150, 2), "21.50"));
  CHECK(is_written(iot_events_decimal(-5, 3), "-0.005"));
  CHECK(is_written(iot_events_decimal(INT64_MIN, 18), "-9.223372036854775808"));
  CHECK(is_written(iot_events_decimal(90071992547409929, 1), "9007199254740992.9"));
  CHECK(is_written(iot_events_decimal(1, 18), "0.000000000000000001"));
  CHECK(is_written(iot_events_double(-21.456, 2), "-21.46"));
  CHECK(is_written(iot_events_double(0.1 + 0.2, 9), "0.300000000"));
  CHECK(is_written(iot_events_double(41.5, 0), "42"));
  CHECK(is_written(iot_events_number("-6.02e+23"), "-6.02e+23"));
  CHECK(is_written(iot_events_json("{\"a\": [1, \"\\ud83c\"]}", 20), "{\"a\": [1, \"\\ud83c\"]}"));
  CHECK(is_written(iot_events_json("{\"\xEF\xBF\xBD\":\"\xEF\xBF\xBE\"}", 13), "{\"\\ufffd\":\"\xEF\xBF\xBE\"}"));
}

static void refuses_values(void) {
  static const char *const beyond[] = {
    "1e999", "1e309", "1.8e308", "17976931348623159e292", "1e-400", "2e-324", "123e-10000000", "9007199254740993",
    "9007199254740993.0", "90071992547409930e-1", "9.007199254740993e15", "9007199254740995", "18014398509481986",
    "92233720368547758.07", "9223372036854775807", "18446744073709551615", "123456789012345678901234567890",
    "1234567890123456789e30", "1e99999999999999999999",
  };
  static const char *const held[] = {
    "0", "-0", "0e999", "0.0e-999", "1e308", "-1.7976931348623157e308", "5e-324", "4.9406564584124654e-324",
    "9007199254740992", "9007199254740992.0", "9007199254740994", "18014398509481988",
    "1e23", "6.02214076e23", "123456789012345000000", "12345678901234567000", "1.2345678901234567e+30",
    "0.1234567890123456789012345678901234567890", "123456789.0123456789", "0.00000000000000000000000000000000000000001",
    "1000000000000000000000000000000", "3.141592653589793238462643383279",
  };
  static const char *const numbers[] = {"", "-", "01", "1.", ".5", "1e", "1e+", "+1", "NaN", "1 ", " 1", "1,5", "0x1", "true", "1.e1"};
  static const char *const texts[] = {
    "",      "{",      "}",         "[1,]",      "[,1]",   "{\"a\"}",   "{\"a\":}",  "{\"a\":1,}", "{a:1}",
    "[1 2]", "tru",    "truex",     "nul l",     "\"a",    "\"\\x\"",   "\"\\u12g4\"", "\"\n\"",   "[}",
    "{]",    "1 1",    "[1]]",      "\"\xC0\x80\"", "\"\xED\xA0\x80\"", "\"\xF4\x90\x80\x80\"", "{\"a\":1 \"b\":2}", "[\"a\":1]", "{\"a\",1}",
  };
  char deep[70];
  size_t i;
  start();
  for (i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    CHECK(add("t", iot_events_number(numbers[i])) == IOT_EVENTS_INVALID_VALUE);
  }
  for (i = 0; i < sizeof beyond / sizeof *beyond; i++) {
    char text[80];
    sprintf(text, "{\"a\":[-%s]}", beyond[i]);
    if (add("t", iot_events_number(beyond[i])) != IOT_EVENTS_INVALID_VALUE) fprintf(stderr, "%s\n", beyond[i]);
    CHECK(add("t", iot_events_number(beyond[i])) == IOT_EVENTS_INVALID_VALUE);
    CHECK(add("t", iot_events_json(text, strlen(text))) == IOT_EVENTS_INVALID_VALUE);
  }
  for (i = 0; i < sizeof held / sizeof *held; i++) CHECK(is_written(iot_events_number(held[i]), held[i]));
  start();
  for (i = 0; i < sizeof texts / sizeof *texts; i++) {
    CHECK(add("t", iot_events_json(texts[i], strlen(texts[i]))) == IOT_EVENTS_INVALID_VALUE);
  }
  memset(deep, '[', 33);
  memset(deep + 33, ']', 33);
  CHECK(add("t", iot_events_json(deep, 66)) == IOT_EVENTS_INVALID_VALUE);
  CHECK(add("t", iot_events_json(deep + 1, 64)) == IOT_EVENTS_OK);
  CHECK(add("t", iot_events_integer(9007199254740993)) == IOT_EVENTS_INVALID_VALUE);
  CHECK(add("t", iot_events_decimal(90071992547409930, 1)) == IOT_EVENTS_INVALID_VALUE);
  CHECK(add("t", iot_events_decimal(INT64_MIN, 2)) == IOT_EVENTS_INVALID_VALUE);
  CHECK(add("t", iot_events_double(1e16, 0)) == IOT_EVENTS_INVALID_VALUE);
  CHECK(add("t", iot_events_double(-INFINITY, 0)) == IOT_EVENTS_INVALID_VALUE);
  CHECK(add("t", iot_events_double(NAN, 2)) == IOT_EVENTS_INVALID_VALUE);
  CHECK(add("t", iot_events_double(1, 10)) == IOT_EVENTS_INVALID_VALUE);
  CHECK(add("t", iot_events_decimal(1, 19)) == IOT_EVENTS_INVALID_VALUE);
  CHECK(add("t", iot_events_string(NULL)) == IOT_EVENTS_INVALID_VALUE);
  CHECK(iot_events_pending(&f.client) == 1);
}

static void escapes_text(void) {
  CHECK(is_written(iot_events_text("\"\\/\b\f\n\r\t\0\x1f\x7f", 11), "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7f\""));
  CHECK(is_written(iot_events_string("21 \xC2\xB0" "C \xF0\x9F\x8C\xA1"), "\"21 \xC2\xB0" "C \xF0\x9F\x8C\xA1\""));
#define LOST "\\ufffd"
  CHECK(is_written(iot_events_string("a\xFFz"), "\"a" LOST "z\""));
  CHECK(is_written(iot_events_string("\xC2"), "\"" LOST "\""));
  CHECK(is_written(iot_events_string("\xC0\xAF"), "\"" LOST LOST "\""));
  CHECK(is_written(iot_events_string("\xED\xA0\x80"), "\"" LOST LOST LOST "\""));
  CHECK(is_written(iot_events_string("\xF0\x9F\x8C\""), "\"" LOST LOST LOST "\\\"\""));
}

static void writes_dates(void) {
  static const struct { int64_t ms; const char *text; } dates[] = {
    {0, "1970-01-01T00:00:00.000Z"},
    {-1, "1969-12-31T23:59:59.999Z"},
    {951782399999, "2000-02-28T23:59:59.999Z"},
    {951782400000, "2000-02-29T00:00:00.000Z"},
    {951868800000, "2000-03-01T00:00:00.000Z"},
    {4107542399999, "2100-02-28T23:59:59.999Z"},
    {4107542400000, "2100-03-01T00:00:00.000Z"},
    {1777999175250, "2026-05-05T16:39:35.250Z"},
    {1735689599999, "2024-12-31T23:59:59.999Z"},
    {INT64_C(253402300799999), "9999-12-31T23:59:59.999Z"},
    {INT64_C(-62167219200000), "0000-01-01T00:00:00.000Z"},
    {INT64_C(-62162035200000), "0000-03-01T00:00:00.000Z"},
  };
  char text[25];
  size_t i;
  for (i = 0; i < sizeof dates / sizeof *dates; i++) {
    CHECK(iot_events_format_date(dates[i].ms, text));
    if (strcmp(text, dates[i].text) != 0) fprintf(stderr, "%s is not %s\n", text, dates[i].text);
    CHECK(strcmp(text, dates[i].text) == 0);
  }
  CHECK(!iot_events_format_date(INT64_C(253402300800000), text));
  CHECK(!iot_events_format_date(INT64_C(-62167219200001), text));
  CHECK(!iot_events_format_date(INT64_MAX, text));
}

/* Dates that were written are read back from serverTime, across 10,000 years, and a Date header. */
static void reads_dates(void) {
  int64_t day;
  start();
  CHECK(add("t", iot_events_null()) == IOT_EVENTS_OK);
  for (day = -719528; day <= 2932896; day += 37) {
    char body[80], date[25];
    const int64_t ms = day * 86400000 + 12345678;
    CHECK(iot_events_format_date(ms, date));
    sprintf(body, "{\"type\":\"/problems/x\",\"serverTime\":\"%s\"}", date);
    f.body = body;
    f.status = 503;
    iot_events_retry_now(&f.client);
    CHECK(iot_events_flush(&f.client) == IOT_EVENTS_TRY_LATER);
    CHECK(f.told_server_ms == ms && f.told_exact);
  }
  f.body = NULL;
  f.date = "Thu, 29 Feb 2024 23:59:59 GMT";
  iot_events_retry_now(&f.client);
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_TRY_LATER);
  CHECK(f.told_server_ms == 1709251199000 && !f.told_exact);
}

static void names_events(void) {
  iot_events_event event = iot_events_event_of("t", iot_events_null());
  char name[200];
  start();
  CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_OK);
  CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_OK);
  event.date_ms = 0;
  CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_OK);
  event.id = "mine:1";
  event.device_id = "1F0C8A52-3c1e-4d0b-9a58-5f3f2f1f7a10";
  CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_OK);
  iot_events_flush(&f.client);
#define START "{\"deviceID\":\"" DEVICE "\",\"eventType\":\"t\","
#define DATE "\"date\":\"1970-01-01T00:00:00.000Z\","
  CHECK(strcmp(f.sent, "{\"events\":[" START "\"id\":\"0000000000c0ffee/0\",\"value\":null}," START "\"id\":\"0000000000c0ffee/1\",\"value\":null},"
               START DATE "\"value\":null},{\"deviceID\":\"1F0C8A52-3c1e-4d0b-9a58-5f3f2f1f7a10\",\"eventType\":\"t\","
               DATE "\"id\":\"mine:1\",\"value\":null}]}") == 0);
  event.device_id = "8f188304-e7b3-4a16-a243-b9470468478";
  CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_INVALID_DEVICE);
  event.device_id = "8f188304-e7b3-4a16-a243-b9470468478ag";
  CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_INVALID_DEVICE);
  event.device_id = NULL;
  event.date_ms = INT64_MAX;
  CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_INVALID_DATE);
  event.date_ms = 0;
  event.id = "";
  CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_INVALID_ID);
  memset(name, 'n', sizeof name);
  name[65] = '\0';
  event.id = name;
  CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_INVALID_ID);
  name[64] = '\0';
  CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_OK);
  CHECK(add("", iot_events_null()) == IOT_EVENTS_INVALID_TYPE);
  CHECK(add(" t", iot_events_null()) == IOT_EVENTS_INVALID_TYPE);
  CHECK(add("t ", iot_events_null()) == IOT_EVENTS_INVALID_TYPE);
  CHECK(add("_t", iot_events_null()) == IOT_EVENTS_INVALID_TYPE);
  CHECK(add("a;b", iot_events_null()) == IOT_EVENTS_INVALID_TYPE);
  CHECK(add("0Az-:./_", iot_events_null()) == IOT_EVENTS_OK);
  CHECK(add("a\xFF", iot_events_null()) == IOT_EVENTS_INVALID_TYPE);
  CHECK(add(NULL, iot_events_null()) == IOT_EVENTS_INVALID_TYPE);
  memset(name, 'n', sizeof name);
  name[129] = '\0';
  CHECK(add(name, iot_events_null()) == IOT_EVENTS_INVALID_TYPE);
  name[128] = '\0';
  CHECK(add(name, iot_events_null()) == IOT_EVENTS_OK);
}

static void bounds_an_event(void) {
  static char text[20000];
  const size_t overhead = IOT_EVENTS_EVENT_SIZE(1, 0, 2);
  iot_events_event event = iot_events_event_of("t", iot_events_null());
  event.date_ms = 0;
  memset(text, 'x', sizeof text);
  start();
  event.device_id = DEVICE;
  event.id = "i";
  event.value = iot_events_text(text, IOT_EVENTS_MAX_EVENT - overhead - 1);
  CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_OK);
  CHECK(f.client.used == IOT_EVENTS_QUEUE_SIZE(1, IOT_EVENTS_MAX_EVENT));
  event.value.length++;
  CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_TOO_LARGE);
  event.date_ms = IOT_EVENTS_NO_DATE;
  CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_TOO_LARGE);
  event.value.length = sizeof text;
  CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_TOO_LARGE);
  iot_events_flush(&f.client);
  CHECK(strlen(f.sent) == IOT_EVENTS_TRANSMIT_SIZE(1, IOT_EVENTS_MAX_EVENT));
}

/* The buffer of TRANSMIT_SIZE holds as many events as it says, and no more are sent. */
static void fills_the_transmit_buffer(void) {
  const size_t size = IOT_EVENTS_EVENT_SIZE(1, 0, 1);
  iot_events_event event = iot_events_event_of("t", iot_events_integer(1));
  size_t events;
  event.id = "i";
  event.date_ms = 0;
  for (events = 1; events < 4; events++) {
    iot_events_config config = fixture_config(&f);
    size_t i;
    config.transmit_size = IOT_EVENTS_TRANSMIT_SIZE(events, size + 1);
    CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
    for (i = 0; i < 5; i++) CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_OK);
    CHECK(iot_events_flush(&f.client) == IOT_EVENTS_NO_ANSWER);
    CHECK(f.client.batch == events && strlen(f.sent) == config.transmit_size);
    config.transmit_size = IOT_EVENTS_TRANSMIT_SIZE(1, size + 1) - 1;
    CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
    CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_TOO_LARGE);
  }
}

#define OTHER_DEVICE "1F0C8a52-3c1e-4d0b-9a58-5f3f2f1f7a10"
#define RESULT(status) "{\"status\":\"" status "\"}"
#define GIVE(reply, text) iot_events_reply_body(reply, text, sizeof text - 1)
#define REPLY(results) "{\"results\":[" results "]}"

static void drops_or_refuses(void) {
  const size_t size = IOT_EVENTS_EVENT_SIZE(1, 0, 1);
  iot_events_event event = iot_events_event_of("t", iot_events_null());
  unsigned round;
  event.device_id = DEVICE;
  for (round = 0; round < 2; round++) {
    iot_events_config config = fixture_config(&f);
    int i;
    config.drop_oldest = round == 1;
    config.queue_size = IOT_EVENTS_QUEUE_SIZE(3, size);
    f.queue[config.queue_size] = 'X';
    CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
    for (i = 0; i < 8; i++) {
      event.date_ms = i;
      event.id = NULL;
      event.value = iot_events_integer(i);
      /* Without an id, an event is a byte smaller than the macro computes: three fit, a fourth does not. */
      CHECK(iot_events_add(&f.client, &event) == (i < 3 || round == 1 ? IOT_EVENTS_OK : IOT_EVENTS_FULL));
    }
    CHECK(iot_events_pending(&f.client) == 3);
    CHECK(iot_events_counts(&f.client).dropped == (round == 1 ? 5 : 0));
    f.meanwhile = &event;
    iot_events_flush(&f.client);
    CHECK(f.meanwhile_result == IOT_EVENTS_FULL);
    CHECK(strstr(f.sent, round == 1 ? "\"value\":5}," : "\"value\":0},") == f.sent + 11 + size - 8 - 10);
    CHECK(f.queue[config.queue_size] == 'X');
  }
}

static void settle_with(const char *body, int status, iot_events_result result, size_t left) {
  size_t piece;
  for (piece = 1; piece < 40; piece += 3) {
    start();
    f.piece = piece;
    CHECK(add("a", iot_events_integer(1)) == IOT_EVENTS_OK);
    CHECK(add("b", iot_events_integer(2)) == IOT_EVENTS_OK);
    CHECK(add("c", iot_events_integer(3)) == IOT_EVENTS_OK);
    f.body = body;
    f.status = status;
    if (iot_events_flush(&f.client) != result || iot_events_pending(&f.client) != left) {
      fprintf(stderr, "%s\n", body);
      CHECK(!"the reply is read as it should be");
    }
    if (left == 3) CHECK(iot_events_counts(&f.client).created == 0 && f.told_rejected == 0);
  }
}

static void reads_replies(void) {
  static const char full[] = " {\"status\":\"failed\",\"more\":[{\"status\":\"failed\"},[]],\"problem\":{\"type\":\"/problems/other\"},"
                             "\"results\" : [ {\"status\" : \"created\",\"date\":\"x\"} ,\n{\"more\":[{\"status\":\"failed\"},[1e5,null]],\"status\":"
                             "\"dupl\\u0069cate\",\"results\":[{\"status\":\"failed\"}]},{\"problem\":{\"status\":400,\"type\":\"\\/problems/clock-skew\",\"serverTime\":"
                             "\"2026-05-05T17:19:35.250Z\",\"errors\":[{\"type\":\"/problems/other\"}],\"more\":{\"type\":1}},\"status\":\"rejected\","
                             "\"more\":{\"type\":\"/problems/invalid-request\",\"serverTime\":\"1999-05-05T17:19:35.250Z\"}}],"
                             "\"last\":[{\"status\":\"failed\"}],\"results of another\":{\"results\":[{\"status\":\"failed\"}]}} ";
  static const char *const bad[] = {
    "", "{", "[]", "null", "{}", REPLY(""), "[" RESULT("created") "," RESULT("created") "," RESULT("created") "]",
    REPLY(RESULT("created") "," RESULT("created")),
    REPLY(RESULT("created") "," RESULT("created") "," RESULT("created") "," RESULT("created")),
    REPLY(RESULT("created") "," RESULT("created") "," RESULT("stored")),
    REPLY(RESULT("created") "," RESULT("created") ",{}"),
    REPLY(RESULT("created") "," RESULT("created") ",\"created\""),
    REPLY(RESULT("created") "," RESULT("created") ",[\"status\",\"created\"]"),
    REPLY(RESULT("created") "," RESULT("created") ",{\"status\":true}"),
    REPLY(RESULT("created") "," RESULT("created") ",{\"a\":{\"status\":\"created\"}}"),
    REPLY(RESULT("created") "," RESULT("created") "," RESULT("created")) "}",
    REPLY(RESULT("created") "," RESULT("created") "," RESULT("created") ","),
    REPLY(RESULT("created") " " RESULT("created") "," RESULT("created")),
    REPLY(RESULT("created") "," RESULT("created") "," RESULT("createdcreatedcreatedcreatedcreatedcreated")),
    "[" REPLY(RESULT("created") "," RESULT("created") "," RESULT("created")) "]",
    "{\"results\":" REPLY(RESULT("created") "," RESULT("created") "," RESULT("created")) "}",
    "{\"other\":[" RESULT("created") "," RESULT("created") "," RESULT("created") "]}",
    REPLY(RESULT("created") "," RESULT("created") ",{\"status\\u0000\":\"created\"}"),
    REPLY(RESULT("created") "," RESULT("created") ",{\"status\":\"created\\u0000\"}"),
    "<html>Sign in to the hotel's network</html>",
  };
  char part[sizeof full];
  size_t i;
  settle_with(full, 207, IOT_EVENTS_OK, 0);
  CHECK(f.told_rejected == 1 && f.told_problem == IOT_EVENTS_PROBLEM_CLOCK_SKEW);
  CHECK(strstr(f.told_event, "\"eventType\":\"c\"") && strstr(f.told_event, "\"value\":3}") + 10 == f.told_event + strlen(f.told_event));
  CHECK(f.told_server_ms == 1778001575250 && f.told_exact && f.told_times == 1);
  CHECK(iot_events_counts(&f.client).created == 1 && iot_events_counts(&f.client).duplicates == 1);
  for (i = 0; i < sizeof full - 3; i++) {
    memcpy(part, full, i);
    part[i] = '\0';
    settle_with(part, 207, IOT_EVENTS_BAD_REPLY, 3);
  }
  settle_with(full, 0, IOT_EVENTS_NO_ANSWER, 3);
  settle_with(full, 200, IOT_EVENTS_REFUSED, 3);
  settle_with(full, 429, IOT_EVENTS_TRY_LATER, 3);
  settle_with(full, 504, IOT_EVENTS_TRY_LATER, 3);
  settle_with("{\"type\":\"/problems/forbidden\"}", 403, IOT_EVENTS_REFUSED, 3);
  settle_with("<html>Bad request</html>", 400, IOT_EVENTS_REFUSED, 3);
  for (i = 0; i < sizeof bad / sizeof *bad; i++) settle_with(bad[i], 207, IOT_EVENTS_BAD_REPLY, 3);
  settle_with(REPLY(RESULT("failed") "," RESULT("created") "," RESULT("failed")), 207, IOT_EVENTS_PARTLY_FAILED, 2);
  f.now += iot_events_wait_ms(&f.client);
  f.status = 0;
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_NO_ANSWER);
  CHECK(strstr(f.sent, "\"eventType\":\"a\"") && strstr(f.sent, "\"eventType\":\"c\"") && !strstr(f.sent, "\"eventType\":\"b\""));
}

/* A reply with more items than were sent changes nothing, even if the ring is full. */
static void survives_too_many_items(void) {
  static char body[100000];
  char sent[2000];
  size_t i;
  iot_events_config config = fixture_config(&f);
  config.queue_size = IOT_EVENTS_QUEUE_SIZE(3, IOT_EVENTS_EVENT_SIZE(1, IOT_EVENTS_AUTO_ID, 1));
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
  while (add("t", iot_events_null()) == IOT_EVENTS_OK) continue;
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_NO_ANSWER);
  strcpy(sent, f.sent);
  strcpy(body, "{\"results\":[" RESULT("rejected"));
  for (i = 0; i < 4000; i++) strcpy(body + 33 + i * 22, "," RESULT("rejected"));
  strcat(body, "]}");
  f.body = body;
  f.status = 207;
  iot_events_retry_now(&f.client);
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_BAD_REPLY && f.told_rejected == 0);
  iot_events_retry_now(&f.client);
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_BAD_REPLY);
  CHECK(strcmp(sent, f.sent) == 0);
}

/* Random sizes and outcomes, in a ring that wraps thousands of times; a plain array is the model. */
static void keeps_order_round_the_ring(void) {
  static int model[64];
  unsigned seed = 7, step, settled = 0, length = 0;
  int next = 0;
  iot_events_config config = fixture_config(&f);
  config.queue_size = 1777;
  config.transmit_size = 700;
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
  for (step = 0; step < 20000; step++) {
    char body[2000] = "{\"results\":[", text[70];
    const char *at = f.sent;
    unsigned kept = 0, i, sent = 0, changed = 0;
    seed = seed * 1103515245u + 12345u;
    memset(text, 'x', sizeof text);
    while ((seed >> 16 & 3u) != 0 && length < 60) {
      iot_events_event event = iot_events_event_of("t", iot_events_text(text, seed >> 20 & 63u));
      char id[16];
      seed = seed * 1103515245u + 12345u;
      sprintf(id, "%d", next);
      event.id = id;
      if (iot_events_add(&f.client, &event) != IOT_EVENTS_OK) break;
      model[length++] = next++;
    }
    /* Fail once, to see what is in the batch; then reply for exactly these events. */
    f.status = 0;
    f.body = NULL;
    iot_events_retry_now(&f.client);
    if (iot_events_flush(&f.client) == IOT_EVENTS_EMPTY) continue;
    while ((at = strstr(at, "\"id\":\"")) != NULL) {
      CHECK(atoi(at + 6) == model[sent]);
      at++;
      sent++;
    }
    CHECK(sent > 0 && sent <= length);
    for (i = 0; i < length; i++) {
      static const char *const words[] = {"created", "duplicate", "rejected", "failed"};
      const unsigned word = seed >> (8 + i % 16) & 3u;
      if (i < sent) sprintf(body + strlen(body), "%s{\"status\":\"%s\"}", i ? "," : "", words[word]);
      if (i >= sent || word == 3) model[kept++] = model[i];
      else changed++;
    }
    strcat(body, "]}");
    f.body = body;
    f.status = 207;
    iot_events_retry_now(&f.client);
    CHECK(iot_events_flush(&f.client) == (changed < sent ? IOT_EVENTS_PARTLY_FAILED : IOT_EVENTS_OK));
    length = kept;
    settled += changed;
    CHECK(iot_events_pending(&f.client) == length);
  }
  CHECK(settled > 50000 && settled + length == (unsigned)next);
}

static void waits(void) {
  iot_events_config config = fixture_config(&f);
  uint32_t base = 1000;
  unsigned i;
  config.first_wait_ms = base;
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_EMPTY && f.requests == 0);
  CHECK(add("t", iot_events_null()) == IOT_EVENTS_OK);
  f.now = UINT32_MAX - 100; /* the clock wraps during the test */
  for (i = 0; i < 40; i++) {
    f.chance = i % 2 ? UINT32_MAX : 0;
    f.retry_after = i % 3 ? "0" : NULL; /* never shortens a wait */
    f.status = i % 3 ? 503 : 0;
    CHECK(iot_events_flush(&f.client) == (i % 3 ? IOT_EVENTS_TRY_LATER : IOT_EVENTS_NO_ANSWER));
    CHECK(iot_events_wait_ms(&f.client) >= base / 8 && iot_events_wait_ms(&f.client) <= base);
    if (!f.chance) CHECK(iot_events_wait_ms(&f.client) == base / 8);
    f.now += iot_events_wait_ms(&f.client) - 1;
    CHECK(iot_events_flush(&f.client) == IOT_EVENTS_WAITING && iot_events_wait_ms(&f.client) == 1);
    f.now += 1;
    base = base * 2 > 300000 ? 300000 : base * 2;
  }
  f.status = 429;
  f.retry_after = "1200";
  f.chance = 0;
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_TRY_LATER && iot_events_wait_ms(&f.client) == 1200000);
  f.now += 1200000;
  f.chance = 301000;
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_TRY_LATER && iot_events_wait_ms(&f.client) == 1501000);
  f.now += 1501000;
  f.chance = 0;
  f.retry_after = "99999999999999999999";
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_TRY_LATER && iot_events_wait_ms(&f.client) == 86400000);
  f.now += 86400000;
  f.date = "Tue, 05 May 2026 17:19:35 GMT";
  f.retry_after = " Tue, 05 May 2026 17:20:35 GMT ";
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_TRY_LATER && iot_events_wait_ms(&f.client) == 60000);
  f.now += 60000;
  f.retry_after = "soon";
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_TRY_LATER && iot_events_wait_ms(&f.client) == 37500);
  f.now += 37500;
  CHECK(iot_events_wait_ms(&f.client) == 0);
  f.now += 50u * 86400000u; /* wraps, and the wait is still over */
  CHECK(iot_events_wait_ms(&f.client) == 0);
  f.status = 207;
  f.body = REPLY(RESULT("created"));
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_OK && iot_events_wait_ms(&f.client) == 0);
  CHECK(iot_events_counts(&f.client).attempts == 46 && iot_events_counts(&f.client).failures == 45);
}

/* The first wait is random, up to 30 s or what the config says. */
static void waits_at_the_start(void) {
  static const uint32_t limits[][2] = {{0, 30000}, {5000, 5000}, {IOT_EVENTS_NO_WAIT, 0}};
  size_t i;
  for (i = 0; i < 3; i++) {
    iot_events_config config = fixture_config(&f);
    config.start_wait_ms = limits[i][0];
    f.now = f.chance = limits[i][1];
    CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
    /* It begins with the first event: those that were switched on together also read together. */
    f.now += 60000;
    CHECK(iot_events_flush(&f.client) == IOT_EVENTS_EMPTY);
    CHECK(add("t", iot_events_null()) == IOT_EVENTS_OK);
    CHECK(iot_events_wait_ms(&f.client) == limits[i][1]);
    f.now += 1000;
    CHECK(add("t", iot_events_null()) == IOT_EVENTS_OK);
    CHECK(iot_events_wait_ms(&f.client) == (limits[i][1] ? limits[i][1] - 1000 : 0));
    CHECK(iot_events_flush(&f.client) == (limits[i][1] ? IOT_EVENTS_WAITING : IOT_EVENTS_NO_ANSWER));
  }
}

/* An event that fails each time delays neither the others nor, for ever longer, itself. */
static void goes_on_without_a_culprit(void) {
  static char body[2000];
  unsigned second, full = 0, stored = 0;
  iot_events_config config = fixture_config(&f);
  config.queue_size = IOT_EVENTS_QUEUE_SIZE(300, IOT_EVENTS_EVENT_SIZE(4, IOT_EVENTS_AUTO_ID, 4));
  config.batch_events = 50;
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
  f.status = 207;
  f.body = body;
  for (second = 0; second < 3600; second++) {
    iot_events_request request;
    iot_events_reply *reply;
    f.chance = second * 2654435761u;
    if (add(second == 0 ? "bad" : "good", iot_events_integer(second)) == IOT_EVENTS_FULL) full++;
    while (iot_events_begin(&f.client, &request, &reply) == IOT_EVENTS_OK) {
      const char *at = request.body;
      size_t i;
      strcpy(body, "{\"results\":[");
      for (i = 0; i < f.client.batch; i++, at++) {
        at = strstr(at, "\"eventType\":\"");
        strcat(body, i > 0 ? "," : "");
        strcat(body, at[13] == 'b' ? RESULT("failed") : RESULT("created"));
      }
      strcat(body, "]}");
      iot_events_reply_body(reply, body, strlen(body));
      iot_events_done(&f.client, 207);
    }
    stored = iot_events_counts(&f.client).created;
    CHECK(iot_events_wait_ms(&f.client) <= 45000);
    f.now += 1000;
  }
  CHECK(full == 0 && stored > 3560);
}

/* Without a network, the server is not to blame: the wait does not grow. */
static void waits_for_the_network(void) {
  unsigned i;
  start();
  CHECK(add("t", iot_events_null()) == IOT_EVENTS_OK);
  f.chance = UINT32_MAX;
  for (i = 0; i < 20; i++) {
    f.status = IOT_EVENTS_NO_LINK;
    CHECK(iot_events_flush(&f.client) == IOT_EVENTS_OFFLINE && iot_events_last_status(&f.client) == 0);
    CHECK(iot_events_wait_ms(&f.client) > 0 && iot_events_wait_ms(&f.client) <= 45000);
    f.now += 45000;
  }
  CHECK(iot_events_counts(&f.client).attempts == 20 && iot_events_counts(&f.client).failures == 0);
}

static void tells_the_time(void) {
  int64_t now = 0;
  unsigned day;
  start();
  CHECK(!iot_events_time(&f.client, &now));
  CHECK(add("t", iot_events_null()) == IOT_EVENTS_OK);
  f.now = UINT32_MAX - 5;
  f.status = 503;
  f.date = "Tue, 05 May 2026 17:19:35 GMT";
  iot_events_flush(&f.client);
  f.now += 250;
  CHECK(iot_events_time(&f.client, &now) && now == 1778001575250);
  for (day = 1; day < 200; day++) {
    f.now += 86400000;
    if (day % 3 == 0) CHECK(add("t", iot_events_null()) == IOT_EVENTS_OK);
    if (day % 3 == 1) iot_events_wait_ms(&f.client);
    if (day % 3 == 2) CHECK(iot_events_time(&f.client, &now) == (day < 49));
    if (day == 47) CHECK(now == 1778001575250 + 47 * INT64_C(86400000));
    if (day == 51) CHECK(!iot_events_time(&f.client, &now));
  }
}

/* An event that was rejected for its date stays, once, if the application gives it another one. */
static void mends_dates(void) {
  static const char skewed[] = "{\"results\":[{\"status\":\"created\"},{\"status\":\"rejected\",\"problem\":{\"type\":"
                               "\"/problems/clock-skew\",\"serverTime\":\"2026-05-05T17:19:35.250Z\"}},{\"status\":\"rejected\","
                               "\"problem\":{\"type\":\"/problems/clock-skew\"}}]}";
  static const char again[] = "{\"results\":[{\"status\":\"rejected\",\"problem\":{\"type\":\"/problems/clock-skew\","
                              "\"serverTime\":\"2026-05-05T17:19:36.250Z\"}}]}";
  iot_events_event event = iot_events_event_of("t", iot_events_integer(7));
  uint8_t image[1000];
  size_t length;
  start();
  f.behind_ms = INT64_C(1778001575250) - 7000;
  CHECK(add("a", iot_events_null()) == IOT_EVENTS_OK);
  event.date_ms = 7000;
  CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_OK);
  CHECK(add("b", iot_events_null()) == IOT_EVENTS_OK); /* undated: there is nothing to mend */
  f.status = 207;
  f.body = skewed;
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_OK && iot_events_wait_ms(&f.client) == 0);
  CHECK(f.told_date_ms == 7000 && f.told_now_ms == 1778001575250);
  CHECK(f.told_rejected == 1 && strstr(f.told_event, "\"b\"") && f.told_problem == IOT_EVENTS_PROBLEM_CLOCK_SKEW);
  CHECK(iot_events_pending(&f.client) == 1 && iot_events_counts(&f.client).mended == 1);
  /* It is mended once only, also after a reset. */
  length = iot_events_save(&f.client, image, sizeof image);
  start();
  f.behind_ms = 1;
  CHECK(iot_events_restore(&f.client, image, length) == IOT_EVENTS_OK);
  f.status = 207;
  f.body = again;
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_OK && iot_events_pending(&f.client) == 0);
  CHECK(strstr(f.sent, "\"eventType\":\"t\",\"date\":\"2026-05-05T17:19:35.250Z\",\"value\":7}]}"));
  CHECK(f.told_rejected == 1 && strstr(f.told_event, "\"value\":7}") && f.told_problem == IOT_EVENTS_PROBLEM_CLOCK_SKEW);
  CHECK(iot_events_counts(&f.client).rejected == 1 && iot_events_counts(&f.client).mended == 0);
  /* An application that cannot mend it gets it back. */
  f.behind_ms = 0;
  CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_OK);
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_OK && f.told_rejected == 2 && strstr(f.told_event, "1970-01-01T00:00:07.000Z"));
}

/* Other tasks and callbacks add while a request is under way; the oldest event that is not in it makes room. */
static void adds_while_it_sends(void) {
  const size_t size = IOT_EVENTS_EVENT_SIZE(1, 0, 1);
  iot_events_event event = iot_events_event_of("t", iot_events_null());
  unsigned round, i;
  event.device_id = DEVICE;
  for (round = 0; round < 400; round++) {
    iot_events_config config = fixture_config(&f);
    iot_events_request request;
    iot_events_reply *reply;
    const char *at;
    int next = 0, expected;
    config.drop_oldest = true;
    config.queue_size = IOT_EVENTS_QUEUE_SIZE(6, size) + round % 7;
    config.batch_events = 3;
    f.queue[config.queue_size] = 'X';
    CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
    f.client.head = round % (unsigned)config.queue_size;
    event.date_ms = 0;
    for (i = 0; i < 4 + round % 3; i++) {
      event.value = iot_events_integer(next++);
      CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_OK);
    }
    CHECK(iot_events_begin(&f.client, &request, &reply) == IOT_EVENTS_OK && f.client.batch == 3);
    CHECK(iot_events_flush(&f.client) == IOT_EVENTS_WAITING && iot_events_begin(&f.client, &request, &reply) == IOT_EVENTS_WAITING);
    GIVE(reply, "{\"results\":[" RESULT("created") ",");
    while (next < 9) {
      event.value = iot_events_integer(next++);
      CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_OK);
    }
    GIVE(reply, RESULT("failed") ",");
    event.value = iot_events_integer(next++);
    CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_OK);
    GIVE(reply, RESULT("created") "]}");
    CHECK(iot_events_done(&f.client, 207) == IOT_EVENTS_PARTLY_FAILED);
    CHECK(iot_events_counts(&f.client).created == 2 && f.queue[config.queue_size] == 'X');
    CHECK(iot_events_counts(&f.client).created + iot_events_counts(&f.client).dropped + iot_events_pending(&f.client) == 10);
    f.client.config.batch_events = f.client.batch_limit = 100;
    f.status = 0;
    CHECK(iot_events_flush(&f.client) == IOT_EVENTS_NO_ANSWER);
    CHECK((at = strstr(f.sent, "\"value\":1}")) != NULL);
    for (expected = 11 - (int)iot_events_pending(&f.client); expected < 10; expected++) {
      CHECK((at = strstr(at + 1, "\"value\":")) != NULL && atoi(at + 8) == expected);
    }
    CHECK(strstr(at + 1, "\"value\":") == NULL);
  }
  /* If all are being sent, there is none to drop. */
  start();
  f.client.config.drop_oldest = true;
  f.client.config.queue_size = IOT_EVENTS_QUEUE_SIZE(3, size);
  for (i = 0; i < 3; i++) CHECK(iot_events_add(&f.client, &event) == IOT_EVENTS_OK);
  f.meanwhile = &event;
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_NO_ANSWER && f.meanwhile_result == IOT_EVENTS_FULL);
}

/* The pieces of a flush: what comes before it has begun or after it is done changes nothing. */
static void sends_without_blocking(void) {
  static const char body[] = REPLY(RESULT("created") "," RESULT("rejected"));
  iot_events_config config = fixture_config(&f);
  iot_events_request request;
  iot_events_reply *reply;
  size_t i;
  config.transport = NULL;
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
  CHECK(iot_events_done(&f.client, 207) == IOT_EVENTS_EMPTY);
  CHECK(iot_events_begin(&f.client, &request, &reply) == IOT_EVENTS_EMPTY);
  CHECK(add("a", iot_events_null()) == IOT_EVENTS_OK && add("b", iot_events_null()) == IOT_EVENTS_OK);
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_BAD_CONFIG);
  CHECK(iot_events_begin(&f.client, &request, &reply) == IOT_EVENTS_OK);
  CHECK(strcmp(request.method, "POST") == 0 && strcmp(request.path, "/events/batch") == 0 && request.header_count == 3);
  CHECK(strcmp(request.headers[1].value, "key") == 0);
  CHECK(strcmp(request.headers[2].name, "user-agent") == 0 && strcmp(request.headers[2].value, "iot-events-c/" IOT_EVENTS_VERSION) == 0);
  CHECK(iot_events_done(&f.client, 0) == IOT_EVENTS_NO_ANSWER && iot_events_wait_ms(&f.client) > 0);
  iot_events_reply_body(reply, body, sizeof body - 1); /* too late */
  CHECK(iot_events_done(&f.client, 207) == IOT_EVENTS_EMPTY && iot_events_pending(&f.client) == 2);
  f.now += 45000;
  CHECK(iot_events_begin(&f.client, &request, &reply) == IOT_EVENTS_OK);
  for (i = 0; i < sizeof body - 1; i++) iot_events_reply_body(reply, body + i, 1);
  CHECK(iot_events_done(&f.client, 207) == IOT_EVENTS_OK && iot_events_pending(&f.client) == 0 && f.told_rejected == 1);
  iot_events_reply_body(reply, body, sizeof body - 1);
  CHECK(add("c", iot_events_null()) == IOT_EVENTS_OK);
  CHECK(iot_events_begin(&f.client, &request, &reply) == IOT_EVENTS_OK && request.body_length < 150);
}

/* An image has all events with their ids; one that was not written to its end, or has a wrong bit, is refused. */
static void survives_a_reset(void) {
  static uint8_t image[IOT_EVENTS_IMAGE_SIZE(40000)], other[IOT_EVENTS_IMAGE_SIZE(40000)];
  iot_events_config config = fixture_config(&f);
  char sent[2000];
  size_t length, i, bit;
  config.queue_size = 777;
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
  CHECK(iot_events_save(&f.client, image, 52) == 52 && iot_events_restore(&f.client, image, 52) == IOT_EVENTS_OK);
  f.client.head = 700; /* the queue wraps */
  for (i = 0; i < 4; i++) CHECK(add("t", iot_events_integer((int64_t)i)) == IOT_EVENTS_OK);
  length = iot_events_save(&f.client, image, sizeof image);
  CHECK(length == IOT_EVENTS_IMAGE_SIZE(f.client.used) && iot_events_save(&f.client, other, length - 1) == 0);
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_NO_ANSWER);
  strcpy(sent, f.sent);

  config = fixture_config(&f);
  config.boot_id = 2;
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
  for (i = 0; i < length; i++) {
    CHECK(iot_events_restore(&f.client, image, i) == IOT_EVENTS_BAD_IMAGE);
    memcpy(other, image, i);
    memset(other + i, 0xFF, length - i);
    if (memcmp(other, image, length) != 0) CHECK(iot_events_restore(&f.client, other, length) == IOT_EVENTS_BAD_IMAGE);
    for (bit = 0; bit < 8; bit++) {
      memcpy(other, image, length);
      other[i] ^= (uint8_t)(1u << bit);
      CHECK(iot_events_restore(&f.client, other, length) == IOT_EVENTS_BAD_IMAGE);
    }
  }
  CHECK(iot_events_pending(&f.client) == 0);
  memcpy(other, image, length);
  CHECK(iot_events_restore(&f.client, other, sizeof other) == IOT_EVENTS_OK && iot_events_pending(&f.client) == 4);
  CHECK(add("new", iot_events_null()) == IOT_EVENTS_OK);
  CHECK(iot_events_flush(&f.client) == IOT_EVENTS_NO_ANSWER);
  CHECK(memcmp(f.sent, sent, strlen(sent) - 2) == 0 && strstr(f.sent, "\"id\":\"0000000000000002/0\""));

  /* Events are added behind those that are there; if there is no room for all, none is. */
  config.queue_size = length - IOT_EVENTS_IMAGE_SIZE(0) + 10;
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
  CHECK(add("t", iot_events_null()) == IOT_EVENTS_OK);
  CHECK(iot_events_restore(&f.client, image, length) == IOT_EVENTS_FULL && iot_events_pending(&f.client) == 1);
  config.transmit_size = IOT_EVENTS_TRANSMIT_SIZE(1, IOT_EVENTS_EVENT_SIZE(1, 18, 1) - sizeof ",\"date\":\"2026-05-05T17:19:35.000Z\"" + 1) - 1;
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
  CHECK(iot_events_restore(&f.client, image, length) == IOT_EVENTS_TOO_LARGE && iot_events_pending(&f.client) == 0);
  config.transmit_size++;
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
  CHECK(iot_events_restore(&f.client, image, length) == IOT_EVENTS_OK);

  /* Half a reply leaves no trace in an image. */
  {
    iot_events_request request;
    iot_events_reply *reply;
    f.client.config.transmit_size = sizeof f.transmit;
    CHECK(iot_events_begin(&f.client, &request, &reply) == IOT_EVENTS_OK);
    GIVE(reply, "{\"results\":[" RESULT("created") ",{\"status\":\"rejected\",\"problem\":{\"type\":\"/problems/clock-skew\"}}");
    CHECK(iot_events_save(&f.client, other, sizeof other) == length && memcmp(image, other, length) == 0);
  }
}

/* An image of the first format, which had JSON, is refused by name if it is whole; half of it is damaged. */
static void refuses_images_of_another_format(void) {
  static const char first[] = "IOE1\001\0\0\0j\0\0\0\275| \357f\0\0{\"deviceID\":\"" DEVICE
                              "\",\"eventType\":\"t\",\"id\":\"0000000000c0ffee/0\",\"value\":1}";
  size_t i;
  start();
  CHECK(iot_events_restore(&f.client, first, sizeof first - 1) == IOT_EVENTS_OTHER_FORMAT);
  for (i = 0; i < sizeof first - 1; i++) CHECK(iot_events_restore(&f.client, first, i) == IOT_EVENTS_BAD_IMAGE);
  CHECK(iot_events_pending(&f.client) == 0);
}

/* A record that says more than it has, or is longer than an event may be, is refused although the checksum is right. */
static void checks_the_records_of_images(void) {
  static const struct { size_t length; const char *bytes; bool is_right; } records[] = {
    {6, "\2\0\0t\0001", true}, {3, "\2\0\0", false}, {5, "\2\0\0t\0", false}, {7, "\3\0\0t\0001", true}, {7, "\4\0\0t\0001", false},
    {5, "\1\0\0t\0", false}, {6, "\2\0\0t11", false}, {4, "\0\0\0t", false},
    /* a device */
    {42, "\46\0\20" DEVICE "t\0001", true}, {41, "\45\0\20" DEVICE "t\0", false}, {6, "\2\0\20t\0001", false},
    {42, "\46\0\20" "8f188304-e7b3-4a16-a243-b947046847\0xt\0001", false},
    /* a date */
    {13, "\11\0\40t\0\377\73\44\101\2\37\0011", true}, {13, "\11\0\40t\0\0\74\44\101\2\37\0011", false},
    {13, "\11\0\40t\0\0\0\0\0\0\0\0001", true}, {12, "\10\0\40t\0\0\0\0\0\0\0\0", false},
    {13, "\11\0\40t\0\0\0\0\0\0\0\3771", false}, {6, "\2\0\40t\0001", false},
    /* an id, a generated id, half a generated id */
    {8, "\4\0\100t\0i\0001", true}, {7, "\3\0\100t\0i\0", false}, {7, "\3\0\100t\0i1", false},
    {16, "\14\0\300t\000123456789\0001", true}, {15, "\13\0\300t\000123456789\0", false},
    {14, "\12\0\200t\000123456789", false},
  };
  static uint8_t image[IOT_EVENTS_IMAGE_SIZE(IOT_EVENTS_MAX_EVENT + IOT_EVENTS_RECORD_OVERHEAD)];
  const size_t start_of = IOT_EVENTS_IMAGE_SIZE(0);
  size_t i, longest;
  memcpy(image + 16, OTHER_DEVICE, 36);
  for (i = 0; i < sizeof records / sizeof *records; i++) {
    start();
    image[4] = 1;
    memcpy(image + start_of, records[i].bytes, records[i].length);
    seal_image(image, start_of + records[i].length);
    if ((iot_events_restore(&f.client, image, start_of + records[i].length) == IOT_EVENTS_OK) != records[i].is_right) {
      fprintf(stderr, "record %lu\n", (unsigned long)i);
      CHECK(!"the record is checked");
    }
    CHECK(iot_events_pending(&f.client) == records[i].is_right);
  }
  start();
  image[4] = 0;
  seal_image(image, start_of);
  CHECK(iot_events_restore(&f.client, image, start_of) == IOT_EVENTS_OK);
  image[16 + 35] = '\0'; /* the last character of the device */
  seal_image(image, start_of);
  CHECK(iot_events_restore(&f.client, image, start_of) == IOT_EVENTS_BAD_IMAGE);
  image[16 + 35] = '0';
  image[4] = 1;
  memset(image + start_of, '1', IOT_EVENTS_MAX_EVENT + IOT_EVENTS_RECORD_OVERHEAD);
  memcpy(image + start_of + 2, "\0t\0", 3);
  longest = IOT_EVENTS_MAX_EVENT - (sizeof "{\"deviceID\":\"" DEVICE "\",\"eventType\":\"\",\"value\":}" - 2);
  for (i = longest; i <= IOT_EVENTS_MAX_EVENT; i++) {
    start();
    image[start_of] = (uint8_t)((i - 1) & 0xFF);
    image[start_of + 1] = (uint8_t)((i - 1) >> 8);
    seal_image(image, start_of + IOT_EVENTS_RECORD_OVERHEAD + i);
    CHECK(iot_events_restore(&f.client, image, sizeof image) == (i == longest ? IOT_EVENTS_OK : IOT_EVENTS_BAD_IMAGE));
  }
}

/* A queue holds as many readings as its macro says, however long their counters are. */
static void takes_small_records(void) {
  static const char type[] = "0123456789abcdef", digits[] = "-12345678901.234";
  static const size_t counts[] = {1, 50, 200};
  iot_events_event event = iot_events_event_of(type, iot_events_number(digits));
  size_t i, added;
  CHECK(IOT_EVENTS_READINGS_SIZE(200, 16, 16) == 11000 && IOT_EVENTS_READINGS_SIZE(50, 16, 16) == 2750);
  for (i = 0; i < sizeof counts / sizeof *counts; i++) {
    iot_events_config config = fixture_config(&f);
    config.queue_size = IOT_EVENTS_READINGS_SIZE(counts[i], sizeof type - 1, sizeof digits - 1);
    f.queue[config.queue_size] = 'X';
    CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
    f.client.next_id = UINT32_MAX - 200;
    for (added = 0; iot_events_add(&f.client, &event) == IOT_EVENTS_OK; added++) continue;
    CHECK(added == counts[i] && f.client.used == config.queue_size && f.queue[config.queue_size] == 'X');
    CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
    event.date_ms = INT64_C(253402300799999);
    for (added = 0; iot_events_add(&f.client, &event) == IOT_EVENTS_OK; added++) continue;
    CHECK(added >= counts[i]);
    event.date_ms = IOT_EVENTS_NO_DATE;
  }
  /* 1,000 bytes hold 31 readings of a thermometer without a clock, or 35 of one with a clock; as JSON, they held 8. */
  start();
  f.client.config.queue_size = 1000;
  for (added = 0; add("temp_celsius", iot_events_decimal(2150, 2)) == IOT_EVENTS_OK; added++) continue;
  CHECK(added == 31);
  start();
  f.client.config.queue_size = 1000;
  event = iot_events_event_of("temp_celsius", iot_events_decimal(2150, 2));
  event.date_ms = 0;
  for (added = 0; iot_events_add(&f.client, &event) == IOT_EVENTS_OK; added++) continue;
  CHECK(added == 35);
}

#define MODEL_EVENTS 100
#define MODEL_JSON 400

/* What the client below should have in its queue: the JSON of each event. */
static struct {
  struct { char json[MODEL_JSON]; bool is_mended, is_settled; } events[MODEL_EVENTS];
  size_t count;
  uint32_t next_id;
} model;

static unsigned pick(unsigned below) {
  static unsigned seed = 7;
  seed = seed * 1103515245u + 12345u;
  return (seed >> 16) % below;
}

static void forget(size_t at) {
  memmove(&model.events[at], &model.events[at + 1], (model.count - at - 1) * sizeof *model.events);
  model.count--;
}

/* Adds an event of any kind, and its JSON to the model; the events that it pushed out are those behind `sending`. */
static void add_any(size_t sending) {
  static const char nested[] = "{\"a\": [1.50, {\"b\":\"\\u0000\"}, \"\xC3\xA9\"], \"c\":-0e-5}", words[] = "say \"no\"\n\xFF\\";
  static const struct { int64_t ms; const char *text; } dates[] = {
    {INT64_C(-62167219200000), "0000-01-01T00:00:00.000Z"}, {0, "1970-01-01T00:00:00.000Z"}, {-1, "1969-12-31T23:59:59.999Z"},
    {INT64_C(1778001575250), "2026-05-05T17:19:35.250Z"}, {INT64_C(253402300799999), "9999-12-31T23:59:59.999Z"},
  };
  static const char xs[] = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
  const struct { iot_events_value value; const char *json; } values[] = {
    {iot_events_null(), "null"}, {iot_events_bool(true), "true"}, {iot_events_decimal(-2150, 3), "-2.150"},
    {iot_events_number("6.02e+23"), "6.02e+23"}, {iot_events_integer(-9007199254740992), "-9007199254740992"},
    {iot_events_string(words), "\"say \\\"no\\\"\\n\\ufffd\\\\\""}, {iot_events_json(nested, sizeof nested - 1), nested},
    {iot_events_string(""), "\"\""}, {iot_events_number(xs), ""},
  };
  const unsigned value = pick(sizeof values / sizeof *values), date = pick(10), id = pick(4), device = pick(3);
  const char *own = f.client.config.device_id, *type = xs + pick(sizeof xs - 1);
  char *json = model.events[model.count].json, text[MODEL_JSON];
  uint32_t dropped = iot_events_counts(&f.client).dropped;
  iot_events_event event = iot_events_event_of(type, values[value].value);
  iot_events_result result;
  if (values[value].value.text == xs) {
    const size_t length = pick(sizeof xs);
    event.value = iot_events_text(xs, length);
    sprintf(text, "\"%.*s\"", (int)length, xs);
  } else {
    strcpy(text, values[value].json);
  }
  if (device == 0 || !own) event.device_id = own = OTHER_DEVICE;
  json += sprintf(json, "{\"deviceID\":\"%s\",\"eventType\":\"%s\"", own, type);
  if (date < sizeof dates / sizeof *dates) {
    event.date_ms = dates[date].ms;
    json += sprintf(json, ",\"date\":\"%s\"", dates[date].text);
  }
  if (id == 0) {
    event.id = xs + sizeof xs - 1 - 64;
    json += sprintf(json, ",\"id\":\"%s\"", event.id);
  } else if (event.date_ms == IOT_EVENTS_NO_DATE) {
    json += sprintf(json, ",\"id\":\"%016llx/%lu\"", (unsigned long long)f.client.config.boot_id, (unsigned long)model.next_id);
  }
  sprintf(json, ",\"value\":%s}", text);
  result = iot_events_add(&f.client, &event);
  model.events[model.count].is_mended = model.events[model.count].is_settled = false;
  if (result == IOT_EVENTS_OK) {
    model.count++;
    model.next_id += !event.id && event.date_ms == IOT_EVENTS_NO_DATE;
    CHECK(model.count < MODEL_EVENTS);
  }
  CHECK(result == IOT_EVENTS_OK || (result == IOT_EVENTS_FULL && sending > 0));
  for (; dropped < iot_events_counts(&f.client).dropped; dropped++) forget(sending);
  CHECK(iot_events_pending(&f.client) == model.count);
}

/* Saves the queue and starts again with another boot id and perhaps another device, which the events keep. */
static void reset(iot_events_config *config) {
  static uint8_t image[IOT_EVENTS_IMAGE_SIZE(sizeof f.queue)];
  static const char *const devices[] = {DEVICE, DEVICE, OTHER_DEVICE, NULL};
  const char *before = config->device_id;
  const size_t length = iot_events_save(&f.client, image, sizeof image);
  iot_events_result result;
  CHECK(length > 0 && length <= IOT_EVENTS_IMAGE_SIZE(config->queue_size));
  memset(f.queue, 0xA5, config->queue_size);
  config->boot_id += 0x123456789ABCDEFu;
  config->device_id = devices[pick(4)];
  model.next_id = pick(2) ? 0 : 4294967200u;
  CHECK(iot_events_init(&f.client, config) == IOT_EVENTS_OK);
  f.client.head = pick((unsigned)config->queue_size);
  result = iot_events_restore(&f.client, image, length);
  if (result == IOT_EVENTS_FULL) { /* another device needs more room */
    CHECK(iot_events_pending(&f.client) == 0 && config->device_id != before);
    config->device_id = before;
    CHECK(iot_events_init(&f.client, config) == IOT_EVENTS_OK);
    result = iot_events_restore(&f.client, image, length);
  }
  CHECK(result == IOT_EVENTS_OK && iot_events_pending(&f.client) == model.count);
  f.client.next_id = model.next_id;
}

/* Whether the request has the JSON of the first events of the model. */
static bool is_model(const iot_events_request *request) {
  const char *at = request->body + strlen("{\"events\":[");
  size_t i;
  for (i = 0; i < f.client.batch; i++) {
    const size_t length = strlen(model.events[i].json);
    if (i > 0 && *at++ != ',') return false;
    if (memcmp(at, model.events[i].json, length) != 0) return false;
    at += length;
  }
  return memcmp(at, "]}", 2) == 0 && at + 2 == request->body + request->body_length;
}

#define MENDED_DATE "2026-05-05T17:19:35.250Z"

/* Another task adds meanwhile, and pushes out what is behind the batch. */
static int64_t mend_any(void *user, int64_t date_ms, int64_t server_ms) {
  (void)user;
  (void)date_ms;
  if (pick(2)) add_any(f.client.batch);
  return server_ms;
}

/* Notes in the model what a reply says of an event, if it is whole; returns whether it is rejected. */
static bool note(size_t at, unsigned word) {
  char *date = strstr(model.events[at].json, ",\"date\":\"");
  if (word == 4 && date && !model.events[at].is_mended) {
    memcpy(date + strlen(",\"date\":\""), MENDED_DATE, strlen(MENDED_DATE));
    model.events[at].is_mended = true;
    return false;
  }
  model.events[at].is_settled = word != 3;
  return word == 2 || word == 4;
}

/*
 * What was added comes out the same, byte for byte: round the ring, with other events dropped or acknowledged before it,
 * added while it is sent, mended, and after resets.
 */
static void keeps_what_was_added(void) {
  static const char *const items[] = {RESULT("created"), RESULT("duplicate"), RESULT("rejected"), RESULT("failed"),
    "{\"status\":\"rejected\",\"problem\":{\"type\":\"/problems/clock-skew\",\"serverTime\":\"" MENDED_DATE "\"}}"};
  iot_events_config config = fixture_config(&f);
  unsigned step, resets = 0, settled = 0, mended = 0;
  config.queue_size = 2000;
  config.drop_oldest = true;
  config.mend_date = mend_any;
  memset(&model, 0, sizeof model);
  f.queue[config.queue_size] = 'X';
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
  for (step = 0; step < 4000; step++) {
    iot_events_request request;
    iot_events_reply *reply;
    const bool is_cut = pick(4) == 0;
    const unsigned told = f.told_rejected;
    size_t batch, kept = 0, rejected = 0, i;
    char last[MODEL_JSON] = "";
    for (i = pick(12); i > 0; i--) add_any(0);
    if (pick(5) == 0) resets++, reset(&config);
    f.client.batch_limit = 1 + pick(20);
    iot_events_retry_now(&f.client);
    if (iot_events_begin(&f.client, &request, &reply) == IOT_EVENTS_EMPTY) continue;
    batch = f.client.batch;
    CHECK(is_model(&request) && batch > 0 && batch <= model.count);
    if (pick(10) == 0) { /* a reset while it is sent: all of the batch stays */
      GIVE(reply, "{\"results\":[" RESULT("created") ",");
      resets++, reset(&config);
      continue;
    }
    GIVE(reply, "{\"results\":[");
    for (i = 0; i < batch; i++) {
      const unsigned word = pick(5);
      if (i > 0) GIVE(reply, ",");
      iot_events_reply_body(reply, items[word], strlen(items[word]));
      if (pick(3) == 0) add_any(batch);
      if (is_cut || !note(i, word)) continue;
      rejected++;
      strcpy(last, model.events[i].json);
    }
    if (!is_cut) GIVE(reply, "]}");
    CHECK(iot_events_done(&f.client, 207) != IOT_EVENTS_EMPTY);
    CHECK(f.told_rejected - told == rejected && (rejected == 0 || strcmp(f.told_event, last) == 0));
    for (i = 0; i < model.count; i++) {
      if (model.events[i].is_settled) settled++;
      else memmove(&model.events[kept++], &model.events[i], sizeof *model.events);
      mended += model.events[i].is_mended;
    }
    model.count = kept;
    CHECK(iot_events_pending(&f.client) == model.count && f.queue[config.queue_size] == 'X');
  }
  CHECK(resets > 500 && settled > 5000 && mended > 1000);
}

static void changes_its_key(void) {
  iot_events_request request;
  iot_events_reply *reply;
  start();
  CHECK(add("t", iot_events_null()) == IOT_EVENTS_OK);
  CHECK(iot_events_set_key(&f.client, "a\r\nb: c") == IOT_EVENTS_BAD_CONFIG);
  CHECK(iot_events_set_key(&f.client, NULL) == IOT_EVENTS_BAD_CONFIG);
  CHECK(iot_events_set_key(&f.client, "another") == IOT_EVENTS_OK && iot_events_pending(&f.client) == 1);
  CHECK(iot_events_begin(&f.client, &request, &reply) == IOT_EVENTS_OK);
  CHECK(strcmp(request.headers[1].name, "x-api-key") == 0 && strcmp(request.headers[1].value, "another") == 0);
}

/* A 400 for a whole batch rejects only the invalid event; a 413 makes batches smaller. */
static void isolates_a_culprit(void) {
  int i;
  start();
  for (i = 0; i < 5; i++) CHECK(add(i == 3 ? "bad" : "good", iot_events_integer(i)) == IOT_EVENTS_OK);
  for (i = 0; iot_events_pending(&f.client) > 0 && i < 50; i++) {
    static const char *const replies[] = {REPLY(RESULT("created")), REPLY(RESULT("created") "," RESULT("created"))};
    size_t batch;
    iot_events_result result;
    f.status = 0;
    iot_events_retry_now(&f.client);
    CHECK(iot_events_flush(&f.client) == IOT_EVENTS_NO_ANSWER);
    batch = f.client.batch;
    f.status = strstr(f.sent, "bad") ? 400 : batch > 2 ? 413 : 207;
    f.body = f.status == 207 ? replies[batch - 1] : "{\"type\":\"/problems/invalid-request\"}";
    iot_events_retry_now(&f.client);
    result = iot_events_flush(&f.client);
    CHECK(result == IOT_EVENTS_OK);
    if (f.status == 207) CHECK(f.client.batch_limit == 2 * batch || batch == 1);
  }
  CHECK(iot_events_counts(&f.client).created == 4 && iot_events_counts(&f.client).rejected == 1);
  CHECK(strstr(f.told_event, "\"bad\"") && f.told_problem == IOT_EVENTS_PROBLEM_INVALID_REQUEST);
}

/* Sends a batch of which the hook makes so many bytes; returns whether it was sent compressed. */
static bool is_compressed(size_t to, int status, const char *body) {
  f.compressed_to = to;
  f.status = status;
  f.body = body;
  iot_events_retry_now(&f.client);
  iot_events_flush(&f.client);
  CHECK(!f.was_compressed || f.sent[0] == '}');
  CHECK(f.was_compressed || f.sent[0] == '{');
  return f.was_compressed;
}

/* A hook compresses bodies. If it fails or gains nothing, or if the request is refused, bodies are sent as they are. */
static void compresses(void) {
  static const char refused[] = "<h1>squid</h1>", invalid[] = "{\"type\":\"/problems/invalid-request\"}";
  iot_events_config config = fixture_config(&f);
  size_t length;
  config.compress = fixture_compress;
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_BAD_CONFIG);
  config.compressed = f.compressed;
  config.compressed_size = sizeof f.compressed;
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_OK);
  CHECK(add("t", iot_events_string("text")) == IOT_EVENTS_OK);
  CHECK(!is_compressed(0, 0, NULL));
  length = strlen(f.sent);
  CHECK(f.told_room == length - 1);
  CHECK(!is_compressed(length, 0, NULL) && !is_compressed(SIZE_MAX, 0, NULL));
  CHECK(is_compressed(length - 1, 0, NULL) && strlen(f.sent) == length - 1);

  /* After a refusal, one request is not compressed. */
  CHECK(is_compressed(9, 415, refused) && !is_compressed(9, 503, refused) && is_compressed(9, 400, refused));
  CHECK(!is_compressed(9, 403, refused) && is_compressed(9, 503, NULL) && is_compressed(9, 429, NULL));
  CHECK(iot_events_pending(&f.client) == 1);

  /* Nor does a compressed request cost an event: the reason may be how it was compressed. */
  CHECK(is_compressed(9, 400, invalid) && iot_events_pending(&f.client) == 1 && f.told_rejected == 0);
  CHECK(!is_compressed(9, 400, invalid) && iot_events_pending(&f.client) == 0 && f.told_rejected == 1);
  CHECK(strstr(f.told_event, "\"text\"") != NULL);

  /* What a compressed request says is rejected, the application gets as JSON. */
  CHECK(add("t", iot_events_string("other")) == IOT_EVENTS_OK);
  CHECK(is_compressed(9, 207, REPLY(RESULT("rejected"))) && f.told_rejected == 2 && strstr(f.told_event, "\"other\""));

  /* A small buffer serves small batches. */
  f.client.config.compressed_size = 5;
  CHECK(add("t", iot_events_null()) == IOT_EVENTS_OK);
  CHECK(is_compressed(5, 0, NULL) && f.told_room == 5 && !is_compressed(6, 0, NULL));
}

static void holds_its_config(void) {
  iot_events_config config = fixture_config(&f);
  config.api_key = "a\r\nb: c";
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_BAD_CONFIG);
  config = fixture_config(&f);
  config.device_id = "mine";
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_BAD_CONFIG);
  config = fixture_config(&f);
  config.random = NULL;
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_BAD_CONFIG);
  config = fixture_config(&f);
  config.boot_id = 0;
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_BAD_CONFIG);
  config = fixture_config(&f);
  config.unlock = NULL;
  CHECK(iot_events_init(&f.client, &config) == IOT_EVENTS_BAD_CONFIG);
  CHECK(strcmp(iot_events_result_text(IOT_EVENTS_FULL), "the queue is full") == 0);
  CHECK(strcmp(iot_events_result_text(IOT_EVENTS_BAD_IMAGE), "the image is damaged") == 0);
  CHECK(strcmp(iot_events_result_text(IOT_EVENTS_OTHER_FORMAT), "the image is of another version of the client") == 0);
  CHECK(strcmp(iot_events_result_text((iot_events_result)(IOT_EVENTS_OTHER_FORMAT + 1)), "unknown") == 0);
  CHECK(strcmp(iot_events_problem_type(IOT_EVENTS_PROBLEM_DEVICE_NOT_ALLOWED), "/problems/device-not-allowed") == 0);
  CHECK(strcmp(iot_events_problem_type((iot_events_problem)99), "about:blank") == 0);
}

int main(void) {
  static const struct { const char *name; void (*run)(void); } facts[] = {
    {"writes values", writes_values},
    {"refuses values", refuses_values},
    {"escapes text", escapes_text},
    {"writes dates", writes_dates},
    {"reads dates", reads_dates},
    {"names events", names_events},
    {"bounds an event", bounds_an_event},
    {"fills the transmit buffer", fills_the_transmit_buffer},
    {"drops or refuses", drops_or_refuses},
    {"reads replies", reads_replies},
    {"survives too many items", survives_too_many_items},
    {"keeps order round the ring", keeps_order_round_the_ring},
    {"waits", waits},
    {"waits at the start", waits_at_the_start},
    {"goes on without a culprit", goes_on_without_a_culprit},
    {"waits for the network", waits_for_the_network},
    {"tells the time", tells_the_time},
    {"mends dates", mends_dates},
    {"adds while it sends", adds_while_it_sends},
    {"sends without blocking", sends_without_blocking},
    {"survives a reset", survives_a_reset},
    {"refuses images of another format", refuses_images_of_another_format},
    {"checks the records of images", checks_the_records_of_images},
    {"takes small records", takes_small_records},
    {"keeps what was added", keeps_what_was_added},
    {"changes its key", changes_its_key},
    {"isolates a culprit", isolates_a_culprit},
    {"compresses", compresses},
    {"holds its config", holds_its_config},
  };
  size_t i;
  for (i = 0; i < sizeof facts / sizeof *facts; i++) {
    facts[i].run();
    puts(facts[i].name);
  }
  return 0;
}
