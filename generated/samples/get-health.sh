curl --fail-with-body "$BASE_URL/health"
