import json
import os
import sys
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

query = {
    "deviceID": "8f188304-e7b3-4a16-a243-b9470468478a",
    "since": "2026-05-05T00:00:00Z",
}
headers = {"x-api-key": os.environ["API_KEY"]}
try:
    while True:
        url = os.environ["BASE_URL"] + "/events/export?" + urlencode(query)
        with urlopen(Request(url, headers=headers), timeout=30) as response:
            for line in response:
                item = json.loads(line)
                if "complete" not in item:
                    print(item)
        if item["complete"]:  # the last line; a KeyError means that the reply was cut short
            break
        query["cursor"] = item["nextCursor"]
except HTTPError as problem:
    sys.exit(problem.read().decode())
