/* SPDX-License-Identifier: MIT */
/*
 * Implementation of iot_events.h. Calls nothing of the C library, except what compilers insert (memcpy, strlen).
 *
 * The queue is a ring of records (see iot_events.h). A flush writes the first events as JSON into the transmit
 * buffer (write_batch), scans the reply while it arrives and notes each event's outcome in its record (on_item),
 * and only removes events (settle, compact) once the reply has proved complete. An incomplete or unexpected reply
 * changes nothing. Meanwhile other tasks may add events: the lock guards the ring, and reply.cursor moves along if the
 * batch moves in it.
 */
#include "iot_events.h"

#define MAX_EXACT 9007199254740992 /* 2^53 */
#define DAY_S 86400ul
#define DAY_MS 86400000
#define START_WAIT_MS 30000u
#define FIRST_WAIT_MS 45000u
#define LONGEST_TIME_MS (49 * (uint64_t)DAY_MS)
#define FIRST_MS INT64_C(-62167219200000) /* year 0000 */
#define LAST_MS INT64_C(253402300799999)  /* year 9999 */
#define MAX_DEPTH 32u
#define BATCH_START "{\"events\":["
#define BATCH_END "]}"
#define BATCH_OVERHEAD (sizeof BATCH_START + sizeof BATCH_END - 2u)
#define DATE_BYTES (sizeof ",\"date\":\"2026-05-05T17:19:35.000Z\"" - 1u)
#define ID_BYTES (sizeof ",\"id\":\"\"" - 1u)
#define UUID_BYTES 36u
#define STORED_DATE_BYTES 7u
#define BOOT_ID_BYTES 8u

/* The outcome of an event, kept in its record while the reply arrives. */
enum { STAYS, CREATED, DUPLICATE, REJECTED };
/* The marks of a record: the problem of its outcome, whether its date has been mended once, and what it has. */
#define PROBLEM 0x07u
#define MENDED 0x08u
#define HAS_DEVICE 0x10u
#define HAS_DATE 0x20u
#define HAS_ID 0x40u
#define HAS_BOOT_ID 0x80u /* the id is a generated one */

enum { IDLE, SENDING, SETTLING };

static void lock(const iot_events_client *client) {
  if (client->config.lock) client->config.lock(client->config.user);
}

static void unlock(const iot_events_client *client) {
  if (client->config.unlock) client->config.unlock(client->config.user);
}

static void increment(const iot_events_client *client, uint32_t *counter) {
  lock(client);
  ++*counter;
  unlock(client);
}

/* Milliseconds since init: counts how often `millis` has wrapped round. */
static uint64_t uptime(iot_events_client *client) {
  uint64_t now_ms;
  uint32_t millis;
  lock(client);
  millis = client->config.millis(client->config.platform);
  client->uptime_ms += (uint32_t)(millis - client->last_millis);
  client->last_millis = millis;
  now_ms = client->uptime_ms;
  unlock(client);
  return now_ms;
}

/* ---------------------------------------------------------------- text */

static size_t length_of(const char *text) {
  size_t length = 0;
  while (text[length] != '\0') length++;
  return length;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static char lower(char c) { return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c); }

static int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Whether `text` equals the lower-case `name`, ignoring case. */
static bool says(const char *text, size_t length, const char *name) {
  size_t i;
  if (length != length_of(name)) return false;
  for (i = 0; i < length; i++) {
    if (lower(text[i]) != name[i]) return false;
  }
  return true;
}

/* Decodes the character at `text`. Returns its length in bytes; 0 if it is not UTF-8 (RFC 3629). */
static size_t decode(const char *text, size_t length, uint32_t *code) {
  const uint8_t first = (uint8_t)text[0];
  const size_t size = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  size_t i;
  if (size == 0 || first > 0xF4 || size > length) return 0;
  *code = size == 1 ? first : first & (0x7Fu >> size);
  for (i = 1; i < size; i++) {
    const uint8_t next = (uint8_t)text[i];
    if ((next & 0xC0) != 0x80) return 0;
    *code = *code << 6 | (next & 0x3Fu);
  }
  if (size == 3 && (*code < 0x800 || (*code >= 0xD800 && *code <= 0xDFFF))) return 0;
  if (size == 4 && (*code < 0x10000 || *code > 0x10FFFF)) return 0;
  return size;
}

/* Whether `text` has 1 to `most` letters, digits and -:./_ and begins with a letter or digit. */
static bool is_name(const char *text, size_t most) {
  size_t length = 0;
  if (!text) return false;
  for (; text[length] != '\0'; length++) {
    const char c = text[length], letter = lower(c);
    const bool is_inner = c == '-' || c == '.' || c == '/' || c == ':' || c == '_';
    if (!is_digit(c) && !(letter >= 'a' && letter <= 'z') && !(length > 0 && is_inner)) return false;
    if (length == most) return false;
  }
  return length > 0;
}

static bool is_uuid(const char *text) {
  size_t i;
  if (!text) return false;
  for (i = 0; i < 36; i++) {
    const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_dash ? text[i] != '-' : hex_value(text[i]) < 0) return false;
  }
  return text[36] == '\0';
}

static bool is_header_value(const char *text) {
  if (!text || *text == '\0') return false;
  for (; *text != '\0'; text++) {
    if (*text < 0x21 || *text > 0x7E) return false;
  }
  return true;
}

/* ---------------------------------------------------------------- instants */

/* Days since 1970-01-01 in the proleptic Gregorian calendar. Years start in March here, so leap days come last. */
static int64_t to_days(int32_t year, int32_t month, int32_t day) {
  const int32_t y = month <= 2 ? year - 1 : year;
  const int32_t era = (y >= 0 ? y : y - 399) / 400;
  const int32_t of_era = y - era * 400;
  const int32_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return (int64_t)era * 146097 + of_era * INT32_C(365) + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void put_digits(char *at, int32_t value, int digits) {
  while (digits-- > 0) {
    at[digits] = (char)('0' + value % 10);
    value /= 10;
  }
}

static bool is_date(int64_t date_ms) { return date_ms >= FIRST_MS && date_ms <= LAST_MS; }

bool iot_events_format_date(int64_t date_ms, char text[25]) {
  static const char form[] = "0000-00-00T00:00:00.000Z";
  int32_t ms, days, era, day_of_era, year_of_era, day_of_year, shifted, month;
  size_t i;
  if (!is_date(date_ms)) return false;
  /* Count from 0000-03-01, plus an era of 400 years, so that nothing is negative. */
  date_ms += INT64_C(719468) * DAY_MS + INT64_C(146097) * DAY_MS;
  days = (int32_t)(date_ms / DAY_MS);
  ms = (int32_t)(date_ms % DAY_MS);
  era = days / 146097;
  day_of_era = days % 146097;
  year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  shifted = (5 * day_of_year + 2) / 153;
  month = shifted < 10 ? shifted + 3 : shifted - 9;
  for (i = 0; i < sizeof form; i++) text[i] = form[i];
  put_digits(text, (era - 1) * 400 + year_of_era + (month <= 2 ? 1 : 0), 4);
  put_digits(text + 5, month, 2);
  put_digits(text + 8, day_of_year - (153 * shifted + 2) / 5 + 1, 2);
  put_digits(text + 11, ms / 3600000, 2);
  put_digits(text + 14, ms / 60000 % 60, 2);
  put_digits(text + 17, ms / 1000 % 60, 2);
  put_digits(text + 20, ms % 1000, 3);
  return true;
}

/* Reads a number of that many digits; -1 if one is no digit. */
static int32_t read_digits(const char *text, size_t digits) {
  int32_t value = 0;
  for (; digits > 0; digits--, text++) {
    if (!is_digit(*text)) return -1;
    value = value * 10 + (*text - '0');
  }
  return value;
}

static int64_t to_instant(int32_t year, int32_t month, int32_t day, const char *time) {
  const int32_t hour = read_digits(time, 2);
  const int32_t minute = read_digits(time + 3, 2);
  const int32_t second = read_digits(time + 6, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31) return IOT_EVENTS_NO_DATE;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
    return IOT_EVENTS_NO_DATE;
  }
  return (to_days(year, month, day) * (int64_t)DAY_S + hour * INT32_C(3600) + minute * 60 + second) * 1000;
}

