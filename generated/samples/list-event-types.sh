curl --fail-with-body "$BASE_URL/event-types" \
  --header "x-api-key: $API_KEY"
