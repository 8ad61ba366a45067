/* Answers the suite: reads commands, one line of JSON each, and prints a line of JSON for each. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/DevicesAPI.h"
#include "api/EventsAPI.h"
#include "api/ServiceAPI.h"
#include "api/StreamsAPI.h"

/* What the SDK does not return: the ETag, the body of an error response, and the status of a stream that is cut. */
static char *etag_header, *body;
static int stream_status;

static size_t keep_header(char *line, size_t size, size_t count, void *unused) {
  size_t length = size * count;
  (void)unused;
  if (strncmp(line, "HTTP/1.1 ", 9) == 0) stream_status = atoi(line + 9);
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

static new_event_t *new_event(const cJSON *from) {
  return new_event_create(copy(from, "date"), copy(from, "deviceID"), copy(from, "eventType"), copy(from, "id"), value(from), NULL);
}

static cJSON *add_event(apiClient_t *client, const cJSON *args, cJSON *reply) {
  event_result_t *result = EventsAPI_addEvent(client, new_event(args));
  cJSON_AddBoolToObject(reply, "isDuplicate", result && strcmp(result->status, "duplicate") == 0);
  return result ? event_result_convertToJSON(result) : NULL;
}

static cJSON *add_events(apiClient_t *client, const cJSON *args) {
  list_t *events = list_createList();
  const cJSON *event;
  cJSON_ArrayForEach(event, args) { list_addElement(events, new_event(event)); }
  batch_report_t *report = EventsAPI_addEvents(client, event_batch_create(events));
  return report ? batch_report_convertToJSON(report) : NULL;
}

static event_page_t *list_page(apiClient_t *client, const cJSON *args, char *cursor) {
  const cJSON *limit = cJSON_GetObjectItem(args, "limit");
  char *order = text(args, "order");
  iot_events_api_listEvents_order_e direction =
      !order                      ? iot_events_api_listEvents_ORDER_NULL
      : strcmp(order, "asc") == 0 ? iot_events_api_listEvents_ORDER_asc
                                  : iot_events_api_listEvents_ORDER_desc;
  int count = limit ? limit->valueint : 0;
  return EventsAPI_listEvents(client, text(args, "deviceID"), escaped(args, "eventType"), text(args, "date"), escaped(args, "since"), escaped(args, "until"), direction, limit ? &count : NULL, cursor, iot_events_api_listEvents_INCLUDE_NULL, text(args, "ifNoneMatch"));
}

static cJSON *list_events(apiClient_t *client, const cJSON *args) {
  event_page_t *page = list_page(client, args, text(args, "cursor"));
  return page ? event_page_convertToJSON(page) : NULL;
}

static cJSON *list_all_events(apiClient_t *client, const cJSON *args) {
  cJSON *all = cJSON_CreateArray();
  char *cursor = NULL;
  do {
    event_page_t *page = list_page(client, args, cursor);
    if (!page) return NULL;
    listEntry_t *entry;
    list_ForEach(entry, page->events) { cJSON_AddItemToArray(all, event_convertToJSON(entry->data)); }
    cursor = page->next_cursor;
  } while (cursor);
  return all;
}

static cJSON *list_latest_events(apiClient_t *client, const cJSON *args) {
  const cJSON *limit = cJSON_GetObjectItem(args, "limit");
  int count = limit ? limit->valueint : 0;
  event_page_t *page = EventsAPI_listLatestEvents(client, text(args, "deviceID"), escaped(args, "eventType"), limit ? &count : NULL, text(args, "cursor"), iot_events_api_listLatestEvents_INCLUDE_NULL);
  return page ? event_page_convertToJSON(page) : NULL;
}

static cJSON *summarize_events(apiClient_t *client, const cJSON *args) {
  event_summary_t *summary = EventsAPI_summarizeEvents(client, text(args, "deviceID"), escaped(args, "eventType"), escaped(args, "since"), escaped(args, "until"), text(args, "interval"), escaped(args, "timeZone"), escaped(args, "pointer"), text(args, "ifNoneMatch"));
  return summary ? event_summary_convertToJSON(summary) : NULL;
}

static cJSON *export_events(apiClient_t *client, const cJSON *args) {
  char *lines = StreamsAPI_exportEvents(client, text(args, "deviceID"), escaped(args, "since"), escaped(args, "eventType"), NULL, NULL, iot_events_api_exportEvents_INCLUDE_NULL, iot_events_api_exportEvents_SEPARATOR_NULL, iot_events_api_exportEvents_DECIMALMARK_NULL, NULL);
  return lines ? cJSON_CreateString(lines) : NULL;
}

/* How many events of a stream are still to come. */
static int to_come;

/* Ends the transfer, which calls this again and again, once all events are there. */
static int cut_stream(void *unused, curl_off_t total, curl_off_t received, curl_off_t to_send, curl_off_t sent) {
  (void)unused, (void)total, (void)received, (void)to_send, (void)sent;
  int found = 0;
  for (char *at = body; at && (at = strstr(at, "\ndata:")) && (at = strstr(at, "\n\n")); at++) found++;
  return found >= to_come;
}

/* The copy of the contract has one text for all event types. The SDK does not escape it: it may be several parameters. */
static char *several_types(const cJSON *args) {
  static char all[4096];
  const cJSON *type;
  *all = 0;
  cJSON_ArrayForEach(type, cJSON_GetObjectItem(args, "eventType")) {
    if (*all) strcat(all, "&eventType=");
    strcat(all, curl_easy_escape(NULL, type->valuestring, 0));
  }
  return all;
}

static cJSON *stream_events(apiClient_t *client, const cJSON *args) {
  to_come = cJSON_GetObjectItem(args, "count")->valueint;
  client->progress_func = cut_stream;
  StreamsAPI_streamEvents(client, text(args, "deviceID"), several_types(args), NULL, text(args, "lastEventID"));
  client->response_code = stream_status;
  return body ? cJSON_CreateString(body) : NULL;
}

static cJSON *delete_events(apiClient_t *client, const cJSON *args) {
  const cJSON *dry_run = cJSON_GetObjectItem(args, "dryRun");
  char *flag = cJSON_IsTrue(dry_run) ? "true" : "false";
  event_count_t *count = EventsAPI_deleteEvents(client, text(args, "deviceID"), escaped(args, "eventType"), escaped(args, "since"), escaped(args, "until"), dry_run ? flag : NULL);
  return count ? event_count_convertToJSON(count) : NULL;
}

static cJSON *list_devices(apiClient_t *client, const cJSON *args) {
  const cJSON *limit = cJSON_GetObjectItem(args, "limit");
  int count = limit ? limit->valueint : 0;
  iot_events_api_listDevices_include_e include =
      text(args, "include") ? iot_events_api_listDevices_INCLUDE_latest : iot_events_api_listDevices_INCLUDE_NULL;
  device_page_t *page = DevicesAPI_listDevices(client, escaped(args, "lastReceivedBefore"), escaped(args, "eventType"), include, limit ? &count : NULL, text(args, "cursor"));
  return page ? device_page_convertToJSON(page) : NULL;
}

static cJSON *list_device_event_types(apiClient_t *client, const cJSON *args) {
  const cJSON *limit = cJSON_GetObjectItem(args, "limit");
  int count = limit ? limit->valueint : 0;
  device_event_type_page_t *page = DevicesAPI_listDeviceEventTypes(client, text(args, "deviceID"), limit ? &count : NULL, text(args, "cursor"));
  return page ? device_event_type_page_convertToJSON(page) : NULL;
}

static cJSON *call(apiClient_t *client, const char *operation, const cJSON *args, cJSON *reply) {
  if (strcmp(operation, "addEvent") == 0) return add_event(client, args, reply);
  if (strcmp(operation, "addEvents") == 0) return add_events(client, args);
  if (strcmp(operation, "listEvents") == 0) return list_events(client, args);
  if (strcmp(operation, "listAllEvents") == 0) return list_all_events(client, args);
  if (strcmp(operation, "listLatestEvents") == 0) return list_latest_events(client, args);
  if (strcmp(operation, "summarizeEvents") == 0) return summarize_events(client, args);
  if (strcmp(operation, "exportEvents") == 0) return export_events(client, args);
  if (strcmp(operation, "streamEvents") == 0) return stream_events(client, args);
  if (strcmp(operation, "deleteEvents") == 0) return delete_events(client, args);
  if (strcmp(operation, "listDevices") == 0) return list_devices(client, args);
  if (strcmp(operation, "listDeviceEventTypes") == 0) return list_device_event_types(client, args);
  if (strcmp(operation, "getDevice") == 0) {
    device_t *device = DevicesAPI_getDevice(client, text(args, "deviceID"));
    return device ? device_convertToJSON(device) : NULL;
  }
  if (strcmp(operation, "listEventTypes") == 0) {
    event_type_list_t *types = EventsAPI_listEventTypes(client, text(args, "ifNoneMatch"));
    return types ? event_type_list_convertToJSON(types) : NULL;
  }
  if (strcmp(operation, "getHealth") == 0) {
    health_t *health = ServiceAPI_getHealth(client);
    return health ? health_convertToJSON(health) : NULL;
  }
  if (strcmp(operation, "getReadiness") == 0) {
    readiness_t *readiness = ServiceAPI_getReadiness(client);
    return readiness ? readiness_convertToJSON(readiness) : NULL;
  }
  DevicesAPI_deleteDevice(client, text(args, "deviceID"));
  return NULL;
}

static cJSON *answer(const cJSON *command) {
  list_t *keys = list_createList();
  list_addElement(keys, keyValuePair_create("x-api-key", text(command, "key")));
  apiClient_t *client = apiClient_create_with_base_path(getenv("BASE_URL"), NULL, keys);
  client->curl_pre_invoke_func = hear_headers;
  client->data_callback_func = keep_body;
  etag_header = body = NULL;
  cJSON *reply = cJSON_CreateObject();
  cJSON *data = call(client, text(command, "op"), cJSON_GetObjectItem(command, "args"), reply);
  cJSON_AddNumberToObject(reply, "status", (double)client->response_code);
  if (data) cJSON_AddItemToObject(reply, "data", data);
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
