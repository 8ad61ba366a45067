curl --fail-with-body "$BASE_URL/events/batch" \
  --header "x-api-key: $API_KEY" \
  --header 'content-type: application/json' \
  --data '{"events": [
    {"date":"2026-05-05T17:19:35Z","deviceID":"8f188304-e7b3-4a16-a243-b9470468478a","eventType":"temp_celsius","value":3},
    {"date":"2026-05-05T17:19:35Z","deviceID":"8f188304-e7b3-4a16-a243-b9470468478a","eventType":"door_opened","id":"boot-17/4"},
    {"deviceID":"1f0c8a52-3c1e-4d0b-9a58-5f3f2f1f7a10","eventType":"button_pressed","id":"boot-3/211"}
  ]}'
