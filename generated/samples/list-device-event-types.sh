curl --fail-with-body "$BASE_URL/devices/8f188304-e7b3-4a16-a243-b9470468478a/event-types" \
  --header "x-api-key: $API_KEY"
