import type { ExampleRequest } from '../../../openapi/example-request.ts';
import { isForCClient, toCClientCalls } from './to-c-client-calls.ts';
import { toArduinoSettings } from './to-c-settings.ts';
import { toCTarget } from './to-c-target.ts';

/** A sketch for an ESP32: with our C client if it has the operation, else with HTTPClient. */
export const toArduino = (request: ExampleRequest): string =>
  isForCClient(request) ? toClientSketch(request) : toSketch(request);

const toSketch = (request: ExampleRequest): string => `#include <HTTPClient.h>
#include <WiFi.h>
#include <WiFiClientSecure.h>

${toArduinoSettings(request)}

void setup() {
  Serial.begin(115200);
  WiFi.begin(WIFI_NAME, WIFI_PASSWORD);
  while (WiFi.status() != WL_CONNECTED) delay(100);

  WiFiClientSecure tls;
  tls.setCACert(ROOT_CA);
  HTTPClient http;
  http.setTimeout(30000);
  http.begin(tls, BASE_URL ${toCTarget(request)});
${toHeaders(request)}  const int status = ${toSend(request)};
  if (status > 0) Serial.printf("%d %s\\n", status, http.getString().c_str());
  else Serial.println(HTTPClient::errorToString(status));
  http.end();
}

void loop() {}
`;

const toHeaders = ({ needsKey, body }: ExampleRequest): string =>
  [
    ...(needsKey ? ['  http.addHeader("x-api-key", API_KEY);\n'] : []),
    ...(body === undefined ? [] : ['  http.addHeader("content-type", "application/json");\n']),
  ].join('');

function toSend({ method, body }: ExampleRequest): string {
  if (method === 'GET') return 'http.GET()';
  const content = body === undefined ? '' : toRawText(body);
  return method === 'POST'
    ? `http.POST(${content})`
    : `http.sendRequest("${method}"${content && `, ${content}`})`;
}

/** JSON as a raw string of C++11. */
const toRawText = (body: unknown): string =>
  `R"json(${JSON.stringify(body, null, 2)})json"`.replaceAll('\n', '\n  ');

const toClientSketch = (request: ExampleRequest): string => `#include <WiFi.h>
#include <WiFiClientSecure.h>

// The library of clients/c.
#include <iot_events.h>
#include <platforms/esp32_platform.h>

${toArduinoSettings(request)}

#define EVENT_SIZE IOT_EVENTS_EVENT_SIZE(32, 32, 32) // bytes of type, id and value
static uint8_t queue[IOT_EVENTS_QUEUE_SIZE(100, EVENT_SIZE)];
static char transmit[IOT_EVENTS_TRANSMIT_SIZE(100, EVENT_SIZE)];
static WiFiClientSecure tls;
static esp32_platform platform;
static iot_events_client client;

static void onRejected(void *, iot_events_problem problem, const char *event, size_t length) {
  Serial.printf("Rejected, %s: %.*s\\n", iot_events_problem_type(problem), (int)length, event);
}

void setup() {
  Serial.begin(115200);
  WiFi.begin(WIFI_NAME, WIFI_PASSWORD);
  tls.setCACert(ROOT_CA);

  iot_events_config config = {};
  config.api_key = API_KEY;
  config.queue = queue;
  config.queue_size = sizeof queue;
  config.transmit = transmit;
  config.transmit_size = sizeof transmit;
  config.on_rejected = onRejected;
  if (!esp32_platform_init(&platform, &tls, BASE_URL, &config) || iot_events_init(&client, &config) != IOT_EVENTS_OK) {
    Serial.println("The configuration is wrong");
  }

  iot_events_event event;
${toCClientCalls(request, 'Serial.println("Not queued");')}
}

void loop() {
  const iot_events_result result = iot_events_flush(&client); // what is not sent stays queued
  if (result > IOT_EVENTS_WAITING) Serial.println(iot_events_result_text(result));
  delay(100);
}
`;