/* `Tue, 05 May 2026 17:19:35 GMT` (RFC 9110, section 5.6.7) */
static int64_t parse_http_date(const char *text, size_t length) {
  static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
  int32_t month = 12;
  if (length != 29 || !says(text + 26, 3, "gmt")) return IOT_EVENTS_NO_DATE;
  while (month > 0) {
    const char *name = months + 3 * (month - 1);
    if (lower(text[8]) == name[0] && lower(text[9]) == name[1] && lower(text[10]) == name[2]) break;
    month--;
  }
  return to_instant(read_digits(text + 12, 4), month, read_digits(text + 5, 2), text + 17);
}

/* `2026-05-05T17:19:35.250Z`, the only format that the API writes */
static int64_t parse_date(const char *text, size_t length) {
  int64_t instant;
  int32_t ms;
  if (length != 24 || text[10] != 'T' || text[23] != 'Z') return IOT_EVENTS_NO_DATE;
  ms = read_digits(text + 20, 3);
  instant = to_instant(read_digits(text, 4), read_digits(text + 5, 2), read_digits(text + 8, 2), text + 11);
  return ms < 0 || instant == IOT_EVENTS_NO_DATE ? IOT_EVENTS_NO_DATE : instant + ms;
}

/* ---------------------------------------------------------------- the ring */

static size_t wrap(const iot_events_client *client, size_t at) {
  return at >= client->config.queue_size ? at - client->config.queue_size : at;
}

static uint8_t *byte_at(iot_events_client *client, size_t at) { return client->queue + wrap(client, at); }

/* The bytes of a record behind its head of 14 bits for their count minus one, 2 bits of outcome and a byte of marks. */
static size_t length_at(iot_events_client *client, size_t at) {
  return (size_t)(*byte_at(client, at) | (*byte_at(client, at + 1) & 0x3Fu) << 8) + 1;
}

static size_t after(iot_events_client *client, size_t at) {
  return wrap(client, at + IOT_EVENTS_RECORD_OVERHEAD + length_at(client, at));
}

static unsigned outcome_at(iot_events_client *client, size_t at) { return *byte_at(client, at + 1) >> 6; }

static uint8_t marks_at(iot_events_client *client, size_t at) { return *byte_at(client, at + 2); }

/* What the JSON of an event is longer than its record without the head. */
static size_t growth(unsigned marks) {
  size_t bytes = IOT_EVENTS_EVENT_SIZE(0u, 0u, 0u) - DATE_BYTES - ID_BYTES - 1; /* the NUL behind the type */
  if (marks & HAS_DEVICE) bytes -= UUID_BYTES;
  if (marks & HAS_DATE) bytes += DATE_BYTES - STORED_DATE_BYTES;
  if (marks & HAS_ID) bytes += ID_BYTES - 1;
  if (marks & HAS_BOOT_ID) bytes += sizeof "/" - 1 + BOOT_ID_BYTES; /* two digits a byte */
  return bytes;
}

static size_t json_length_at(iot_events_client *client, size_t at) {
  return length_at(client, at) + growth(marks_at(client, at));
}

/* Reads a byte of the ring, and moves behind it. */
static uint8_t take(iot_events_client *client, size_t *at) {
  const uint8_t byte = client->queue[*at];
  *at = wrap(client, *at + 1);
  return byte;
}

static void set_outcome(iot_events_client *client, size_t at, unsigned outcome, uint8_t problem) {
  uint8_t *high = byte_at(client, at + 1);
  *high = (uint8_t)((*high & 0x3Fu) | outcome << 6);
  *byte_at(client, at + 2) = (uint8_t)((marks_at(client, at) & ~PROBLEM) | problem);
}

static void drop_head(iot_events_client *client) {
  const size_t size = IOT_EVENTS_RECORD_OVERHEAD + length_at(client, client->head);
  client->head = wrap(client, client->head + size);
  client->used -= size;
  client->count--;
}

/*
 * Drops the oldest event that is not being sent. Of a batch that is, the records move up into its room. Returns false
 * if there is none.
 */
static bool drop_oldest(iot_events_client *client) {
  const size_t batch = client->phase == IDLE ? 0 : client->batch;
  size_t from, to, left, size;
  if (client->count == batch) return false;
  client->counters.dropped++;
  if (batch == 0) {
    drop_head(client);
    return true;
  }
  from = wrap(client, client->head + client->batch_bytes);
  size = IOT_EVENTS_RECORD_OVERHEAD + length_at(client, from);
  to = wrap(client, from + size);
  for (left = client->batch_bytes; left > 0; left--) {
    from = (from > 0 ? from : client->config.queue_size) - 1;
    to = (to > 0 ? to : client->config.queue_size) - 1;
    client->queue[to] = client->queue[from];
  }
  client->head = to;
  client->reply.cursor = wrap(client, client->reply.cursor + size);
  client->used -= size;
  client->count--;
  return true;
}

/* Removes the settled events of the batch from the queue; the others keep their order. */
static void compact(iot_events_client *client) {
  size_t from, to, i, total = client->count;
  while (client->batch > 0 && outcome_at(client, client->head) != STAYS) {
    drop_head(client);
    client->batch--;
    total--;
  }
  if (client->batch == 0) return;
  from = to = client->head;
  for (i = 0; i < total; i++) {
    const bool stays = i >= client->batch || outcome_at(client, from) == STAYS;
    size_t left = IOT_EVENTS_RECORD_OVERHEAD + length_at(client, from);
    if (!stays) {
      from = wrap(client, from + left);
      client->used -= left;
      client->count--;
      continue;
    }
    for (; left > 0; left--) {
      client->queue[to] = client->queue[from];
      to = wrap(client, to + 1);
      from = wrap(client, from + 1);
    }
  }
}

/* ---------------------------------------------------------------- writing JSON */

/* Counts bytes; also writes them into a ring of `size` bytes, or the transmit buffer, if it has one. */
typedef struct {
  uint8_t *bytes;
  size_t size, at, length;
} writer;

static void put(writer *out, char c) {
  if (out->bytes) {
    out->bytes[out->at++] = (uint8_t)c;
    if (out->at == out->size) out->at = 0;
  }
  if (out->length <= IOT_EVENTS_MAX_EVENT) out->length++;
}

static void put_bytes(writer *out, const char *text, size_t length) {
  while (length-- > 0) put(out, *text++);
}

static void put_text(writer *out, const char *text) { put_bytes(out, text, length_of(text)); }

static void put_hex(writer *out, uint32_t value, int digits) {
  while (digits-- > 0) put(out, "0123456789abcdef"[value >> (4 * digits) & 15u]);
}

static void put_ascii(writer *out, char c) {
  static const char controls[] = "\b\f\n\r\t\"\\";
  static const char letters[] = "bfnrt\"\\";
  size_t i;
  for (i = 0; i < sizeof letters - 1; i++) {
    if (c != controls[i]) continue;
    put(out, '\\');
    put(out, letters[i]);
    return;
  }
  if ((uint8_t)c < 0x20) {
    put_text(out, "\\u");
    put_hex(out, (uint8_t)c, 4);
    return;
  }
  put(out, c);
}

static void put_string(writer *out, const char *text, size_t length) {
  put(out, '"');
  while (length > 0 && out->length <= IOT_EVENTS_MAX_EVENT) {
    uint32_t code = 0;
    const size_t size = decode(text, length, &code);
    /* The API takes U+FFFD only as an escape: unescaped, it stands for text that was not UTF-8. */
    if (size == 0 || code == 0xFFFD) put_text(out, "\\ufffd");
    else if (size == 1) put_ascii(out, *text);
    else put_bytes(out, text, size);
    text += size == 0 ? 1 : size;
    length -= size == 0 ? 1 : size;
  }
  put(out, '"');
}

/* Writes JSON as it is, but for U+FFFD, which can only be in a string. It is known to be UTF-8. */
static void put_json(writer *out, const char *text, size_t length) {
  while (length > 0 && out->length <= IOT_EVENTS_MAX_EVENT) {
    uint32_t code = 0;
    const size_t size = decode(text, length, &code);
    if (code == 0xFFFD) put_text(out, "\\ufffd");
    else put_bytes(out, text, size);
    text += size;
    length -= size;
  }
}

static void put_decimal(writer *out, int64_t mantissa, unsigned decimals) {
  char digits[20]; /* 2^63 has 19; 18 decimals and the digit before them make 19 */
  uint64_t rest = mantissa < 0 ? 0u - (uint64_t)mantissa : (uint64_t)mantissa;
  unsigned count = 0;
  do {
    digits[count++] = (char)('0' + (int)(rest % 10));
    rest /= 10;
  } while (rest > 0 || count <= decimals);
  if (mantissa < 0) put(out, '-');
  while (count-- > 0) {
    put(out, digits[count]);
    if (count == decimals && count > 0) put(out, '.');
  }
}

