/*
 * iot_events: sends a device's events to the IoT events API. C99, no heap, no stdio, no global state.
 *
 * iot_events_add() writes an event as JSON into a ring buffer of yours; iot_events_flush() sends up to
 * 1,000 of them as one POST /events/batch, through a transport of yours, and takes out of the queue
 * what the reply says is stored. Whatever else happens (no answer, half an answer, 429, 5xx), the events
 * stay and are sent again later.
 *
 * Sending again is safe. The API knows an event by its device, type, instant and value, or by its device,
 * type, UTC day and `id` where it has one, and stores it once; the second time it says `duplicate`. An
 * event without a date gets its instant from the server, another one each time, so this library gives it
 * an id (`<boot id>/<counter>`), unless you do. Two limits: of two events with one date and an equal
 * value only one is stored, unless they have ids; and an undated event whose reply is lost just before
 * midnight UTC and that is sent again after it is stored on both days. Take iot_events_time() as the date
 * to rule that out.
 *
 * One client is for one thread at a time, and not for interrupts. Callbacks may add events, but while a
 * flush runs none is dropped to make room: IOT_EVENTS_FULL is the answer then.
 */
#ifndef IOT_EVENTS_H
#define IOT_EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The API's limits. */
#define IOT_EVENTS_MAX_EVENT 16384u
#define IOT_EVENTS_MAX_BATCH 1000u
#define IOT_EVENTS_MAX_BODY 4194304ul

/*
 * Buffer sizes, at compile time. An event takes at most IOT_EVENTS_EVENT_SIZE bytes of JSON for an
 * eventType, an id and a value of so many bytes; of the text inside, a quote or backslash counts twice, a
 * byte that is not UTF-8 three times and a control character six times. An id that the library makes has
 * up to IOT_EVENTS_AUTO_ID bytes.
 */
#define IOT_EVENTS_AUTO_ID 19u
#define IOT_EVENTS_EVENT_SIZE(type_bytes, id_bytes, value_bytes)                                       \
  (sizeof "{\"deviceID\":\"8f188304-e7b3-4a16-a243-b9470468478a\",\"eventType\":\"\","                 \
          "\"date\":\"2026-05-05T17:19:35.000Z\",\"id\":\"\",\"value\":}" -                            \
   1u + (type_bytes) + (id_bytes) + (value_bytes))
#define IOT_EVENTS_RECORD_OVERHEAD 3u
#define IOT_EVENTS_QUEUE_SIZE(events, event_size) ((events) * ((event_size) + IOT_EVENTS_RECORD_OVERHEAD))
#define IOT_EVENTS_TRANSMIT_SIZE(events, event_size) ((events) * ((event_size) + 1u) + 1u)

typedef enum {
  IOT_EVENTS_OK = 0,
  /* iot_events_init */
  IOT_EVENTS_BAD_CONFIG,     /* a callback, key or buffer is missing, or the device is no UUID */
  /* iot_events_add: the event is not in the queue */
  IOT_EVENTS_INVALID_DEVICE, /* not a UUID */
  IOT_EVENTS_INVALID_TYPE,   /* not 1 to 128 characters of UTF-8 that are not all blank */
  IOT_EVENTS_INVALID_ID,     /* not 1 to 64 characters of UTF-8 that are not all blank */
  IOT_EVENTS_INVALID_DATE,   /* before year 0000 or after 9999 */
  IOT_EVENTS_INVALID_VALUE,  /* no JSON, or a number that JSON or a double cannot hold */
  IOT_EVENTS_TOO_LARGE,      /* over 16,384 bytes of JSON, or larger than one of the two buffers */
  IOT_EVENTS_FULL,           /* no room, and the oldest may not be dropped */
  /* iot_events_flush */
  IOT_EVENTS_EMPTY,          /* nothing is queued; the transport was not called */
  IOT_EVENTS_WAITING,        /* too early, see iot_events_wait_ms; the transport was not called */
  IOT_EVENTS_NO_ANSWER,      /* everything stays: the transport had no complete reply */
  IOT_EVENTS_TRY_LATER,      /* everything stays: 429 or 5xx */
  IOT_EVENTS_REFUSED,        /* everything stays: another status, such as 403 for a bad key */
  IOT_EVENTS_BAD_REPLY,      /* everything stays: a 207 that is not what the API says */
  IOT_EVENTS_PARTLY_FAILED   /* the reply was obeyed; some events are to be sent again, and stay */
} iot_events_result;

