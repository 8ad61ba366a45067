curl --fail-with-body --get "$BASE_URL/events/export" \
  --header "x-api-key: $API_KEY" \
  --data-urlencode 'since=2026-05-05T00:00:00Z'
