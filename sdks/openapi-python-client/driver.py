from datetime import date, datetime
from typing import Any
from uuid import UUID

from sdk import AuthenticatedClient
from sdk.api.devices import delete_device, get_device, list_device_event_types, list_devices
from sdk.api.events import (
    add_event,
    add_events,
    delete_events,
    list_event_types,
    list_events,
    list_latest_events,
    summarize_events,
)
from sdk.api.service import get_health, get_readiness
from sdk.api.streams import export_events, stream_events
from sdk.models import (
    EventBatch,
    EventPage,
    EventResult,
    ListDevicesInclude,
    NewEvent,
    Problem,
    SortOrder,
)
from sdk.types import UNSET, Response, Unset
from serve import read_pages, serve


class Driver:
    def __init__(self, url: str, key: str) -> None:
        self.client = AuthenticatedClient(
            url, token=key, prefix="", auth_header_name="x-api-key", raise_on_unexpected_status=True
        )

    def getHealth(self, _: dict[str, Any]) -> dict[str, Any]:
        return to_reply(get_health.sync_detailed(client=self.client))

    def getReadiness(self, _: dict[str, Any]) -> dict[str, Any]:
        return to_reply(get_readiness.sync_detailed(client=self.client))

    def addEvent(self, event: dict[str, Any]) -> dict[str, Any]:
        response = add_event.sync_detailed(client=self.client, body=to_new_event(event))
        result = response.parsed
        is_duplicate = isinstance(result, EventResult) and result.status == "duplicate"
        return {**to_reply(response), "isDuplicate": is_duplicate}

    def addEvents(self, events: list[dict[str, Any]]) -> dict[str, Any]:
        body = EventBatch(events=[to_new_event(event) for event in events])
        return to_reply(add_events.sync_detailed(client=self.client, body=body))

    def listEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(self._list_events(query))

    def listAllEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        def read_page(cursor: str | None) -> EventPage:
            page = self._list_events({**query, **({"cursor": cursor} if cursor else {})}).parsed
            assert isinstance(page, EventPage)
            return page

        return read_pages(read_page)

    def _list_events(self, query: dict[str, Any]) -> Response[Any]:
        return list_events.sync_detailed(
            client=self.client,
            device_id=UUID(query["deviceID"]),
            event_type=query["eventType"],
            date=date.fromisoformat(query["date"]) if "date" in query else UNSET,
            since=to_instant(query, "since"),
            until=to_instant(query, "until"),
            order=SortOrder(query["order"]) if "order" in query else UNSET,
            limit=query.get("limit", UNSET),
            cursor=query.get("cursor", UNSET),
            if_none_match=query.get("ifNoneMatch", UNSET),
        )

    def listLatestEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(
            list_latest_events.sync_detailed(
                client=self.client,
                device_id=UUID(query["deviceID"]),
                event_type=query.get("eventType", UNSET),
                limit=query.get("limit", UNSET),
                cursor=query.get("cursor", UNSET),
            )
        )

    def summarizeEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(
            summarize_events.sync_detailed(
                client=self.client,
                device_id=UUID(query["deviceID"]),
                event_type=query["eventType"],
                since=datetime.fromisoformat(query["since"]),
                until=datetime.fromisoformat(query["until"]),
                interval=query["interval"],
                time_zone=query.get("timeZone", UNSET),
                pointer=query.get("pointer", UNSET),
            )
        )

    def exportEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(
            export_events.sync_detailed(
                client=self.client,
                device_id=UUID(query["deviceID"]),
                event_type=query["eventType"],
                since=datetime.fromisoformat(query["since"]),
            )
        )

    def streamEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(
            stream_events.sync_detailed(
                client=self.client,
                device_id=UUID(query["deviceID"]),
                event_type=query["eventType"],
                last_event_id=query.get("lastEventID", UNSET),
            )
        )

    def deleteEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(
            delete_events.sync_detailed(
                client=self.client,
                device_id=UUID(query["deviceID"]),
                event_type=query["eventType"],
                since=to_instant(query, "since"),
                until=to_instant(query, "until"),
                dry_run=query.get("dryRun", UNSET),
            )
        )

    def listDevices(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(
            list_devices.sync_detailed(
                client=self.client,
                last_received_before=to_instant(query, "lastReceivedBefore"),
                event_type=query.get("eventType", UNSET),
                include=ListDevicesInclude(query["include"]) if "include" in query else UNSET,
                limit=query.get("limit", UNSET),
                cursor=query.get("cursor", UNSET),
            )
        )

    def getDevice(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(get_device.sync_detailed(UUID(query["deviceID"]), client=self.client))

    def listDeviceEventTypes(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(
            list_device_event_types.sync_detailed(
                UUID(query["deviceID"]),
                client=self.client,
                limit=query.get("limit", UNSET),
                cursor=query.get("cursor", UNSET),
            )
        )

    def listEventTypes(self, query: dict[str, Any]) -> dict[str, Any]:
        if_none_match = query.get("ifNoneMatch", UNSET)
        return to_reply(
            list_event_types.sync_detailed(client=self.client, if_none_match=if_none_match)
        )

    def deleteDevice(self, query: dict[str, Any]) -> dict[str, Any]:
        device_id = UUID(query["deviceID"])
        return to_reply(delete_device.sync_detailed(device_id, client=self.client))


def to_new_event(event: dict[str, Any]) -> NewEvent:
    return NewEvent(
        date=datetime.fromisoformat(event["date"]) if "date" in event else UNSET,
        device_id=UUID(event["deviceID"]),
        event_type=event["eventType"],
        id=event.get("id", UNSET),
        value=event.get("value", UNSET),
    )


def to_instant(query: dict[str, Any], name: str) -> datetime | Unset:
    return datetime.fromisoformat(query[name]) if name in query else UNSET


def to_reply(response: Response[Any]) -> dict[str, Any]:
    parsed = response.parsed
    reply = {"status": int(response.status_code), "etag": response.headers.get("etag")}
    if isinstance(parsed, Problem):
        return {**reply, "problem": parsed.to_dict()}
    if parsed is None or isinstance(parsed, str):
        return {**reply, "data": parsed}
    return {**reply, "data": parsed.to_dict()}


serve(Driver)