/* Why an event was rejected: the `type` of its problem. */
typedef enum {
  IOT_EVENTS_PROBLEM_OTHER = 0,
  IOT_EVENTS_PROBLEM_INVALID_REQUEST,   /* /problems/invalid-request */
  IOT_EVENTS_PROBLEM_PAYLOAD_TOO_LARGE, /* /problems/payload-too-large */
  IOT_EVENTS_PROBLEM_CLOCK_SKEW,        /* /problems/clock-skew: see iot_events_time */
  IOT_EVENTS_PROBLEM_DEVICE_NOT_ALLOWED /* /problems/device-not-allowed: not with this key */
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

/* Made by the functions below; texts are not copied before iot_events_add. */
typedef struct {
  iot_events_kind kind;
  int64_t number;
  unsigned decimals;
  const char *text;
  size_t length;
} iot_events_value;

iot_events_value iot_events_null(void);
iot_events_value iot_events_bool(bool value);
/* Beyond ±2^53 an integer is refused, since a double does not hold it: send it as a string. */
iot_events_value iot_events_integer(int64_t value);
/* A number without floating point: iot_events_decimal(2150, 2) is 21.50. At most 18 decimals. */
iot_events_value iot_events_decimal(int64_t mantissa, unsigned decimals);
#ifndef IOT_EVENTS_NO_DOUBLE
/* Rounded to so many decimals, at most 9. Refused: NaN, the infinities, value × 10^decimals beyond ±2^53. */
iot_events_value iot_events_double(double value, unsigned decimals);
#endif
/* The text of a JSON number, such as "6.02e23"; whatever the locale, with a point. */
iot_events_value iot_events_number(const char *text);
/* Text; what is not UTF-8 in it becomes U+FFFD, so that garbled text does not cost the event. */
iot_events_value iot_events_string(const char *text);
iot_events_value iot_events_text(const char *text, size_t length);
/* JSON as it is; checked when it is added (well-formed, UTF-8, at most 32 levels deep). */
iot_events_value iot_events_json(const char *json, size_t length);

/* No date: the server takes the instant of arrival. */
#define IOT_EVENTS_NO_DATE INT64_MIN

/* Start from iot_events_event_of(). Texts are NUL-terminated, and not needed after iot_events_add. */
typedef struct {
  const char *device_id;  /* NULL: the client's */
  const char *event_type;
  const char *id;         /* NULL: none if there is a date, else one is made */
  int64_t date_ms;        /* milliseconds since 1970-01-01T00:00:00Z, or IOT_EVENTS_NO_DATE */
  iot_events_value value;
} iot_events_event;

/* An event of the client's device, without date and id. */
iot_events_event iot_events_event_of(const char *event_type, iot_events_value value);

/* ---------------------------------------------------------------- the transport */

typedef struct {
  const char *name;
  const char *value;
} iot_events_header;

/* The transport adds what concerns the connection: Host, Content-Length. */
typedef struct {
  const char *method;
  const char *path; /* from the base URL on, such as /events/batch */
  const iot_events_header *headers;
  size_t header_count;
  const char *body;
  size_t body_length;
} iot_events_request;

/* What the transport fills, by the two functions below. */
typedef struct iot_events_reply iot_events_reply;

/*
 * Sends the request and passes on each header and the body, in pieces of any size, as they come. Returns
 * the HTTP status, or 0 where there is no answer or only a part of one (fewer bytes than Content-Length
 * or the chunks said): what was passed on is then ignored. It must bound its own time, and should let a
 * server have the 29 s that the API allows itself.
 */
typedef int (*iot_events_transport)(void *user, const iot_events_request *request, iot_events_reply *reply);

/* A header of the reply; all may be passed on, Retry-After and Date are looked at. */
void iot_events_reply_header(iot_events_reply *reply, const char *name, size_t name_length,
                             const char *value, size_t value_length);
/* The next bytes of the reply's body, without any transfer encoding. */
void iot_events_reply_body(iot_events_reply *reply, const char *bytes, size_t length);

/* ---------------------------------------------------------------- the client */

typedef struct {
  const char *api_key;
  const char *device_id;      /* a UUID; NULL if each event names its own */
  /*
   * Names this boot in the ids of undated events: a random number that is never the same again, or a count
   * of boots kept in flash. The same one twice on a day makes new events look like old ones.
   */
  uint32_t boot_id;
  void *queue;                /* see IOT_EVENTS_QUEUE_SIZE */
  size_t queue_size;
  char *transmit;             /* see IOT_EVENTS_TRANSMIT_SIZE; bounds a batch */
  size_t transmit_size;
  bool drop_oldest;           /* where the queue is full; else iot_events_add refuses */
  const char *path;           /* NULL: /events/batch */
  size_t batch_events;        /* at most so many events a batch; 0: 1,000 */
  uint32_t first_wait_ms;     /* after a failure, doubled each time; 0: 1,000 */
  uint32_t longest_wait_ms;   /* 0: 300,000; a Retry-After may be longer, up to a day */
  iot_events_transport transport;
  uint32_t (*millis)(void *user);     /* milliseconds that never go back, but may wrap round */
  uint32_t (*random)(void *user);     /* any 32 bits: keeps a fleet from coming back at one instant */
  /* An event left the queue unstored; `event` is its JSON, without a NUL. May be NULL. */
  void (*on_rejected)(void *user, iot_events_problem problem, const char *event, size_t length);
  /*
   * The server's time, once per reply: of `serverTime` (exact) or of the header Date (within a second).
   * Minus your own clock it is your offset. Trust it as far as you trust the transport. May be NULL.
   */
  void (*on_server_time)(void *user, int64_t server_ms, bool exact);
  void *user;                 /* handed to each callback */
} iot_events_config;

typedef struct {
  uint32_t created;
  uint32_t duplicates; /* were stored by an earlier sending */
  uint32_t rejected;
  uint32_t dropped;    /* made room for newer ones, unsent */
  uint32_t attempts;   /* calls of the transport */
  uint32_t failures;   /* those after which events stayed */
} iot_events_counters;

/* The rest of this file's structs are the library's own: their fields may change. */
typedef struct {
  uint32_t objects; /* a bit per level: object, else array */
  const char *rest; /* of a literal */
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
  uint32_t retry_after_s, told_at;
  uint8_t keys[4], status, problem;
  bool has_retry_after;
};

struct iot_events_client {
  iot_events_config config;
  uint8_t *queue;
  size_t head, used, count, batch, batch_limit;
  uint32_t next_id, waiting_since, wait_ms, server_told_at;
  int64_t server_ms;
  int last_status;
  uint8_t failures_in_a_row;
  bool busy;
  iot_events_counters counters;
  iot_events_reply reply;
};

/* Takes the buffers; the config is copied, what it points at is not. */
iot_events_result iot_events_init(iot_events_client *client, const iot_events_config *config);
/* Puts an event into the queue. */
iot_events_result iot_events_add(iot_events_client *client, const iot_events_event *event);
/*
 * Sends one batch, unless it is too early. Call it again while it returns IOT_EVENTS_OK; otherwise after
 * iot_events_wait_ms, or whenever your loop comes round. A batch that is refused whole for one event in
 * it (400, 413) is halved until that event is alone; it is then rejected, so that it jams nothing.
 */
iot_events_result iot_events_flush(iot_events_client *client);
/* How long until a flush may send: 0 is now. */
uint32_t iot_events_wait_ms(const iot_events_client *client);
/* Lets the next flush send at once, say when the network is back. Not after a Retry-After, please. */
void iot_events_retry_now(iot_events_client *client);
/* The server's time now, if a reply told it in the last 49 days: within a second or so. */
bool iot_events_time(const iot_events_client *client, int64_t *now_ms);
/* How many events are queued. */
size_t iot_events_pending(const iot_events_client *client);
iot_events_counters iot_events_counts(const iot_events_client *client);
/* The HTTP status of the last attempt; 0 where there was no answer. */
int iot_events_last_status(const iot_events_client *client);
/* The `type` of a problem as the contract has it; "about:blank" for others. */
const char *iot_events_problem_type(iot_events_problem problem);

/* Writes an instant as RFC 3339, 24 characters and a NUL; false if its year has not four digits. */
bool iot_events_format_date(int64_t date_ms, char text[25]);

#ifdef __cplusplus
}
#endif

#endif
