curl --fail-with-body --get "$BASE_URL/events/summary" \
  --header "x-api-key: $API_KEY" \
  --data-urlencode 'since=2026-05-05T00:00:00Z' \
  --data-urlencode 'until=2026-05-06T00:00:00Z' \
  --data-urlencode 'interval=PT1H'
