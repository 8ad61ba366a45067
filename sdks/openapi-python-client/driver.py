from datetime import date, datetime
from typing import Any
from uuid import UUID

from sdk import AuthenticatedClient
from sdk.api.devices import delete_device_events
from sdk.api.events import add_event, add_events, get_event_summary, get_events, get_latest_events
from sdk.api.service import get_health
from sdk.models import BatchEvent, GetEventsOrder, NewEvent, Problem
from sdk.types import UNSET, Response
from serve import serve


class Driver:
    def __init__(self, url: str, key: str) -> None:
        self.client = AuthenticatedClient(
            url, token=key, prefix="", auth_header_name="x-api-key", raise_on_unexpected_status=True
        )

    def getHealth(self, _: dict[str, Any]) -> dict[str, Any]:
        return to_reply(get_health.sync_detailed(client=self.client))

    def addEvent(self, event: dict[str, Any]) -> dict[str, Any]:
        body = NewEvent(
            date=datetime.fromisoformat(event["date"]),
            device_id=UUID(event["deviceID"]),
            event_type=event["eventType"],
            id=event.get("id", UNSET),
            value=event.get("value", UNSET),
        )
        return to_reply(add_event.sync_detailed(client=self.client, body=body))

    def addEvents(self, events: list[dict[str, Any]]) -> dict[str, Any]:
        body = [
            BatchEvent(
                date=datetime.fromisoformat(event["date"]) if "date" in event else UNSET,
                device_id=UUID(event["deviceID"]),
                event_type=event["eventType"],
                id=event.get("id", UNSET),
                value=event.get("value", UNSET),
            )
            for event in events
        ]
        return to_reply(add_events.sync_detailed(client=self.client, body=body))

    def getEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(
            get_events.sync_detailed(
                client=self.client,
                device_id=UUID(query["deviceID"]),
                event_type=query["eventType"],
                date=date.fromisoformat(query["date"]) if "date" in query else UNSET,
                from_=datetime.fromisoformat(query["from"]) if "from" in query else UNSET,
                to=datetime.fromisoformat(query["to"]) if "to" in query else UNSET,
                order=GetEventsOrder(query["order"]) if "order" in query else UNSET,
                limit=query.get("limit", UNSET),
                cursor=query.get("cursor", UNSET),
                if_none_match=query.get("ifNoneMatch", UNSET),
            )
        )

    def getLatestEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        device_id = UUID(query["deviceID"])
        return to_reply(get_latest_events.sync_detailed(client=self.client, device_id=device_id))

    def getEventSummary(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(
            get_event_summary.sync_detailed(
                client=self.client,
                device_id=UUID(query["deviceID"]),
                event_type=query["eventType"],
                from_=datetime.fromisoformat(query["from"]),
                to=datetime.fromisoformat(query["to"]),
                interval=query["interval"],
            )
        )

    def deleteDeviceEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        device_id = UUID(query["deviceID"])
        return to_reply(delete_device_events.sync_detailed(device_id, client=self.client))


def to_reply(response: Response[Any]) -> dict[str, Any]:
    parsed = response.parsed
    reply = {
        "status": int(response.status_code),
        "link": response.headers.get("link"),
        "etag": response.headers.get("etag"),
    }
    if isinstance(parsed, Problem):
        return {**reply, "problem": parsed.to_dict()}
    if isinstance(parsed, list):
        return {**reply, "data": [item.to_dict() for item in parsed]}
    return {**reply, "data": parsed and parsed.to_dict()}


serve(Driver)
