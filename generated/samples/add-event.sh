curl --fail-with-body "$BASE_URL/events" \
  --header "x-api-key: $API_KEY" \
  --header 'content-type: application/json' \
  --data '{"date":"2026-05-05T17:19:35Z","deviceID":"8f188304-e7b3-4a16-a243-b9470468478a","eventType":"temp_celsius","value":3}'
