curl --fail-with-body --get "$BASE_URL/events/export" \
  --header "x-api-key: $API_KEY" \
  --data-urlencode 'deviceID=8f188304-e7b3-4a16-a243-b9470468478a' \
  --data-urlencode 'since=2026-05-05T00:00:00Z'
