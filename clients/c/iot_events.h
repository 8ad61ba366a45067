/* SPDX-License-Identifier: MIT */
/*
 * iot_events: sends a device's events to the IoT events API. C99, no heap, no stdio, no global state.
 *
 * iot_events_add() writes an event as a compact record into a ring buffer that you provide. iot_events_flush() sends up
 * to 1,000 queued events as JSON in one POST /events/batch, through a transport that you provide, and removes the
 * events that the reply reports as stored or rejected. After any failure (no reply, an incomplete reply, 429, 5xx) the
 * events stay in the queue and are sent again later.
 *
 * Sending again is safe: the API stores an event once, and reports `duplicate` for a repetition. It identifies
 * an event by device, type, date and value, or by device, type, UTC day and `id` if it has an `id`. An event
 * without a date gets the time of arrival, which differs with each attempt; this library therefore gives it an
 * id (`<boot id>/<counter>`), unless you set one. Two limits:
 *  - Of two events with the same date and the same value, only one is stored, unless they have different ids.
 *  - An undated event is stored twice if its reply is lost just before midnight UTC and it is sent again after
 *    midnight. To avoid this, set the date from iot_events_time().
 *
 * Who may call what. Each function of the client has one of these marks:
 *  [sender]    the one task that sends: it flushes, or begins and is done.
 *  [any task]  any task, also while another one sends, if the config has `lock` and `unlock`; else only the sender.
 *  [anywhere]  also interrupt handlers: it uses nothing but its arguments.
 * Other functions must not be called from interrupt handlers: let the handler note the reading, and a task add it.
 * Callbacks may call each function marked [any task]; a nested flush returns IOT_EVENTS_WAITING.
 */
#ifndef IOT_EVENTS_H
#define IOT_EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this client; it is also in the header User-Agent. */
#define IOT_EVENTS_VERSION "1.0.0"

/* The API's limits: bytes of JSON per event, events per batch, bytes per request body. */
#define IOT_EVENTS_MAX_EVENT 16384u
#define IOT_EVENTS_MAX_BATCH 1000u
#define IOT_EVENTS_MAX_BODY 4194304ul

/*
 * The queue is a ring of records without gaps, each as long as its event needs:
 *
 *   2 bytes   the length of the rest minus one (14 bits), and what the reply says of the event (2 bits)
 *   1 byte    marks: the problem that it was rejected for (3 bits), and which of these parts there are
 *  36 bytes   the device, unless it is that of the config
 *   n + 1     the event type and a NUL
 *   7 bytes   the date, if there is one: milliseconds
 *   8 bytes   the boot id, if the id is a generated one; its counter follows as an id
 *   n + 1     the id and a NUL, if there is one
 *   n         the value, as the JSON that is sent
 *
 * Slots of one size would have to be as large as the largest event; a ring takes a reading in about 30 bytes, and JSON
 * of 16 KiB. Values stay as JSON, since most numbers have fewer digits than the 9 bytes that they would take in binary,
 * and are sent exactly as they were added. The parts around the value, most of an event, become JSON when it is sent.
 *
 * Buffer sizes in bytes, for use at compile time:
 *
 * IOT_EVENTS_EVENT_SIZE: the most JSON that an event takes, with its date, given the bytes of its eventType, its id and
 * its value. For the value, count the bytes of its JSON: in text, a quote or backslash counts twice, and six times a
 * byte that is not UTF-8, a control character and U+FFFD.
 * IOT_EVENTS_AUTO_ID: the longest id that the library generates.
 * IOT_EVENTS_READINGS_SIZE: a queue that holds that many events of the config's device, dated or undated, without ids
 * of their own, given the bytes of eventType and value.
 * IOT_EVENTS_QUEUE_SIZE: a queue that holds that many events of that IOT_EVENTS_EVENT_SIZE, of any devices and with ids
 * of their own.
 * IOT_EVENTS_TRANSMIT_SIZE: a transmit buffer for batches of that many events of that size.
 * IOT_EVENTS_IMAGE_SIZE: what iot_events_save() writes at most, of a queue of that many bytes.
 */
