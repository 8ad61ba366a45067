import json
import os
import sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen

headers = {"x-api-key": os.environ["API_KEY"]}
try:
    while True:
        url = os.environ["BASE_URL"] + "/devices/8f188304-e7b3-4a16-a243-b9470468478a/event-types"
        with urlopen(Request(url, headers=headers), timeout=30) as response:
            page = json.load(response)
        for item in page["eventTypes"]:
            print(item)
        if "nextCursor" not in page:
            break
        query["cursor"] = page["nextCursor"]
except HTTPError as problem:
    sys.exit(problem.read().decode())