static void put_value(writer *out, const iot_events_value *value) {
  switch (value->kind) {
    case IOT_EVENTS_BOOL: put_text(out, value->number != 0 ? "true" : "false"); break;
    case IOT_EVENTS_DECIMAL: put_decimal(out, value->number, value->decimals); break;
    case IOT_EVENTS_STRING: put_string(out, value->text, value->length); break;
    case IOT_EVENTS_NUMBER:
    case IOT_EVENTS_JSON: put_json(out, value->text, value->length); break;
    case IOT_EVENTS_NULL: put_text(out, "null"); break;
  }
}

/* ---------------------------------------------------------------- records */

/* Milliseconds since the year 0000, the lowest byte first. */
static void put_date(writer *out, int64_t date_ms) {
  uint64_t rest = (uint64_t)(date_ms - FIRST_MS);
  size_t i;
  for (i = 0; i < STORED_DATE_BYTES; i++, rest >>= 8) put(out, (char)(rest & 0xFFu));
}

static int64_t take_date(iot_events_client *client, size_t *at) {
  uint64_t date = 0;
  unsigned bits;
  for (bits = 0; bits < 8 * STORED_DATE_BYTES; bits += 8) date |= (uint64_t)take(client, at) << bits;
  return (int64_t)date + FIRST_MS;
}

static uint8_t marks_of(const iot_events_event *event) {
  const bool is_dated = event->date_ms != IOT_EVENTS_NO_DATE;
  return (uint8_t)((event->device_id ? HAS_DEVICE : 0) | (is_dated ? HAS_DATE : 0) |
                   (event->id || !is_dated ? HAS_ID : 0) | (event->id || is_dated ? 0 : HAS_BOOT_ID));
}

static void put_head(writer *out, size_t length, unsigned marks) {
  put(out, (char)((length - 1) & 0xFFu));
  put(out, (char)((length - 1) >> 8));
  put(out, (char)marks);
}

static writer ring_at(iot_events_client *client, size_t at) {
  writer out;
  out.bytes = client->queue;
  out.size = client->config.queue_size;
  out.at = wrap(client, at);
  out.length = 0;
  return out;
}

/* Writes a record without its head. */
static void put_record(writer *out, const iot_events_client *client, const iot_events_event *event) {
  if (event->device_id) put_text(out, event->device_id);
  put_text(out, event->event_type);
  put(out, '\0');
  if (event->date_ms != IOT_EVENTS_NO_DATE) put_date(out, event->date_ms);
  if (event->id) {
    put_text(out, event->id);
    put(out, '\0');
  } else if (event->date_ms == IOT_EVENTS_NO_DATE) {
    unsigned bits;
    for (bits = 8 * BOOT_ID_BYTES; bits > 0; bits -= 8) put(out, (char)(client->config.boot_id >> (bits - 8) & 0xFFu));
    put_decimal(out, client->next_id, 0);
    put(out, '\0');
  }
  put_value(out, &event->value);
}

/* Writes text of a record, and moves behind its NUL. */
static void put_stored(writer *out, iot_events_client *client, size_t *at) {
  uint8_t c;
  while ((c = take(client, at)) != '\0') put(out, (char)c);
}

/* Writes the JSON of the event whose record is there. */
static void put_event(writer *out, iot_events_client *client, size_t at) {
  const unsigned marks = marks_at(client, at);
  const size_t end = after(client, at);
  size_t i;
  at = wrap(client, at + IOT_EVENTS_RECORD_OVERHEAD);
  put_text(out, "{\"deviceID\":\"");
  for (i = 0; i < UUID_BYTES; i++) {
    put(out, marks & HAS_DEVICE ? (char)take(client, &at) : client->config.device_id[i]);
  }
  put_text(out, "\",\"eventType\":\"");
  put_stored(out, client, &at);
  put(out, '"');
  if (marks & HAS_DATE) {
    char date[25];
    iot_events_format_date(take_date(client, &at), date);
    put_text(out, ",\"date\":\"");
    put_text(out, date);
    put(out, '"');
  }
  if (marks & HAS_ID) {
    put_text(out, ",\"id\":\"");
    if (marks & HAS_BOOT_ID) {
      for (i = 0; i < BOOT_ID_BYTES; i++) put_hex(out, take(client, &at), 2);
      put(out, '/');
    }
    put_stored(out, client, &at);
    put(out, '"');
  }
  put_text(out, ",\"value\":");
  while (at != end) put(out, (char)take(client, &at));
  put(out, '}');
}

/* ---------------------------------------------------------------- scanning JSON */

enum {
  VALUE, VALUE_OR_END, KEY, KEY_OR_END, COLON, AFTER, IN_STRING, ESCAPE, HEX, LITERAL,
  MINUS, ZERO, WHOLE, POINT, FRACTION, EXPONENT, EXPONENT_SIGN, EXPONENT_DIGITS, BAD
};
enum { OTHER_KEY, RESULTS_KEY, STATUS_KEY, PROBLEM_KEY, TYPE_KEY, SERVER_TIME_KEY };

static const char *const problem_types[] = {
  "about:blank", "/problems/invalid-request", "/problems/payload-too-large", "/problems/clock-skew",
  "/problems/device-not-allowed",
};
#define PROBLEM_TYPES (sizeof problem_types / sizeof problem_types[0])

static void start_scan(iot_events_scanner *scanner) {
  scanner->objects = 0;
  scanner->depth = 0;
  scanner->state = VALUE;
  scanner->length = 0;
}

/* Whether the container at a level is an object; the outermost is level 1. */
static bool is_object(const iot_events_scanner *scanner, unsigned level) {
  return (scanner->objects >> (level - 1) & 1u) != 0;
}

static bool is_token(const iot_events_scanner *scanner, const char *name) {
  size_t i;
  for (i = 0; i < scanner->length; i++) {
    if (name[i] == '\0' || scanner->token[i] != name[i]) return false; /* a token may hold a NUL (\u0000) */
  }
  return name[i] == '\0';
}

/* Keeps a character of a token. A longer token than fits matches none that we look for. */
static void keep(iot_events_scanner *scanner, char c) {
  if (scanner->length < sizeof scanner->token) scanner->token[scanner->length++] = c;
}

/* Whether the scanner is in the array `results` of the reply, at level 2. Each of its items is an object at level 3. */
static bool is_in_results(const iot_events_reply *reply) {
  const iot_events_scanner *scanner = &reply->scanner;
  return scanner->depth >= 2 && reply->keys[1] == RESULTS_KEY && !is_object(scanner, 2);
}

static void on_key(iot_events_reply *reply) {
  const iot_events_scanner *scanner = &reply->scanner;
  if (scanner->depth >= sizeof reply->keys) return;
  reply->keys[scanner->depth] = is_token(scanner, "results")      ? RESULTS_KEY
                                : is_token(scanner, "status")     ? STATUS_KEY
                                : is_token(scanner, "problem")    ? PROBLEM_KEY
                                : is_token(scanner, "type")       ? TYPE_KEY
                                : is_token(scanner, "serverTime") ? SERVER_TIME_KEY
                                                                  : OTHER_KEY;
}

/* Reads a member of a problem: that of the whole reply, or that of an item. */
static void on_problem_text(iot_events_reply *reply, uint8_t key) {
  const iot_events_scanner *scanner = &reply->scanner;
  if (key == TYPE_KEY) {
    uint8_t i;
    reply->problem = IOT_EVENTS_PROBLEM_OTHER;
    for (i = 1; i < PROBLEM_TYPES; i++) {
      if (is_token(scanner, problem_types[i])) reply->problem = i;
    }
  }
  if (key == SERVER_TIME_KEY) {
    const int64_t instant = parse_date(scanner->token, scanner->length);
    if (instant == IOT_EVENTS_NO_DATE) return;
    reply->server_ms = instant;
    reply->told_at = uptime(reply->client);
  }
}

static void on_text(iot_events_reply *reply) {
  const iot_events_scanner *scanner = &reply->scanner;
  const unsigned depth = scanner->depth;
  if (depth == 0 || depth >= sizeof reply->keys || !is_object(scanner, depth)) return;
  if (depth == 1) on_problem_text(reply, reply->keys[1]);
  if (!is_in_results(reply)) return;
  if (depth == 4 && reply->keys[3] == PROBLEM_KEY) on_problem_text(reply, reply->keys[4]);
  if (depth == 3 && reply->keys[3] == STATUS_KEY) {
    static const char *const names[] = {"failed", "created", "duplicate", "rejected"};
    uint8_t i;
    reply->status = UINT8_MAX;
    for (i = STAYS; i <= REJECTED; i++) {
      if (is_token(scanner, names[i])) reply->status = i;
    }
  }
}