#define IOT_EVENTS_AUTO_ID 27u
#define IOT_EVENTS_EVENT_SIZE(type_bytes, id_bytes, value_bytes)                                       \
  (sizeof "{\"deviceID\":\"8f188304-e7b3-4a16-a243-b9470468478a\",\"eventType\":\"\","                 \
          "\"date\":\"2026-05-05T17:19:35.000Z\",\"id\":\"\",\"value\":}" -                            \
   1u + (type_bytes) + (id_bytes) + (value_bytes))
#define IOT_EVENTS_RECORD_OVERHEAD 3u
/* A counter of 10 digits, and two NULs. */
#define IOT_EVENTS_READINGS_SIZE(readings, type_bytes, value_bytes) \
  ((readings) * (IOT_EVENTS_RECORD_OVERHEAD + 8u + 10u + 2u + (type_bytes) + (value_bytes)))
/* The device, the date and two NULs instead of JSON around type, id and value. */
#define IOT_EVENTS_QUEUE_SIZE(events, event_size) \
  ((events) * ((event_size) - IOT_EVENTS_EVENT_SIZE(0u, 0u, 0u) + IOT_EVENTS_RECORD_OVERHEAD + 36u + 7u + 2u))
#define IOT_EVENTS_TRANSMIT_SIZE(events, event_size) \
  ((events) * ((event_size) + 1u) + sizeof "{\"events\":[]}" - 2u)
#define IOT_EVENTS_IMAGE_SIZE(queue_size) ((queue_size) + 52u)

/* What a function returns: IOT_EVENTS_OK, or why it did not do what it was asked. */
typedef enum {
  IOT_EVENTS_OK = 0,
  /* From iot_events_init. */
  IOT_EVENTS_BAD_CONFIG,     /* a callback, key, boot id or buffer is missing or unusable, or device_id is no UUID */
  /* From iot_events_add: the event was not queued. */
  IOT_EVENTS_INVALID_DEVICE, /* not a UUID */
  IOT_EVENTS_INVALID_TYPE,   /* not 1 to 128 letters, digits and -:./_ beginning with a letter or digit */
  IOT_EVENTS_INVALID_ID,     /* not 1 to 64 of the same characters */
  IOT_EVENTS_INVALID_DATE,   /* before the year 0000 or after 9999 */
  IOT_EVENTS_INVALID_VALUE,  /* not JSON, or it has a number that JSON or a double cannot hold: send it as text */
  IOT_EVENTS_TOO_LARGE,      /* over 16,384 bytes of JSON with its date, or larger than one of the two buffers */
  IOT_EVENTS_FULL,           /* no room, and no event may be dropped: not asked for, or all are being sent */
  /* From iot_events_flush. */
  IOT_EVENTS_EMPTY,          /* nothing is queued; the transport was not called */
  IOT_EVENTS_WAITING,        /* too early (iot_events_wait_ms), or a request is under way; nothing was sent */
  IOT_EVENTS_NO_ANSWER,      /* all events stay: the transport got no complete reply */
  IOT_EVENTS_TRY_LATER,      /* all events stay: the status was 429 or 5xx */
  IOT_EVENTS_REFUSED,        /* all events stay: another status, such as 403 for an invalid key */
  IOT_EVENTS_BAD_REPLY,      /* all events stay: a 207 whose body is not that of the API */
  IOT_EVENTS_PARTLY_FAILED,  /* some events failed and stay; the others left the queue */
  IOT_EVENTS_OFFLINE,        /* all events stay: the transport has no network */
  /* From iot_events_restore: nothing was queued. */
  IOT_EVENTS_BAD_IMAGE,      /* not an image, or one that was not written to its end */
  IOT_EVENTS_OTHER_FORMAT    /* a whole image, but of a version of this client that writes another format */
} iot_events_result;

/* What a result means, in English, for logs. [anywhere] */
const char *iot_events_result_text(iot_events_result result);

