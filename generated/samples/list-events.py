import json
import os
import sys
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

query = {
    "deviceID": "8f188304-e7b3-4a16-a243-b9470468478a",
    "eventType": "temp_celsius",
    "date": "2026-05-05",
}
headers = {"x-api-key": os.environ["API_KEY"]}
try:
    while True:
        url = os.environ["BASE_URL"] + "/events?" + urlencode(query)
        with urlopen(Request(url, headers=headers), timeout=30) as response:
            page = json.load(response)
        for item in page["events"]:
            print(item)
        if "nextCursor" not in page:
            break
        query["cursor"] = page["nextCursor"]
except HTTPError as problem:
    sys.exit(problem.read().decode())
