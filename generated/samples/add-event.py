import json
import os
import sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen

body = {
    "date": "2026-05-05T17:19:35Z",
    "deviceID": "8f188304-e7b3-4a16-a243-b9470468478a",
    "eventType": "temp_celsius",
    "value": 3,
}
request = Request(
    os.environ["BASE_URL"] + "/events",
    method="POST",
    headers={"x-api-key": os.environ["API_KEY"], "content-type": "application/json"},
    data=json.dumps(body).encode(),
)
try:
    with urlopen(request, timeout=30) as response:
        print(json.load(response))
except HTTPError as problem:
    sys.exit(problem.read().decode())