/* Why an event was rejected: the `type` of its problem. iot_events_problem_type() gives the text. */
typedef enum {
  IOT_EVENTS_PROBLEM_OTHER = 0,
  IOT_EVENTS_PROBLEM_INVALID_REQUEST,   /* /problems/invalid-request */
  IOT_EVENTS_PROBLEM_PAYLOAD_TOO_LARGE, /* /problems/payload-too-large */
  IOT_EVENTS_PROBLEM_CLOCK_SKEW,        /* /problems/clock-skew: see iot_events_time */
  IOT_EVENTS_PROBLEM_DEVICE_NOT_ALLOWED /* /problems/device-not-allowed: the API key is limited to other devices */
} iot_events_problem;

/* ---------------------------------------------------------------- events */

typedef enum {
  IOT_EVENTS_NULL = 0,
  IOT_EVENTS_BOOL,
  IOT_EVENTS_DECIMAL,
  IOT_EVENTS_NUMBER,
  IOT_EVENTS_STRING,
  IOT_EVENTS_JSON
} iot_events_kind;

/* A value. Create it with the functions below; its text must stay valid until iot_events_add() has returned. */
typedef struct {
  iot_events_kind kind;
  int64_t number;
  unsigned decimals;
  const char *text;
  size_t length;
} iot_events_value;

/* These functions are all [anywhere]. JSON's null, true and false. */
iot_events_value iot_events_null(void);
iot_events_value iot_events_bool(bool value);
/* An integer from -2^53 to 2^53. iot_events_add() refuses others, since a double cannot hold them: send text. */
iot_events_value iot_events_integer(int64_t value);
/* mantissa / 10^decimals, without floating point: iot_events_decimal(2150, 2) is 21.50. At most 18 decimals. */
iot_events_value iot_events_decimal(int64_t mantissa, unsigned decimals);
#ifndef IOT_EVENTS_NO_DOUBLE
/*
 * A double, rounded to that many decimals, at most 9. iot_events_add() refuses NaN, the infinities, and numbers
 * of which |value| × 10^decimals is 2^53 or more.
 */
iot_events_value iot_events_double(double value, unsigned decimals);
#endif
/*
 * A number from its JSON text, such as "6.02e23". The decimal separator is a point, whatever the locale.
 * iot_events_add() refuses it if a double cannot hold it: beyond 1.79e308, below 4.9e-324, or beyond 2^53 with digits
 * that are not those of a double (15 always are). The same holds for the numbers in iot_events_json().
 */
iot_events_value iot_events_number(const char *text);
/* Text, NUL-terminated or of `length` bytes. Bytes that are not UTF-8 become U+FFFD, which is sent as \ufffd. */
iot_events_value iot_events_string(const char *text);
iot_events_value iot_events_text(const char *text, size_t length);
/*
 * JSON, sent unchanged but for U+FFFD, which is sent as \ufffd. iot_events_add() checks that it is well-formed UTF-8
 * and at most 32 levels deep.
 */
iot_events_value iot_events_json(const char *json, size_t length);

/* No date: the server uses the time of arrival. */
#define IOT_EVENTS_NO_DATE INT64_MIN

/* An event. Create it with iot_events_event_of(). Texts are NUL-terminated, and not used after iot_events_add(). */
typedef struct {
  const char *device_id;  /* a UUID; NULL: that of the config */
  const char *event_type;
  const char *id;         /* NULL: no id if there is a date, otherwise a generated one */
  int64_t date_ms;        /* milliseconds since 1970-01-01T00:00:00Z, or IOT_EVENTS_NO_DATE */
  iot_events_value value;
} iot_events_event;

/* Creates an event for the device of the config, without a date and without an id. */
iot_events_event iot_events_event_of(const char *event_type, iot_events_value value);

/* ---------------------------------------------------------------- the transport */

/* A header of the request; both texts are NUL-terminated. */
typedef struct {
  const char *name;
  const char *value;
} iot_events_header;