/* Notes an item's outcome in the record of its event. */
static void on_item(iot_events_reply *reply) {
  iot_events_client *client = reply->client;
  if (reply->status > REJECTED || reply->item == client->batch) {
    reply->scanner.state = BAD;
    return;
  }
  lock(client);
  set_outcome(client, reply->cursor, reply->status, reply->problem);
  reply->cursor = after(client, reply->cursor);
  unlock(client);
  reply->item++;
}

static void open_container(iot_events_scanner *scanner, bool object, iot_events_reply *reply) {
  if (scanner->depth == MAX_DEPTH) {
    scanner->state = BAD;
    return;
  }
  scanner->depth++;
  scanner->objects &= ~(UINT32_C(1) << (scanner->depth - 1));
  if (object) scanner->objects |= UINT32_C(1) << (scanner->depth - 1);
  scanner->state = object ? KEY_OR_END : VALUE_OR_END;
  if (!reply) return;
  if (scanner->depth < sizeof reply->keys) reply->keys[scanner->depth] = OTHER_KEY;
  if (scanner->depth == 3 && is_in_results(reply)) {
    reply->status = UINT8_MAX;
    reply->problem = IOT_EVENTS_PROBLEM_OTHER;
  }
}

static void close_container(iot_events_scanner *scanner, iot_events_reply *reply) {
  scanner->depth--;
  scanner->state = AFTER;
  if (reply && scanner->depth == 2 && is_in_results(reply)) on_item(reply);
}

static void start_value(iot_events_scanner *scanner, char c, iot_events_reply *reply) {
  /* Items must be objects. */
  if (reply && scanner->depth == 2 && is_in_results(reply) && c != '{') c = '\0';
  if (c == '{' || c == '[') {
    open_container(scanner, c == '{', reply);
  } else if (c == '"') {
    scanner->state = IN_STRING;
    scanner->is_key = false;
    scanner->length = 0;
  } else if (c == '-' || is_digit(c)) {
    scanner->state = c == '-' ? MINUS : c == '0' ? ZERO : WHOLE;
  } else {
    scanner->rest = c == 't' ? "rue" : c == 'f' ? "alse" : "ull";
    scanner->state = c == 't' || c == 'f' || c == 'n' ? LITERAL : BAD;
  }
}

static void scan_string(iot_events_scanner *scanner, char c, iot_events_reply *reply) {
  static const char letters[] = "bfnrt\"\\/";
  static const char meant[] = "\b\f\n\r\t\"\\/";
  size_t i;
  if (scanner->state == ESCAPE) {
    scanner->state = c == 'u' ? HEX : BAD;
    scanner->hex_left = 4;
    scanner->code = 0;
    for (i = 0; i < sizeof letters - 1; i++) {
      if (c != letters[i]) continue;
      keep(scanner, meant[i]);
      scanner->state = IN_STRING;
    }
  } else if (scanner->state == HEX) {
    const int digit = hex_value(c);
    scanner->code = scanner->code << 4 | (uint32_t)(digit & 15);
    scanner->hex_left--;
    if (scanner->hex_left == 0) {
      keep(scanner, scanner->code < 0x80 ? (char)scanner->code : '\x1A');
      scanner->state = IN_STRING;
    }
    if (digit < 0) scanner->state = BAD;
  } else if (c == '\\') {
    scanner->state = ESCAPE;
  } else if (c == '"') {
    scanner->state = scanner->is_key ? COLON : AFTER;
    if (!reply) return;
    if (scanner->is_key) on_key(reply);
    else on_text(reply);
  } else if ((uint8_t)c < 0x20) {
    scanner->state = BAD;
  } else {
    keep(scanner, c);
  }
}

static bool is_whole_number(uint8_t state) {
  return state == ZERO || state == WHOLE || state == FRACTION || state == EXPONENT_DIGITS;
}

/* Returns false if the number ended before `c`. */
static bool scan_number(iot_events_scanner *scanner, char c) {
  const uint8_t state = scanner->state;
  uint8_t next = is_whole_number(state) ? AFTER : BAD;
  if (is_digit(c)) {
    if (state == MINUS) next = c == '0' ? ZERO : WHOLE;
    else if (state == WHOLE || state == FRACTION || state == EXPONENT_DIGITS) next = state;
    else if (state == POINT) next = FRACTION;
    else if (state != ZERO) next = EXPONENT_DIGITS;
  } else if (c == '.' && (state == ZERO || state == WHOLE)) {
    next = POINT;
  } else if ((c == 'e' || c == 'E') && (state == ZERO || state == WHOLE || state == FRACTION)) {
    next = EXPONENT;
  } else if ((c == '+' || c == '-') && state == EXPONENT) {
    next = EXPONENT_SIGN;
  }
  scanner->state = next;
  return next != AFTER;
}

static void scan_between(iot_events_scanner *scanner, char c, iot_events_reply *reply) {
  const uint8_t state = scanner->state;
  const bool in_object = scanner->depth > 0 && is_object(scanner, scanner->depth);
  if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return;
  if (state == VALUE || (state == VALUE_OR_END && c != ']')) {
    start_value(scanner, c, reply);
  } else if ((state == KEY || state == KEY_OR_END) && c == '"') {
    scanner->state = IN_STRING;
    scanner->is_key = true;
    scanner->length = 0;
  } else if (state == COLON && c == ':') {
    scanner->state = VALUE;
  } else if (state == AFTER && scanner->depth > 0 && c == ',') {
    scanner->state = in_object ? KEY : VALUE;
  } else if (state != KEY && state != COLON && scanner->depth > 0 && c == (in_object ? '}' : ']')) {
    close_container(scanner, reply);
  } else {
    scanner->state = BAD;
  }
}

static void scan(iot_events_scanner *scanner, char c, iot_events_reply *reply) {
  const uint8_t state = scanner->state;
  if (state == BAD) return;
  if (state == IN_STRING || state == ESCAPE || state == HEX) {
    scan_string(scanner, c, reply);
  } else if (state == LITERAL) {
    if (c != *scanner->rest++) scanner->state = BAD;
    else if (*scanner->rest == '\0') scanner->state = AFTER;
  } else if (state < MINUS || !scan_number(scanner, c)) {
    scan_between(scanner, c, reply);
  }
}

static bool is_complete(const iot_events_scanner *scanner) {
  return scanner->depth == 0 && (scanner->state == AFTER || is_whole_number(scanner->state));
}

/*
 * Whether a double holds the integer, or the integer is the shortest text of one, as programs print it. Its last digit
 * that is not 0 counts `unit`.
 */
static bool is_double(uint64_t integer, uint64_t unit) {
  uint64_t step = 1, rest, nearest, shorter;
  while (integer / step >= MAX_EXACT) step *= 2;
  rest = integer % step;
  nearest = integer - rest;
  if (rest * 2 > step || (rest * 2 == step && nearest / step % 2 != 0)) nearest += step;
  rest = nearest > integer ? nearest - integer : integer - nearest;
  if (rest == 0 || unit == 1 || rest * 2 > unit) return rest == 0;
  shorter = (nearest + unit * 5) / (unit * 10) * (unit * 10);
  rest = (shorter > nearest ? shorter - nearest : nearest - shorter) * 2;
  return rest > step || (rest == step && nearest / step % 2 != 0);
}

/*
 * Whether a double can hold a number of JSON. Integers beyond 2^53 of 16 or 17 digits may be those of a double; where
 * they need more than 64 bits, only the service can tell.
 */
static bool is_held(const char *text, size_t length) {
  uint64_t significand = 0, unit = 1;
  int32_t digits = 0, zeros = 0, scale = 0, exponent = 0, top;
  bool in_fraction = false;
  size_t i;
  for (i = *text == '-'; i < length && lower(text[i]) != 'e'; i++) {
    if (text[i] == '.') {
      in_fraction = true;
      continue;
    }
    if (in_fraction) scale--;
    if (digits == 0 && text[i] == '0') continue;
    zeros = text[i] == '0' ? zeros + 1 : 0;
    if (digits++ < 17) significand = significand * 10 + (uint64_t)(text[i] - '0');
  }
  if (digits == 0) return true;
  if (i < length) {
    const bool is_negative = text[++i] == '-';
    for (i += !is_digit(text[i]); i < length; i++) {
      if (exponent < 100000) exponent = exponent * 10 + (text[i] - '0');
    }
    scale += is_negative ? -exponent : exponent;
  }
  top = digits + scale; /* the number is below 10^top, and at least a tenth of it */
  if (digits > 17) scale += digits - 17;
  if (digits - zeros > 17 && top > 16) return false;
  if (digits > 17) digits = 17;
  for (; digits < 17; digits++, scale--) significand *= 10;
  if (top > 308) return top == 309 && significand <= 17976931348623157u;
  if (top < -322) return top == -323 && significand >= 25000000000000000u; /* half of the smallest double */
  if (top < 16 || scale > 2) return true;
  if (scale < 0) {
    if (significand / 10 > MAX_EXACT && significand % 10 != 0) return false;
    significand /= 10;
  }
  for (; scale > 0; scale--) significand *= 10, unit *= 10;
  while (significand / unit % 10 == 0) unit *= 10;
  return significand <= MAX_EXACT || is_double(significand, unit);
}

