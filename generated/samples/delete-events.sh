curl --fail-with-body --get --request DELETE "$BASE_URL/events" \
  --header "x-api-key: $API_KEY" \
  --data-urlencode 'deviceID=8f188304-e7b3-4a16-a243-b9470468478a' \
  --data-urlencode 'eventType=temp_celsius' \
  --data-urlencode 'since=2026-05-05T00:00:00Z' \
  --data-urlencode 'until=2026-05-06T00:00:00Z' \
  --data-urlencode 'dryRun=true'