/* A request for the transport to send. The transport adds the headers of the connection: Host, Content-Length. */
typedef struct {
  const char *method;
  const char *path; /* to append to the base URL: /events/batch by default */
  const iot_events_header *headers;
  size_t header_count;
  const char *body; /* not NUL-terminated */
  size_t body_length;
} iot_events_request;

/* The reply. The transport fills it with the two functions below. [sender] */
typedef struct iot_events_reply iot_events_reply;

/*
 * Sends the request, and passes on the headers and the body of the reply as they arrive, the body in pieces of
 * any size. Returns the HTTP status, or 0 if there is no reply or an incomplete one (fewer bytes than
 * Content-Length or the chunks announce); what it passed on is then ignored. It must limit its own time: at
 * least 30 s, since the API may take up to 29 s. If the device knows that it has no network, it returns
 * IOT_EVENTS_NO_LINK: the server is then not to blame, and waits do not grow. `user` is the config's `platform`.
 */
#define IOT_EVENTS_NO_LINK (-1)
typedef int (*iot_events_transport)(void *user, const iot_events_request *request, iot_events_reply *reply);

/* Passes on a header of the reply, without its line end. Only Retry-After and Date are used; others may be passed. */
void iot_events_reply_header(iot_events_reply *reply, const char *name, size_t name_length,
                             const char *value, size_t value_length);
/* Passes on the next bytes of the reply's body, with chunked encoding removed. */
void iot_events_reply_body(iot_events_reply *reply, const char *bytes, size_t length);

/* ---------------------------------------------------------------- the client */

/*
 * Settings. Start from a zeroed struct: zero means the default. Required are api_key, boot_id, queue and queue_size,
 * transmit and transmit_size, millis, random; and transport, unless you use iot_events_begin().
 */
#define IOT_EVENTS_NO_WAIT UINT32_MAX
typedef struct {
  const char *api_key;        /* sent in the header x-api-key; visible ASCII */
  const char *device_id;      /* a UUID, also of the events that are queued; NULL if each event has its own */
  /*
   * Identifies this boot in the ids of undated events; not 0. Take 64 bits of a hardware or system source of random
   * numbers, or a counter of boots kept in flash; never the clock, nor rand(). If a device uses a value twice on a
   * day, also after deep sleep, the API takes new events for duplicates.
   */
  uint64_t boot_id;
  void *queue;                /* the ring buffer, see IOT_EVENTS_QUEUE_SIZE */
  size_t queue_size;
  char *transmit;             /* holds a request's body, see IOT_EVENTS_TRANSMIT_SIZE */
  size_t transmit_size;
  bool drop_oldest;           /* that is not being sent, when the queue is full; otherwise iot_events_add refuses */
  const char *path;           /* NULL: /events/batch */
  size_t batch_events;        /* most events per batch; 0: 1,000 */
  /*
   * Waits are random, so that a fleet that was cut off together does not come back together. The first event after
   * iot_events_init() waits up to start_wait_ms; 0: 30,000. IOT_EVENTS_NO_WAIT: not at all, for a device that wakes
   * by a timer of its own, sends and sleeps. After a failure, an eighth to all of first_wait_ms (0: 45,000), which
   * doubles with each further failure up to longest_wait_ms (0: 300,000). Retry-After may ask for more, up to a day.
   */
  uint32_t start_wait_ms, first_wait_ms, longest_wait_ms;
  iot_events_transport transport;
  uint32_t (*millis)(void *user);     /* a monotonic clock in milliseconds; may wrap round. [any task] */
  uint32_t (*random)(void *user);     /* 32 random bits, which differ between devices that start together */
  /*
   * A mutex, for tasks that add while another one sends. It need not be recursive, and is held for as long as it
   * takes to copy the queue once, or to write a batch of it as JSON; not while the transport or a callback runs, except millis. NULL: one task only.
   */
  void (*lock)(void *user);
  void (*unlock)(void *user);
  /*
   * Called when the server rejected an event because of its date (clock skew). Returns the right date, usually
   * date_ms plus what the device's clock was behind server_ms, the time of the server: the event stays in the queue
   * and is sent again with it. IOT_EVENTS_NO_DATE: the event is rejected; so it is if the new date is refused, too.
   * If NULL, the event is rejected.
   */
  int64_t (*mend_date)(void *user, int64_t date_ms, int64_t server_ms);
  /* Called when an event was rejected and leaves the queue; `event` is its JSON, without a NUL. May be NULL. */
  void (*on_rejected)(void *user, iot_events_problem problem, const char *event, size_t length);
  /*
   * Called once per reply with the server's time, in milliseconds since 1970-01-01T00:00:00Z: from `serverTime`
   * of a problem (exact) or from the header Date (whole seconds). It is as trustworthy as the transport. May be NULL.
   */
  void (*on_server_time)(void *user, int64_t server_ms, bool exact);
  /*
   * Compresses a request's body with gzip, to save data volume; NULL: it is sent as it is. Reads `length` bytes, writes
   * at most `size` into the buffer `compressed`, which never needs more than the body has, and returns how many. It
   * returns 0 if it fails or they do not fit: the body is then sent as it is, and so is that of the request after one
   * that was compressed and refused (IOT_EVENTS_REFUSED). Called by iot_events_begin() and iot_events_flush().
   */
  size_t (*compress)(void *user, const char *body, size_t length, char *compressed, size_t size);
  char *compressed;           /* required with compress */
  size_t compressed_size;
  void *user;                 /* passed to each callback */
  void *platform;             /* passed to transport, millis and random instead; NULL: user */
} iot_events_config;

