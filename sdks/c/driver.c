/* Answers the suite: reads commands, one line of JSON each, and prints a line of JSON for each. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/DevicesAPI.h"
#include "api/EventsAPI.h"
#include "api/ServiceAPI.h"

/* What the SDK does not return: headers, and the body of an error response. */
static char *link_header, *etag_header, *body;

static size_t keep_header(char *line, size_t size, size_t count, void *unused) {
  size_t length = size * count;
  (void)unused;
  if (length > 8 && strncasecmp(line, "link: ", 6) == 0) link_header = strndup(line + 6, length - 8);
  if (length > 8 && strncasecmp(line, "etag: ", 6) == 0) etag_header = strndup(line + 6, length - 8);
  return length;
}

static void hear_headers(CURL *curl) { curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, keep_header); }

static void keep_body(void **data, long *length) {
  free(body);
  body = strndup(*data, (size_t)*length);
}

static char *text(const cJSON *from, const char *name) {
  return cJSON_GetStringValue(cJSON_GetObjectItem(from, name));
}

static char *copy(const cJSON *from, const char *name) {
  char *found = text(from, name);
  return found ? strdup(found) : NULL;
}

/* The SDK does not escape parameters in the URL. */
static char *escaped(const cJSON *from, const char *name) {
  char *found = text(from, name);
  return found ? curl_easy_escape(NULL, found, 0) : NULL;
}

static object_t *value(const cJSON *event) {
  cJSON *found = cJSON_GetObjectItem(event, "value");
  object_t *object = found ? object_create() : NULL;
  if (object) object->temporary = cJSON_PrintUnformatted(found);
  return object;
}

/* The models' constructors are deprecated without a replacement. */
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

static cJSON *add_event(apiClient_t *client, const cJSON *args) {
  new_event_t *event = new_event_create(copy(args, "date"), copy(args, "deviceID"), copy(args, "eventType"), copy(args, "id"), value(args));
  event_receipt_t *receipt = EventsAPI_addEvent(client, event);
  return receipt ? event_receipt_convertToJSON(receipt) : NULL;
}

static cJSON *add_events(apiClient_t *client, const cJSON *args) {
  list_t *batch = list_createList();
  const cJSON *event;
  cJSON_ArrayForEach(event, args) {
    list_addElement(batch, batch_event_create(copy(event, "date"), copy(event, "deviceID"), copy(event, "eventType"), copy(event, "id"), value(event)));
  }
  list_t *results = EventsAPI_addEvents(client, batch);
  if (!results) return NULL;
  cJSON *data = cJSON_CreateArray();
  listEntry_t *entry;
  list_ForEach(entry, results) {
    batch_result_t *result = batch_result_parseFromJSON(cJSON_Parse(entry->data));
    cJSON_AddItemToArray(data, batch_result_convertToJSON(result));
  }
  return data;
}

static cJSON *get_events(apiClient_t *client, const cJSON *args) {
  const cJSON *limit = cJSON_GetObjectItem(args, "limit");
  char *order = text(args, "order");
  iot_events_api_getEvents_order_e direction =
      !order                      ? iot_events_api_getEvents_ORDER_NULL
      : strcmp(order, "asc") == 0 ? iot_events_api_getEvents_ORDER_asc
                                  : iot_events_api_getEvents_ORDER_desc;
  int count = limit ? limit->valueint : 0;
  list_t *events = EventsAPI_getEvents(client, text(args, "deviceID"), escaped(args, "eventType"), text(args, "date"), escaped(args, "from"), escaped(args, "to"), direction, limit ? &count : NULL, text(args, "cursor"), text(args, "ifNoneMatch"));
  if (!events) return NULL;
  cJSON *data = cJSON_CreateArray();
  listEntry_t *entry;
  list_ForEach(entry, events) {
    stored_event_t *event = stored_event_parseFromJSON(cJSON_Parse(entry->data));
    cJSON_AddItemToArray(data, event ? stored_event_convertToJSON(event) : cJSON_CreateNull());
  }
  return data;
}

static cJSON *get_latest_events(apiClient_t *client, const cJSON *args) {
  list_t *events = EventsAPI_getLatestEvents(client, text(args, "deviceID"), NULL);
  if (!events) return NULL;
  cJSON *data = cJSON_CreateArray();
  listEntry_t *entry;
  list_ForEach(entry, events) {
    latest_event_t *event = latest_event_parseFromJSON(cJSON_Parse(entry->data));
    cJSON_AddItemToArray(data, event ? latest_event_convertToJSON(event) : cJSON_CreateNull());
  }
  return data;
}

static cJSON *get_event_summary(apiClient_t *client, const cJSON *args) {
  list_t *summaries = EventsAPI_getEventSummary(client, text(args, "deviceID"), escaped(args, "eventType"), escaped(args, "from"), escaped(args, "to"), text(args, "interval"));
  if (!summaries) return NULL;
  cJSON *data = cJSON_CreateArray();
  listEntry_t *entry;
  list_ForEach(entry, summaries) {
    event_summary_t *summary = event_summary_parseFromJSON(cJSON_Parse(entry->data));
    cJSON_AddItemToArray(data, summary ? event_summary_convertToJSON(summary) : cJSON_CreateNull());
  }
  return data;
}

static cJSON *call(apiClient_t *client, const char *operation, const cJSON *args) {
  if (strcmp(operation, "addEvent") == 0) return add_event(client, args);
  if (strcmp(operation, "addEvents") == 0) return add_events(client, args);
  if (strcmp(operation, "getEvents") == 0) return get_events(client, args);
  if (strcmp(operation, "getLatestEvents") == 0) return get_latest_events(client, args);
  if (strcmp(operation, "getEventSummary") == 0) return get_event_summary(client, args);
  if (strcmp(operation, "getHealth") == 0) return health_convertToJSON(ServiceAPI_getHealth(client));
  DevicesAPI_deleteDeviceEvents(client, text(args, "deviceID"));
  return NULL;
}

static cJSON *answer(const cJSON *command) {
  list_t *keys = list_createList();
  list_addElement(keys, keyValuePair_create("x-api-key", text(command, "key")));
  apiClient_t *client = apiClient_create_with_base_path(getenv("BASE_URL"), NULL, keys);
  client->curl_pre_invoke_func = hear_headers;
  client->data_callback_func = keep_body;
  link_header = etag_header = body = NULL;
  cJSON *data = call(client, text(command, "op"), cJSON_GetObjectItem(command, "args"));
  cJSON *reply = cJSON_CreateObject();
  cJSON_AddNumberToObject(reply, "status", (double)client->response_code);
  if (data) cJSON_AddItemToObject(reply, "data", data);
  if (link_header) cJSON_AddStringToObject(reply, "link", link_header);
  if (etag_header) cJSON_AddStringToObject(reply, "etag", etag_header);
  if (client->response_code >= 400 && body) {
    problem_t *problem = problem_parseFromJSON(cJSON_Parse(body));
    if (problem) cJSON_AddItemToObject(reply, "problem", problem_convertToJSON(problem));
  }
  return reply;
}

int main(void) {
  char *line = NULL;
  size_t size = 0;
  while (getline(&line, &size, stdin) > 0) {
    cJSON *command = cJSON_Parse(line);
    puts(cJSON_PrintUnformatted(answer(command)));
    fflush(stdout);
    cJSON_Delete(command);
  }
  return 0;
}