/* Whether the value is JSON whose numbers a double can hold. */
static bool is_json(const iot_events_value *value) {
  iot_events_scanner scanner;
  size_t at = 0, number = 0;
  bool was_number = false;
  if (!value->text) return false;
  start_scan(&scanner);
  while (at < value->length && scanner.state != BAD) {
    uint32_t code = 0;
    size_t size = decode(value->text + at, value->length - at, &code);
    if (size == 0) return false;
    for (; size > 0; size--, at++) {
      bool is_number;
      scan(&scanner, value->text[at], NULL);
      is_number = scanner.state >= MINUS && scanner.state < BAD;
      if (is_number && !was_number) number = at;
      if (!is_number && was_number && !is_held(value->text + number, at - number)) return false;
      was_number = is_number;
    }
  }
  if (!is_complete(&scanner)) return false;
  if (was_number && !is_held(value->text + number, at - number)) return false;
  return value->kind == IOT_EVENTS_JSON || (was_number && number == 0);
}

/* ---------------------------------------------------------------- events */

static iot_events_value value_of(iot_events_kind kind, int64_t number, const char *text, size_t length) {
  iot_events_value value;
  value.kind = kind;
  value.number = number;
  value.decimals = 0;
  value.text = text;
  value.length = length;
  return value;
}

iot_events_value iot_events_null(void) { return value_of(IOT_EVENTS_NULL, 0, NULL, 0); }

iot_events_value iot_events_bool(bool value) { return value_of(IOT_EVENTS_BOOL, value ? 1 : 0, NULL, 0); }

iot_events_value iot_events_integer(int64_t value) { return value_of(IOT_EVENTS_DECIMAL, value, NULL, 0); }

iot_events_value iot_events_decimal(int64_t mantissa, unsigned decimals) {
  iot_events_value value = value_of(IOT_EVENTS_DECIMAL, mantissa, NULL, 0);
  value.decimals = decimals;
  return value;
}

#ifndef IOT_EVENTS_NO_DOUBLE
iot_events_value iot_events_double(double value, unsigned decimals) {
  const double limit = (double)MAX_EXACT;
  double scaled = value;
  unsigned i;
  for (i = 0; i < decimals && i < 9; i++) scaled *= 10;
  /* The comparisons are false for NaN. An empty number is invalid: iot_events_add refuses it. */
  if (decimals > 9 || !(scaled > -limit && scaled < limit)) return iot_events_number("");
  return iot_events_decimal((int64_t)(scaled + (scaled < 0 ? -0.5 : 0.5)), decimals);
}
#endif

iot_events_value iot_events_number(const char *text) {
  return value_of(IOT_EVENTS_NUMBER, 0, text, text ? length_of(text) : 0);
}

iot_events_value iot_events_string(const char *text) {
  return iot_events_text(text, text ? length_of(text) : 0);
}

iot_events_value iot_events_text(const char *text, size_t length) {
  return value_of(IOT_EVENTS_STRING, 0, text, length);
}

iot_events_value iot_events_json(const char *json, size_t length) {
  return value_of(IOT_EVENTS_JSON, 0, json, length);
}

iot_events_event iot_events_event_of(const char *event_type, iot_events_value value) {
  iot_events_event event;
  event.device_id = NULL;
  event.event_type = event_type;
  event.id = NULL;
  event.date_ms = IOT_EVENTS_NO_DATE;
  event.value = value;
  return event;
}

/* Whether a double holds the number's whole part: the API refuses it otherwise, with or without decimals. */
static bool is_exact(int64_t mantissa, unsigned decimals) {
  while (decimals-- > 0) mantissa /= 10;
  return mantissa >= -MAX_EXACT && mantissa <= MAX_EXACT;
}

static bool is_value(const iot_events_value *value) {
  switch (value->kind) {
    case IOT_EVENTS_NULL:
    case IOT_EVENTS_BOOL: return true;
    case IOT_EVENTS_DECIMAL:
      return value->decimals <= 18 && is_exact(value->number, value->decimals);
    case IOT_EVENTS_STRING: return value->text != NULL;
    case IOT_EVENTS_NUMBER:
    case IOT_EVENTS_JSON: return is_json(value);
  }
  return false;
}

static iot_events_result check(const iot_events_client *client, const iot_events_event *event) {
  if (!is_uuid(event->device_id ? event->device_id : client->config.device_id)) {
    return IOT_EVENTS_INVALID_DEVICE;
  }
  if (!is_name(event->event_type, 128)) return IOT_EVENTS_INVALID_TYPE;
  if (event->id && !is_name(event->id, 64)) return IOT_EVENTS_INVALID_ID;
  if (event->date_ms != IOT_EVENTS_NO_DATE && !is_date(event->date_ms)) return IOT_EVENTS_INVALID_DATE;
  return is_value(&event->value) ? IOT_EVENTS_OK : IOT_EVENTS_INVALID_VALUE;
}

/* Begins the first wait with the first event: a fleet that was switched on together also reads at the same time. */
static void start_wait(iot_events_client *client) {
  if (client->start_wait_ms > 0) client->wait_until = client->uptime_ms + client->start_wait_ms;
  client->start_wait_ms = 0;
}

/* Writes a valid event into the ring. */
static iot_events_result append(iot_events_client *client, const iot_events_event *event) {
  const size_t capacity = client->config.queue_size;
  const uint8_t marks = marks_of(event);
  writer counter = {NULL, 0, 0, 0}, in_ring;
  size_t size, json;
  put_record(&counter, client, event);
  size = counter.length + IOT_EVENTS_RECORD_OVERHEAD;
  json = counter.length + growth(marks);
  /* The service counts the date that it gives an event without one. */
  if (json + (marks & HAS_DATE ? 0 : DATE_BYTES) > IOT_EVENTS_MAX_EVENT || size > capacity ||
      json + BATCH_OVERHEAD > client->config.transmit_size) {
    return IOT_EVENTS_TOO_LARGE;
  }
  while (capacity - client->used < size) {
    if (!client->config.drop_oldest || !drop_oldest(client)) return IOT_EVENTS_FULL;
  }
  in_ring = ring_at(client, client->head + client->used);
  put_head(&in_ring, counter.length, marks);
  put_record(&in_ring, client, event);
  client->used += size;
  client->count++;
  if (marks & HAS_BOOT_ID) client->next_id++;
  start_wait(client);
  return IOT_EVENTS_OK;
}

iot_events_result iot_events_add(iot_events_client *client, const iot_events_event *event) {
  iot_events_result result = check(client, event);
  if (result != IOT_EVENTS_OK) return result;
  uptime(client);
  lock(client);
  result = append(client, event);
  unlock(client);
  return result;
}

/* ---------------------------------------------------------------- images of the queue */

#define IMAGE_START 16u
#define RECORDS_START (IMAGE_START + UUID_BYTES)

/*
 * An image: its name, the format's number, and as 32 bits, the lowest byte first, events, the bytes from IMAGE_START,
 * and the CRC-32 of all the rest; then the device of the config, or zeros, and the records.
 */
static const char IMAGE_NAME[] = "IOE";
#define IMAGE_FORMAT '2' /* '1' was a ring of JSON */

static void put_32(uint8_t *at, uint32_t value) {
  size_t i;
  for (i = 0; i < 4; i++) at[i] = (uint8_t)(value >> 8 * i);
}