/* Counts since iot_events_init(). */
typedef struct {
  uint32_t created;    /* events stored */
  uint32_t duplicates; /* events that an earlier attempt had stored */
  uint32_t rejected;   /* events that the API rejected */
  uint32_t dropped;    /* events dropped unsent to make room for newer ones */
  uint32_t attempts;   /* requests begun */
  uint32_t failures;   /* attempts after which events stayed and a wait began, unless the device had no network */
  uint32_t mended;     /* rejected events that mend_date has given another date */
} iot_events_counters;

/* The fields of the following structs are internal and may change. */
typedef struct {
  uint32_t objects; /* one bit per level: 1 for an object, 0 for an array */
  const char *rest; /* of a literal: the characters still expected */
  uint32_t code;    /* of a \u escape */
  uint8_t depth, state, hex_left, length;
  bool is_key;
  char token[32];
} iot_events_scanner;

typedef struct iot_events_client iot_events_client;

struct iot_events_reply {
  iot_events_client *client;
  iot_events_scanner scanner;
  size_t item, cursor;
  int64_t date_ms, server_ms, retry_at_ms;
  uint64_t told_at;
  uint32_t retry_after_s;
  uint8_t keys[5], status, problem;
  bool has_retry_after;
};

struct iot_events_client {
  iot_events_config config;
  uint8_t *queue;
  size_t head, used, count, batch, batch_bytes, batch_limit;
  uint64_t uptime_ms, wait_until, server_told_at;
  int64_t server_ms;
  uint32_t next_id, last_millis, start_wait_ms;
  int last_status;
  uint8_t failures_in_a_row, phase;
  bool is_compressed, is_plain_next;
  iot_events_counters counters;
  iot_events_header headers[4];
  iot_events_reply reply;
};

/*
 * Prepares a client. Copies the config, but not what it points at: key, device, path and buffers must stay valid, and
 * the device the same. Returns IOT_EVENTS_OK or IOT_EVENTS_BAD_CONFIG. Calling it again empties the queue. [sender], while no other task adds.
 */
iot_events_result iot_events_init(iot_events_client *client, const iot_events_config *config);
/*
 * Validates an event and writes it into the queue; does not send. Returns IOT_EVENTS_OK, or why the event was not
 * queued. [any task]
 */
iot_events_result iot_events_add(iot_events_client *client, const iot_events_event *event);
/*
 * Sends one batch, unless it is too early; blocks as long as the transport does, which is up to a minute if a server
 * does not answer. While it returns IOT_EVENTS_OK, call it again; otherwise call it after iot_events_wait_ms(), or in
 * every pass of your main loop. If one event makes the API refuse a whole batch (400, 413), batches are halved until
 * that event is alone; it is then rejected, so that it does not block the others. [sender]
 */
