import json
import os
import sys
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

query = {
    "deviceID": "8f188304-e7b3-4a16-a243-b9470468478a",
    "eventType": "temp_celsius",
    "since": "2026-05-05T00:00:00Z",
    "until": "2026-05-06T00:00:00Z",
    "dryRun": "true",
}
request = Request(
    os.environ["BASE_URL"] + "/events?" + urlencode(query),
    method="DELETE",
    headers={"x-api-key": os.environ["API_KEY"]},
)
try:
    with urlopen(request, timeout=30) as response:
        print(json.load(response))
except HTTPError as problem:
    sys.exit(problem.read().decode())
