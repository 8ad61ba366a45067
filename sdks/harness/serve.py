"""Answers the suite: reads commands, one line of JSON each, and prints a line of JSON for each."""

import json
import os
import sys
import traceback
from datetime import date, datetime
from enum import Enum
from typing import Any, Callable, Iterable
from uuid import UUID


def serve(create: Callable[[str, str], Any]) -> None:
    for line in sys.stdin:
        command = json.loads(line)
        driver = create(os.environ["BASE_URL"], command["key"])
        try:
            reply = getattr(driver, command["op"])(command["args"])
        except Exception:
            reply = {"error": traceback.format_exc()}
        print(json.dumps(reply, default=to_json), flush=True)


def read_pages(read_page: Callable[[str | None], Any]) -> dict[str, Any]:
    """Reads page after page of the SDK's own type, until one has no next cursor."""
    events: list[Any] = []
    cursor: str | None = None
    while True:
        page = read_page(cursor)
        events += [event.to_dict() for event in page.events]
        # An SDK has None, or a value of its own that is false, for what is absent.
        if not page.next_cursor:
            return {"status": 200, "data": events}
        cursor = page.next_cursor


def read_stream(lines: Iterable[str], count: int) -> str:
    """Reads lines of server-sent events until there are so many events, or to the end."""
    text = ""
    for line in lines:
        text += line
        if line.startswith("data:"):
            count -= 1
        if count == 0 and not line.strip():
            break
    return text


def to_json(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Enum):
        return str(value.value)
    raise TypeError(f"{type(value)} cannot be converted to JSON")
