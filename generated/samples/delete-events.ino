#include <HTTPClient.h>
#include <WiFi.h>
#include <WiFiClientSecure.h>

#define WIFI_NAME "…"
#define WIFI_PASSWORD "…"
#define BASE_URL "https://….execute-api.eu-west-1.amazonaws.com/development"
#define API_KEY "…"
// The root that signed the certificate of BASE_URL; for AWS, Amazon Root CA 1.
#define ROOT_CA "-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n"

void setup() {
  Serial.begin(115200);
  WiFi.begin(WIFI_NAME, WIFI_PASSWORD);
  while (WiFi.status() != WL_CONNECTED) delay(100);

  WiFiClientSecure tls;
  tls.setCACert(ROOT_CA);
  HTTPClient http;
  http.setTimeout(30000);
  http.begin(tls, BASE_URL "/events"
    "?deviceID=8f188304-e7b3-4a16-a243-b9470468478a"
    "&eventType=temp_celsius"
    "&since=2026-05-05T00%3A00%3A00Z"
    "&until=2026-05-06T00%3A00%3A00Z"
    "&dryRun=true");
  http.addHeader("x-api-key", API_KEY);
  const int status = http.sendRequest("DELETE");
  if (status > 0) Serial.printf("%d %s\n", status, http.getString().c_str());
  else Serial.println(HTTPClient::errorToString(status));
  http.end();
}

void loop() {}
