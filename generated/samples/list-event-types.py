import json
import os
import sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen

request = Request(
    os.environ["BASE_URL"] + "/event-types",
    headers={"x-api-key": os.environ["API_KEY"]},
)
try:
    with urlopen(request, timeout=30) as response:
        print(json.load(response))
except HTTPError as problem:
    sys.exit(problem.read().decode())
