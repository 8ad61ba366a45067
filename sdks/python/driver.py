from typing import Any, Callable

import openapi_client as sdk
from openapi_client.rest import ApiException
from serve import serve


class Driver:
    def __init__(self, url: str, key: str) -> None:
        configuration = sdk.Configuration(host=url, api_key={"apiKey": key})
        # The default format has %z, which gives +0000; RFC 3339 wants +00:00 or Z.
        configuration.datetime_format = "%Y-%m-%dT%H:%M:%S.%fZ"
        client = sdk.ApiClient(configuration)
        self.events = sdk.EventsApi(client)
        self.devices = sdk.DevicesApi(client)
        self.service = sdk.ServiceApi(client)

    def getHealth(self, _: dict[str, Any]) -> dict[str, Any]:
        return to_reply(self.service.get_health_with_http_info)

    def addEvent(self, event: dict[str, Any]) -> dict[str, Any]:
        new_event = sdk.NewEvent(**event)
        return to_reply(lambda: self.events.add_event_with_http_info(new_event))

    def addEvents(self, events: list[dict[str, Any]]) -> dict[str, Any]:
        batch = [sdk.BatchEvent(**event) for event in events]
        return to_reply(lambda: self.events.add_events_with_http_info(batch))

    def getEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(lambda: self.events.get_events_with_http_info(**to_arguments(query)))

    def getLatestEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(lambda: self.events.get_latest_events_with_http_info(**to_arguments(query)))

    def getEventSummary(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(lambda: self.events.get_event_summary_with_http_info(**to_arguments(query)))

    def deleteDeviceEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(
            lambda: self.devices.delete_device_events_with_http_info(**to_arguments(query))
        )


NAMES = {
    "deviceID": "device_id",
    "eventType": "event_type",
    "date": "var_date",
    "from": "var_from",
    "ifNoneMatch": "if_none_match",
}


def to_arguments(query: dict[str, Any]) -> dict[str, Any]:
    return {NAMES.get(name, name): value for name, value in query.items()}


def to_reply(call: Callable[[], sdk.ApiResponse[Any]]) -> dict[str, Any]:
    try:
        response = call()
    except ApiException as failure:
        if failure.status == 304:
            return {"status": 304}
        return {"status": failure.status, "problem": to_data(failure.data)}
    headers = {name.lower(): value for name, value in (response.headers or {}).items()}
    return {
        "status": response.status_code,
        "data": to_data(response.data),
        "link": headers.get("link"),
        "etag": headers.get("etag"),
    }


def to_data(data: Any) -> Any:
    return [item.to_dict() for item in data] if isinstance(data, list) else data and data.to_dict()


serve(Driver)
