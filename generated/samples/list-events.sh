curl --fail-with-body --get "$BASE_URL/events" \
  --header "x-api-key: $API_KEY" \
  --data-urlencode 'date=2026-05-05'
