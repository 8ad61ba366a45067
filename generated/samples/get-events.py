import json
import os
import sys
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import Request, urlopen

query = {
    "deviceID": "8f188304-e7b3-4a16-a243-b9470468478a",
    "eventType": "temp_celcius",
    "date": "2026-05-05",
}
url = os.environ["BASE_URL"] + "/events?" + urlencode(query)
headers = {"x-api-key": os.environ["API_KEY"]}
try:
    while url:
        with urlopen(Request(url, headers=headers), timeout=30) as response:
            for item in json.load(response):
                print(item)
            link = response.headers["Link"]  # to the next page, if there is one
            url = link and urljoin(url, link[1 : link.index(">")])
except HTTPError as problem:
    sys.exit(problem.read().decode())
