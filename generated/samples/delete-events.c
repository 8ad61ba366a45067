#include <curl/curl.h>
#include <stdio.h>

#ifndef BASE_URL
#define BASE_URL "http://localhost:8080"
#define API_KEY "local-development-key"
#endif

int main(void) {
  CURL *curl = curl_easy_init();
  struct curl_slist *headers = NULL;
  CURLcode code;
  long status = 0;

  headers = curl_slist_append(headers, "x-api-key: " API_KEY);
  curl_easy_setopt(curl, CURLOPT_URL, BASE_URL "/events"
    "?deviceID=8f188304-e7b3-4a16-a243-b9470468478a"
    "&eventType=temp_celsius"
    "&since=2026-05-05T00%3A00%3A00Z"
    "&until=2026-05-06T00%3A00%3A00Z"
    "&dryRun=true");
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, "DELETE");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 30L);

  code = curl_easy_perform(curl); /* prints the reply, or the problem */
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if (code != CURLE_OK) fprintf(stderr, "%s\n", curl_easy_strerror(code));

  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  return code == CURLE_OK && status < 400 ? 0 : 1;
}
