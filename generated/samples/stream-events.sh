curl --fail-with-body --get "$BASE_URL/events/live" \
  --header "x-api-key: $API_KEY" \
  --data-urlencode 'deviceID=8f188304-e7b3-4a16-a243-b9470468478a' \
  --data-urlencode 'eventType=temp_celsius'
