curl --fail-with-body "$BASE_URL/events/latest" \
  --header "x-api-key: $API_KEY"
