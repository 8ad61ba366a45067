import type { ExampleRequest } from '../../../openapi/example-request.ts';
import { isForCClient, toCClientCalls } from './to-c-client-calls.ts';
import { toCSettings } from './to-c-settings.ts';
import { toCTarget } from './to-c-target.ts';
import { toCText } from './to-c-text.ts';

/** A C program: with our client if it has the operation, else with libcurl. */
export const toC = (request: ExampleRequest): string =>
  isForCClient(request) ? toClientProgram(request) : toProgram(request);

function toProgram(request: ExampleRequest): string {
  const { method, body, needsKey } = request;
  const headers = [
    ...(needsKey ? ['"x-api-key: " API_KEY'] : []),
    ...(body === undefined ? [] : ['"content-type: application/json"']),
  ];
  const options = [
    `CURLOPT_URL, BASE_URL ${toCTarget(request)}`,
    ...(method === 'GET' || method === 'POST' ? [] : [`CURLOPT_CUSTOMREQUEST, "${method}"`]),
    ...(headers.length > 0 ? ['CURLOPT_HTTPHEADER, headers'] : []),
    ...(body === undefined ? [] : ['CURLOPT_POSTFIELDS, body']),
    'CURLOPT_TIMEOUT, 30L',
  ];
  const block = (...lines: string[]) => lines.map((line) => `  ${line}\n`).join('');
  return `#include <curl/curl.h>
#include <stdio.h>

${toCSettings(request)}
${body === undefined ? '' : `\nstatic const char body[] =\n${toCLines(body)};\n`}
int main(void) {
  CURL *curl = curl_easy_init();
${headers.length > 0 ? block('struct curl_slist *headers = NULL;') : ''}  CURLcode code;
  long status = 0;

${block(
  ...headers.map((header) => `headers = curl_slist_append(headers, ${header});`),
  ...options.map((option) => `curl_easy_setopt(curl, ${option});`),
)}
  code = curl_easy_perform(curl); /* prints the reply, or the problem */
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if (code != CURLE_OK) fprintf(stderr, "%s\\n", curl_easy_strerror(code));

${headers.length > 0 ? block('curl_slist_free_all(headers);') : ''}  curl_easy_cleanup(curl);
  return code == CURLE_OK && status < 400 ? 0 : 1;
}
`;
}

/** JSON as C string literals, one line per member. */
const toCLines = (body: unknown): string =>
  JSON.stringify(body, null, 1)
    .split('\n')
    .map((line) => `    ${toCText(line.trim())}`)
    .join('\n');

const toClientProgram = (request: ExampleRequest): string => `#include <stdio.h>

/* From clients/c: link iot_events.c, curl_platform.c and libcurl. */
#include "curl_platform.h"
#include "iot_events.h"

${toCSettings(request)}

#define EVENT_SIZE IOT_EVENTS_EVENT_SIZE(32, 32, 32) /* bytes of type, id and value */
static uint8_t queue[IOT_EVENTS_QUEUE_SIZE(100, EVENT_SIZE)];
static char transmit[IOT_EVENTS_TRANSMIT_SIZE(100, EVENT_SIZE)];
static curl_platform platform;
static iot_events_client client;

static void on_rejected(void *user, iot_events_problem problem, const char *event, size_t length) {
  (void)user;
  fprintf(stderr, "Rejected, %s: %.*s\\n", iot_events_problem_type(problem), (int)length, event);
}

int main(void) {
  iot_events_config config = {0};
  iot_events_event event;
  iot_events_counters counts;

  config.api_key = API_KEY;
  config.queue = queue, config.queue_size = sizeof queue;
  config.transmit = transmit, config.transmit_size = sizeof transmit;
  config.start_wait_ms = IOT_EVENTS_NO_WAIT; /* a device that starts with its whole street waits */
  config.on_rejected = on_rejected;
  if (!curl_platform_init(&platform, BASE_URL, &config)) return 2;
  if (iot_events_init(&client, &config) != IOT_EVENTS_OK) return 2;

${toCClientCalls(request, 'return 2;')}

  /* A device calls it again and again, from its main loop. */
  if (iot_events_flush(&client) != IOT_EVENTS_OK) {
    fprintf(stderr, "Not sent: HTTP status %d\\n", iot_events_last_status(&client));
    return 1;
  }
  counts = iot_events_counts(&client);
  printf("%u created, %u duplicates, %u rejected\\n", (unsigned)counts.created,
         (unsigned)counts.duplicates, (unsigned)counts.rejected);
  curl_platform_end(&platform);
  return 0;
}
`;
