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
  curl_easy_setopt(curl, CURLOPT_URL, BASE_URL "/event-types");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 30L);

  code = curl_easy_perform(curl); /* prints the reply, or the problem */
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if (code != CURLE_OK) fprintf(stderr, "%s\n", curl_easy_strerror(code));

  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  return code == CURLE_OK && status < 400 ? 0 : 1;
}