iot_events_result iot_events_flush(iot_events_client *client);
/*
 * The same without blocking, for an event loop, lwIP or a modem. If iot_events_begin() returns IOT_EVENTS_OK, send the
 * request that it filled in, and give what arrives to the reply: with iot_events_reply_header() and
 * iot_events_reply_body(), or with iot_events_http.h if you have bytes of a connection. At the end, or whenever you
 * give up, call iot_events_done() with the HTTP status, 0 or IOT_EVENTS_NO_LINK, as a transport returns it: it returns
 * what iot_events_flush() would. The request is valid until then. Without a request under way, iot_events_done()
 * returns IOT_EVENTS_EMPTY, and what is given to the reply is ignored. [sender]
 */
iot_events_result iot_events_begin(iot_events_client *client, iot_events_request *request, iot_events_reply **reply);
iot_events_result iot_events_done(iot_events_client *client, int status);
/* Milliseconds until a flush may send; 0: now. [sender] */
uint32_t iot_events_wait_ms(iot_events_client *client);
/*
 * Lets the next flush send at once, for instance because a person waits. Do not use it to bypass Retry-After, nor when
 * the network is back: a whole fleet would come back at that moment. [sender]
 */
void iot_events_retry_now(iot_events_client *client);
/*
 * Takes another API key, which must stay valid; the queue stays as it is. Returns IOT_EVENTS_OK or
 * IOT_EVENTS_BAD_CONFIG. A request under way keeps the old key, which must stay valid until it has ended. [sender]
 */
iot_events_result iot_events_set_key(iot_events_client *client, const char *api_key);
/*
 * Copies the queue into `image`, for instance before deep sleep or a reset; returns its length, or 0 if it is longer
 * than `size` (IOT_EVENTS_IMAGE_SIZE). While no request is under way, the transmit buffer may serve as `image`.
 * [any task]
 */
size_t iot_events_save(iot_events_client *client, void *image, size_t size);
/*
 * Adds the events of an image to the queue: all, or none. `length` may be more than the image has. The events keep
 * their device and their ids, so that those that were sent in the meantime are stored once. Returns IOT_EVENTS_OK;
 * BAD_IMAGE if the checksum is wrong; OTHER_FORMAT if the image is whole, but of a client whose queue was JSON, or of a
 * later one; FULL or TOO_LARGE if a buffer is smaller than that of the client which saved it. If the config now has
 * another device, each event of the former one takes 36 bytes more. [any task]
 */
iot_events_result iot_events_restore(iot_events_client *client, const void *image, size_t length);
/*
 * Computes the server's time from the last reply and the clock `millis`, in milliseconds since 1970-01-01T00:00:00Z:
 * to within about a second, and as much as `millis` has drifted since (100 ppm are 9 s a day). Returns false, and
 * leaves `now_ms` unchanged, if no reply has had a time in the last 49 days. `millis` wraps round after 49.7 days: add,
 * flush, ask for the wait or the time at least every 49 days. [any task]
 */
bool iot_events_time(iot_events_client *client, int64_t *now_ms);
/* Number of queued events. [any task] */
size_t iot_events_pending(const iot_events_client *client);
/* The counters. [any task] */
iot_events_counters iot_events_counts(const iot_events_client *client);
/* HTTP status of the last attempt; 0 if there was none or no reply. [sender] */
int iot_events_last_status(const iot_events_client *client);
/* The `type` of a problem as in the contract; "about:blank" for others. [anywhere] */
const char *iot_events_problem_type(iot_events_problem problem);

/*
 * Writes an instant as RFC 3339 in UTC: 24 characters and a NUL. Returns false if it is before the year 0000 or
 * after 9999. [anywhere]
 */
bool iot_events_format_date(int64_t date_ms, char text[25]);

#ifdef __cplusplus
}
#endif

#endif