static uint32_t read_32(const uint8_t *at) {
  return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static uint32_t crc_32(uint32_t crc, const uint8_t *bytes, size_t length) {
  unsigned bit;
  crc = ~crc;
  for (; length > 0; length--) {
    crc ^= *bytes++;
    for (bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1u ? UINT32_C(0xEDB88320) : 0);
  }
  return ~crc;
}

static uint32_t image_crc(const uint8_t *image, size_t used) {
  return crc_32(crc_32(0, image, IMAGE_START - 4), image + IMAGE_START, used);
}

static size_t record_size(const uint8_t *record) {
  return IOT_EVENTS_RECORD_OVERHEAD + (size_t)(record[0] | (record[1] & 0x3Fu) << 8) + 1;
}

static size_t json_size(const uint8_t *record) {
  return record_size(record) - IOT_EVENTS_RECORD_OVERHEAD + growth(record[2]);
}

/* Whether a record has all its parts within its length, so that put_event() reads no further. */
static bool is_record(const uint8_t *record, size_t size) {
  const unsigned marks = record[2];
  size_t at = IOT_EVENTS_RECORD_OVERHEAD;
  while (at < size && record[at] != '\0') at++;
  if ((marks & HAS_DEVICE) && at < IOT_EVENTS_RECORD_OVERHEAD + UUID_BYTES) return false;
  at++;
  if (marks & HAS_DATE) {
    uint64_t date = 0;
    size_t i;
    if (at + STORED_DATE_BYTES > size) return false;
    for (i = STORED_DATE_BYTES; i > 0; i--) date = date << 8 | record[at + i - 1];
    if (!is_date((int64_t)date + FIRST_MS)) return false;
    at += STORED_DATE_BYTES;
  }
  if (marks & HAS_BOOT_ID) at += BOOT_ID_BYTES;
  if (marks & HAS_ID) {
    while (at < size && record[at] != '\0') at++;
    at++;
  } else if (marks & HAS_BOOT_ID) {
    return false;
  }
  return at < size && json_size(record) <= IOT_EVENTS_MAX_EVENT;
}

size_t iot_events_save(iot_events_client *client, void *image, size_t size) {
  const char *device = client->config.device_id;
  uint8_t *out = (uint8_t *)image;
  size_t i, at, length;
  lock(client);
  length = RECORDS_START + client->used;
  if (length > size || client->used > UINT32_MAX - UUID_BYTES) {
    unlock(client);
    return 0;
  }
  put_32(out + 4, (uint32_t)client->count);
  put_32(out + 8, (uint32_t)(length - IMAGE_START));
  for (i = RECORDS_START, at = client->head; i < length; i++) out[i] = take(client, &at);
  unlock(client);
  for (i = 0; i < 3; i++) out[i] = (uint8_t)IMAGE_NAME[i];
  out[3] = IMAGE_FORMAT;
  for (i = 0; i < UUID_BYTES; i++) out[IMAGE_START + i] = (uint8_t)(device ? device[i] : '0');
  /* An outcome in a reply that is still arriving means nothing yet. */
  for (i = RECORDS_START; i < length; i += record_size(out + i)) {
    out[i + 1] &= 0x3Fu;
    out[i + 2] &= (uint8_t)~PROBLEM;
  }
  put_32(out + 12, image_crc(out, length - IMAGE_START));
  return length;
}

/* Whether the config has this device. */
static bool is_own(const iot_events_client *client, const uint8_t *device) {
  const char *own = client->config.device_id;
  size_t i = 0;
  while (own && i < UUID_BYTES && (uint8_t)own[i] == device[i]) i++;
  return i == UUID_BYTES;
}

/* Writes the records of an image behind those of the ring. Those without a device get it, if there is one. */
static void put_records(iot_events_client *client, const uint8_t *from, const uint8_t *end, const uint8_t *device) {
  writer out = ring_at(client, client->head + client->used);
  while (from < end) {
    const size_t length = record_size(from) - IOT_EVENTS_RECORD_OVERHEAD;
    const bool lacks_device = device && !(from[2] & HAS_DEVICE);
    put_head(&out, length + (lacks_device ? UUID_BYTES : 0), from[2] | (lacks_device ? HAS_DEVICE : 0));
    if (lacks_device) put_bytes(&out, (const char *)device, UUID_BYTES);
    put_bytes(&out, (const char *)from + IOT_EVENTS_RECORD_OVERHEAD, length);
    from += IOT_EVENTS_RECORD_OVERHEAD + length;
  }
}

iot_events_result iot_events_restore(iot_events_client *client, const void *image, size_t length) {
  const uint8_t *from = (const uint8_t *)image, *device, *end;
  iot_events_result result = IOT_EVENTS_OK;
  size_t i, used, size = 0, count = 0, largest = 0;
  if (length < IMAGE_START) return IOT_EVENTS_BAD_IMAGE;
  used = read_32(from + 8);
  for (i = 0; i < 3; i++) {
    if (from[i] != (uint8_t)IMAGE_NAME[i]) return IOT_EVENTS_BAD_IMAGE;
  }
  if (used > length - IMAGE_START || read_32(from + 12) != image_crc(from, used)) return IOT_EVENTS_BAD_IMAGE;
  if (from[3] != IMAGE_FORMAT) return IOT_EVENTS_OTHER_FORMAT;
  if (used < UUID_BYTES) return IOT_EVENTS_BAD_IMAGE;
  device = from + IMAGE_START;
  end = device + used;
  for (i = 0; i < UUID_BYTES; i++) {
    if (device[i] == '\0') return IOT_EVENTS_BAD_IMAGE;
  }
  if (is_own(client, device)) device = NULL;
  used = 0; /* from here on, of the ring */
  for (from += RECORDS_START; (size_t)(end - from) > IOT_EVENTS_RECORD_OVERHEAD; from += size, count++) {
    size = record_size(from);
    if (size > (size_t)(end - from) || !is_record(from, size)) return IOT_EVENTS_BAD_IMAGE;
    if (json_size(from) > largest) largest = json_size(from);
    used += size + (device && !(from[2] & HAS_DEVICE) ? UUID_BYTES : 0);
  }
  if (from != end || count != read_32((const uint8_t *)image + 4)) return IOT_EVENTS_BAD_IMAGE;
  if (largest > client->config.transmit_size - BATCH_OVERHEAD) return IOT_EVENTS_TOO_LARGE;
  uptime(client);
  lock(client);
  if (used > client->config.queue_size - client->used) {
    result = IOT_EVENTS_FULL;
  } else {
    put_records(client, (const uint8_t *)image + RECORDS_START, end, device);
    client->used += used;
    client->count += count;
    if (count > 0) start_wait(client);
  }
  unlock(client);
  return result;
}

/* ---------------------------------------------------------------- the reply */

void iot_events_reply_header(iot_events_reply *reply, const char *name, size_t name_length,
                             const char *value, size_t value_length) {
  if (reply->client->phase != SENDING) return;
  while (value_length > 0 && (*value == ' ' || *value == '\t')) value++, value_length--;
  while (value_length > 0 && (uint8_t)value[value_length - 1] <= ' ') value_length--;
  if (says(name, name_length, "date")) {
    reply->date_ms = parse_http_date(value, value_length);
    if (reply->server_ms == IOT_EVENTS_NO_DATE) reply->told_at = uptime(reply->client);
  } else if (says(name, name_length, "retry-after")) {
    size_t i;
    reply->retry_at_ms = parse_http_date(value, value_length);
    reply->has_retry_after = value_length > 0 && reply->retry_at_ms == IOT_EVENTS_NO_DATE;
    reply->retry_after_s = 0;
    for (i = 0; i < value_length; i++) {
      if (!is_digit(value[i])) reply->has_retry_after = false;
      else if (reply->retry_after_s < DAY_S) {
        reply->retry_after_s = reply->retry_after_s * 10 + (uint32_t)(value[i] - '0');
      }
    }
    if (reply->retry_after_s > DAY_S) reply->retry_after_s = DAY_S;
  }
}

void iot_events_reply_body(iot_events_reply *reply, const char *bytes, size_t length) {
  if (reply->client->phase != SENDING) return;
  for (; length > 0; length--) scan(&reply->scanner, *bytes++, reply);
}

static void start_reply(iot_events_client *client) {
  iot_events_reply *reply = &client->reply;
  reply->client = client;
  start_scan(&reply->scanner);
  reply->item = 0;
  reply->cursor = client->head;
  reply->date_ms = reply->server_ms = reply->retry_at_ms = IOT_EVENTS_NO_DATE;
  reply->has_retry_after = false;
  reply->retry_after_s = 0;
  reply->problem = IOT_EVENTS_PROBLEM_OTHER;
  reply->status = UINT8_MAX;
}

static int64_t server_time(const iot_events_reply *reply) {
  return reply->server_ms != IOT_EVENTS_NO_DATE ? reply->server_ms : reply->date_ms;
}

static void tell_time(iot_events_client *client) {
  const iot_events_reply *reply = &client->reply;
  const bool exact = reply->server_ms != IOT_EVENTS_NO_DATE;
  const int64_t instant = server_time(reply);
  if (instant == IOT_EVENTS_NO_DATE) return;
  lock(client);
  client->server_ms = instant;
  client->server_told_at = reply->told_at;
  unlock(client);
  if (client->config.on_server_time) client->config.on_server_time(client->config.user, instant, exact);
}

/* ---------------------------------------------------------------- the client */

static void set_default(uint32_t *wait_ms, uint32_t otherwise) {
  if (*wait_ms == 0) *wait_ms = otherwise;
  if (*wait_ms > DAY_MS) *wait_ms = DAY_MS;
}

iot_events_result iot_events_init(iot_events_client *client, const iot_events_config *config) {
  static const iot_events_counters none = {0, 0, 0, 0, 0, 0, 0};
  iot_events_config *own = &client->config;
  if (!is_header_value(config->api_key) || config->boot_id == 0 || !config->queue || !config->transmit ||
      !config->millis || !config->random || (config->device_id && !is_uuid(config->device_id)) ||
      !config->lock != !config->unlock || (config->compress && !config->compressed) || config->queue_size > SIZE_MAX / 2 || config->transmit_size <= BATCH_OVERHEAD) {
    return IOT_EVENTS_BAD_CONFIG;
  }
  *own = *config;
  if (!own->platform) own->platform = own->user;
  if (!own->path) own->path = "/events/batch";
  if (own->batch_events == 0 || own->batch_events > IOT_EVENTS_MAX_BATCH) {
    own->batch_events = IOT_EVENTS_MAX_BATCH;
  }
  if (own->start_wait_ms == IOT_EVENTS_NO_WAIT) own->start_wait_ms = 0;
  else set_default(&own->start_wait_ms, START_WAIT_MS);
  set_default(&own->first_wait_ms, FIRST_WAIT_MS);
  set_default(&own->longest_wait_ms, UINT32_C(300000));
  client->queue = (uint8_t *)own->queue;
  client->head = client->used = client->count = client->batch = client->batch_bytes = 0;
  client->batch_limit = own->batch_events;
  client->next_id = 0;
  client->uptime_ms = client->server_told_at = 0;
  client->last_millis = own->millis(own->platform);
  client->wait_until = 0;
  client->start_wait_ms = own->start_wait_ms > 0 ? own->random(own->platform) % (own->start_wait_ms + 1) : 0;
  client->server_ms = IOT_EVENTS_NO_DATE;
  client->last_status = 0;
  client->failures_in_a_row = 0;
  client->phase = IDLE;
  client->is_compressed = client->is_plain_next = false;
  client->counters = none;
  start_reply(client);
  return IOT_EVENTS_OK;
}

iot_events_result iot_events_set_key(iot_events_client *client, const char *api_key) {
  if (!is_header_value(api_key)) return IOT_EVENTS_BAD_CONFIG;
  client->config.api_key = api_key;
  return IOT_EVENTS_OK;
}

/* Fills the transmit buffer with `{"events":[event,event…]}`; returns its length. */
static size_t write_batch(iot_events_client *client) {
  const size_t most = client->config.transmit_size < IOT_EVENTS_MAX_BODY ? client->config.transmit_size
                                                                         : (size_t)IOT_EVENTS_MAX_BODY;
  size_t length = BATCH_OVERHEAD, at = client->head;
  writer out;
  out.bytes = (uint8_t *)client->config.transmit;
  out.size = client->config.transmit_size;
  out.at = out.length = 0;
  put_text(&out, BATCH_START);
  client->batch = client->batch_bytes = 0;
  while (client->batch < client->count && client->batch < client->batch_limit) {
    const size_t more = json_length_at(client, at) + (client->batch > 0);
    if (length + more > most) break;
    length += more;
    set_outcome(client, at, STAYS, IOT_EVENTS_PROBLEM_OTHER);
    if (client->batch > 0) put(&out, ',');
    put_event(&out, client, at);
    client->batch_bytes += IOT_EVENTS_RECORD_OVERHEAD + length_at(client, at);
    client->batch++;
    at = after(client, at);
  }
  put_text(&out, BATCH_END);
  return length;
}

/* Where the date of the event at the cursor is: behind the first NUL, since a device has none. */
static size_t find_date(iot_events_client *client) {
  size_t at = wrap(client, client->reply.cursor + IOT_EVENTS_RECORD_OVERHEAD);
  while (take(client, &at) != '\0') continue;
  return at;
}

/*
 * Lets the application mend the date of an event at the cursor that was rejected for clock skew, once. Returns whether
 * it did: the event then stays.
 */
static bool mend(iot_events_client *client, unsigned marks) {
  const int64_t server_ms = server_time(&client->reply);
  int64_t date_ms;
  size_t at;
  writer out;
  if (!client->config.mend_date || server_ms == IOT_EVENTS_NO_DATE) return false;
  if ((marks & (HAS_DATE | MENDED)) != HAS_DATE) return false;
  lock(client);
  at = find_date(client);
  date_ms = take_date(client, &at);
  unlock(client); /* meanwhile, the cursor may move */
  date_ms = client->config.mend_date(client->config.user, date_ms, server_ms);
  if (!is_date(date_ms)) return false;
  lock(client);
  set_outcome(client, client->reply.cursor, STAYS, IOT_EVENTS_PROBLEM_OTHER);
  *byte_at(client, client->reply.cursor + 2) |= MENDED;
  out = ring_at(client, find_date(client));
  put_date(&out, date_ms);
  client->counters.mended++;
  unlock(client);
  return true;
}

/* Counts an outcome, and tells the application of a rejection. */
static void settle_one(iot_events_client *client, unsigned outcome, unsigned marks, const char *event, size_t length) {
  iot_events_counters *counters = &client->counters;
  const iot_events_problem problem = (iot_events_problem)(marks & PROBLEM);
  if (outcome == CREATED) increment(client, &counters->created);
  if (outcome == DUPLICATE) increment(client, &counters->duplicates);
  if (outcome != REJECTED || (problem == IOT_EVENTS_PROBLEM_CLOCK_SKEW && mend(client, marks))) return;
  increment(client, &counters->rejected);
  if (client->config.on_rejected) client->config.on_rejected(client->config.user, problem, event, length);
}

/* Settles each event of the batch, and removes those that are from the queue. Returns how many have failed. */
static size_t settle(iot_events_client *client) {
  const char *event = client->config.transmit + sizeof BATCH_START - 1;
  size_t i, failed = 0;
  lock(client);
  client->reply.cursor = client->head;
  for (i = 0; i < client->batch; i++) {
    const size_t length = json_length_at(client, client->reply.cursor);
    const unsigned outcome = outcome_at(client, client->reply.cursor);
    const unsigned marks = marks_at(client, client->reply.cursor);
    unlock(client); /* meanwhile, the cursor may move */
    settle_one(client, outcome, marks, event, length);
    failed += outcome == STAYS;
    event += length + 1;
    lock(client);
    client->reply.cursor = after(client, client->reply.cursor);
  }
  compact(client);
  client->batch = client->batch_bytes = 0;
  unlock(client);
  return failed;
}

/* After success: the next batch need not wait, and may be larger again. */
static iot_events_result go_on(iot_events_client *client, iot_events_result result) {
  const size_t most = client->config.batch_events;
  client->failures_in_a_row = 0;
  client->wait_until = 0;
  client->batch_limit = client->batch_limit > most / 2 ? most : client->batch_limit * 2;
  return result;
}

/* The longest wait after that many failures. */
static uint32_t longest_wait(const iot_events_client *client, unsigned failures) {
  const iot_events_config *config = &client->config;
  uint32_t wait_ms = config->first_wait_ms;
  for (; failures > 0 && wait_ms < config->longest_wait_ms; failures--) wait_ms *= 2;
  return wait_ms < config->longest_wait_ms ? wait_ms : config->longest_wait_ms;
}

/* The milliseconds that Retry-After asks for, up to a day. */
static uint32_t asked_wait(const iot_events_reply *reply) {
  if (reply->retry_at_ms != IOT_EVENTS_NO_DATE && reply->date_ms != IOT_EVENTS_NO_DATE) {
    const int64_t ms = reply->retry_at_ms - reply->date_ms;
    return ms <= 0 ? 0 : ms > DAY_MS ? DAY_MS : (uint32_t)ms;
  }
  return reply->has_retry_after ? reply->retry_after_s * 1000 : 0;
}

static iot_events_result put_off(iot_events_client *client, unsigned failures, iot_events_result result) {
  const uint32_t longest = longest_wait(client, failures);
  const uint32_t asked = client->last_status != 0 ? asked_wait(&client->reply) : 0;
  const uint32_t chance = client->config.random(client->config.platform);
  uint32_t wait_ms = longest / 8 + chance % (longest - longest / 8 + 1);
  if (asked > 0) {
    /* Later than asked, and spread as widely as without it. */
    const uint32_t spread = asked + chance % (asked / 4 + client->config.first_wait_ms + 1);
    if (spread > wait_ms) wait_ms = spread;
  }
  client->wait_until = uptime(client) + wait_ms;
  return result;
}

/* After a failure: waits, and longer with each. */
static iot_events_result fail(iot_events_client *client, iot_events_result result) {
  put_off(client, client->failures_in_a_row, result);
  if (client->failures_in_a_row < 31) client->failures_in_a_row++;
  increment(client, &client->counters.failures);
  return result;
}

/* After a batch was refused as a whole: halves it. Rejects a single event, if the reply blames the request. */
static iot_events_result isolate(iot_events_client *client) {
  const iot_events_reply *reply = &client->reply;
  const bool is_understood = is_complete(&reply->scanner);
  const bool is_to_blame =
    is_understood && (reply->problem == IOT_EVENTS_PROBLEM_INVALID_REQUEST ||
                      reply->problem == IOT_EVENTS_PROBLEM_PAYLOAD_TOO_LARGE);
  if (client->last_status != 413 && !is_to_blame) return fail(client, IOT_EVENTS_REFUSED);
  if (client->batch > 1) {
    client->batch_limit = client->batch / 2;
    client->wait_until = 0;
    return IOT_EVENTS_OK;
  }
  /* Is it the event, or how it was compressed? The next request, which is not, will show. */
  if (!is_to_blame || client->is_compressed) return fail(client, IOT_EVENTS_REFUSED);
  lock(client);
  set_outcome(client, client->head, REJECTED, reply->problem);
  unlock(client);
  settle(client);
  return go_on(client, IOT_EVENTS_OK);
}

/*
 * After a whole reply. Progress resets the wait, even if an event keeps failing; as long as most events succeed, the
 * others need not wait for it.
 */
static iot_events_result settle_batch(iot_events_client *client) {
  const size_t batch = client->batch;
  const size_t failed = settle(client);
  if (failed == 0) return go_on(client, IOT_EVENTS_OK);
  if (failed <= batch / 2) return go_on(client, IOT_EVENTS_PARTLY_FAILED);
  if (failed < batch) client->failures_in_a_row = 0;
  return fail(client, IOT_EVENTS_PARTLY_FAILED);
}

static iot_events_result obey(iot_events_client *client, int status) {
  const iot_events_reply *reply = &client->reply;
  if (status == IOT_EVENTS_NO_LINK) return put_off(client, 0, IOT_EVENTS_OFFLINE);
  if (status <= 0) return fail(client, IOT_EVENTS_NO_ANSWER);
  tell_time(client);
  if (status == 207) {
    const bool is_understood = is_complete(&reply->scanner) && reply->item == client->batch;
    return is_understood ? settle_batch(client) : fail(client, IOT_EVENTS_BAD_REPLY);
  }
  if (status == 429 || status >= 500) return fail(client, IOT_EVENTS_TRY_LATER);
  if (status == 400 || status == 413) return isolate(client);
  return fail(client, IOT_EVENTS_REFUSED);
}

static void add_header(iot_events_client *client, iot_events_request *request, const char *name, const char *value) {
  iot_events_header *header = &client->headers[request->header_count++];
  header->name = name;
  header->value = value;
}

/* Has the body compressed if that makes it smaller; otherwise leaves it as it is. */
static void compress(iot_events_client *client, iot_events_request *request) {
  const iot_events_config *config = &client->config;
  const size_t shorter = request->body_length - 1;
  const size_t size = config->compressed_size < shorter ? config->compressed_size : shorter;
  size_t length = 0;
  if (config->compress && !client->is_plain_next) {
    length = config->compress(config->user, request->body, request->body_length, config->compressed, size);
  }
  client->is_compressed = length > 0 && length <= size;
  if (!client->is_compressed) return;
  request->body = config->compressed;
  request->body_length = length;
  add_header(client, request, "content-encoding", "gzip");
}

iot_events_result iot_events_begin(iot_events_client *client, iot_events_request *request, iot_events_reply **reply) {
  if (iot_events_pending(client) == 0) {
    uptime(client);
    return IOT_EVENTS_EMPTY;
  }
  if (client->phase != IDLE || iot_events_wait_ms(client) > 0) return IOT_EVENTS_WAITING;
  request->method = "POST";
  request->path = client->config.path;
  request->headers = client->headers;
  request->header_count = 0;
  add_header(client, request, "content-type", "application/json");
  add_header(client, request, "x-api-key", client->config.api_key);
  add_header(client, request, "user-agent", "iot-events-c/" IOT_EVENTS_VERSION);
  request->body = client->config.transmit;
  lock(client);
  request->body_length = write_batch(client);
  client->phase = SENDING;
  client->counters.attempts++;
  start_reply(client);
  unlock(client);
  compress(client, request);
  *reply = &client->reply;
  return IOT_EVENTS_OK;
}

static void enter(iot_events_client *client, uint8_t phase) {
  lock(client);
  client->phase = phase;
  unlock(client);
}

iot_events_result iot_events_done(iot_events_client *client, int status) {
  iot_events_result result;
  if (client->phase != SENDING) return IOT_EVENTS_EMPTY;
  enter(client, SETTLING);
  client->last_status = status > 0 ? status : 0;
  result = obey(client, status);
  /* Something on the way may not take what is compressed. */
  client->is_plain_next = client->is_compressed && result == IOT_EVENTS_REFUSED;
  enter(client, IDLE);
  return result;
}

iot_events_result iot_events_flush(iot_events_client *client) {
  iot_events_request request;
  iot_events_reply *reply;
  iot_events_result result = client->config.transport ? IOT_EVENTS_OK : IOT_EVENTS_BAD_CONFIG;
  if (result == IOT_EVENTS_OK) result = iot_events_begin(client, &request, &reply);
  if (result != IOT_EVENTS_OK) return result;
  return iot_events_done(client, client->config.transport(client->config.platform, &request, reply));
}

uint32_t iot_events_wait_ms(iot_events_client *client) {
  const uint64_t now_ms = uptime(client);
  uint64_t until;
  lock(client);
  until = client->wait_until;
  unlock(client);
  return now_ms >= until ? 0 : (uint32_t)(until - now_ms);
}

void iot_events_retry_now(iot_events_client *client) {
  lock(client);
  client->wait_until = 0;
  client->start_wait_ms = 0;
  unlock(client);
}

bool iot_events_time(iot_events_client *client, int64_t *now_ms) {
  const uint64_t uptime_ms = uptime(client);
  int64_t server_ms;
  uint64_t age_ms;
  lock(client);
  server_ms = client->server_ms;
  age_ms = uptime_ms - client->server_told_at;
  unlock(client);
  if (server_ms == IOT_EVENTS_NO_DATE || age_ms > LONGEST_TIME_MS) return false;
  *now_ms = server_ms + (int64_t)age_ms;
  return true;
}

size_t iot_events_pending(const iot_events_client *client) {
  size_t count;
  lock(client);
  count = client->count;
  unlock(client);
  return count;
}

iot_events_counters iot_events_counts(const iot_events_client *client) {
  iot_events_counters counters;
  lock(client);
  counters = client->counters;
  unlock(client);
  return counters;
}

int iot_events_last_status(const iot_events_client *client) { return client->last_status; }

const char *iot_events_problem_type(iot_events_problem problem) {
  const size_t index = (size_t)problem;
  return problem_types[index < PROBLEM_TYPES ? index : 0];
}

const char *iot_events_result_text(iot_events_result result) {
  static const char *const texts[] = {
    "done", "the configuration is invalid", "the device is not a UUID", "the event type is invalid",
    "the id is invalid", "the date is not of the years 0 to 9999", "the value is invalid", "the event is too large",
    "the queue is full", "nothing is queued", "too early, or a request is under way", "no reply",
    "the server asks to try later", "the server refused the request", "the reply is not that of the API",
    "some events failed", "no network", "the image is damaged", "the image is of another version of the client",
  };
  const size_t index = (size_t)result;
  return index < sizeof texts / sizeof texts[0] ? texts[index] : "unknown";
}
