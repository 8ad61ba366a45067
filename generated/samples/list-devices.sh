curl --fail-with-body "$BASE_URL/devices" \
  --header "x-api-key: $API_KEY"
