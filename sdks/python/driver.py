from typing import Any, Callable

import openapi_client as sdk
from openapi_client.rest import ApiException
from serve import read_pages, read_stream, serve


class Driver:
    def __init__(self, url: str, key: str) -> None:
        client = sdk.ApiClient(sdk.Configuration(host=url, api_key={"apiKey": key}))
        self.events = sdk.EventsApi(client)
        self.streams = sdk.StreamsApi(client)
        self.devices = sdk.DevicesApi(client)
        self.service = sdk.ServiceApi(client)

    def getHealth(self, _: dict[str, Any]) -> dict[str, Any]:
        return to_reply(self.service.get_health_with_http_info)

    def getReadiness(self, _: dict[str, Any]) -> dict[str, Any]:
        return to_reply(self.service.get_readiness_with_http_info)

    def addEvent(self, event: dict[str, Any]) -> dict[str, Any]:
        is_duplicate = False

        def add() -> sdk.ApiResponse[sdk.EventResult]:
            nonlocal is_duplicate
            response = self.events.add_event_with_http_info(sdk.NewEvent(**event))
            is_duplicate = response.data.status == "duplicate"
            return response

        return {**to_reply(add), "isDuplicate": is_duplicate}

    def addEvents(self, events: list[dict[str, Any]]) -> dict[str, Any]:
        batch = sdk.EventBatch(events=[sdk.NewEvent(**event) for event in events])
        return to_reply(lambda: self.events.add_events_with_http_info(batch))

    def listEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(lambda: self.events.list_events_with_http_info(**to_arguments(query)))

    def listAllEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        arguments = to_arguments(query)
        return read_pages(lambda cursor: self.events.list_events(**arguments, cursor=cursor))

    def listLatestEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(lambda: self.events.list_latest_events_with_http_info(**to_arguments(query)))

    def summarizeEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(lambda: self.events.summarize_events_with_http_info(**to_arguments(query)))

    def exportEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(lambda: self.streams.export_events_with_http_info(**to_arguments(query)))

    def streamEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        count = query.pop("count")
        response = self.streams.stream_events_without_preload_content(**to_arguments(query))
        lines = (line.decode() for line in response)
        return {"status": response.status, "data": read_stream(lines, count)}

    def deleteEvents(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(lambda: self.events.delete_events_with_http_info(**to_arguments(query)))

    def listDevices(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(lambda: self.devices.list_devices_with_http_info(**to_arguments(query)))

    def getDevice(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(lambda: self.devices.get_device_with_http_info(**to_arguments(query)))

    def listDeviceEventTypes(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(lambda: self.devices.list_device_event_types_with_http_info(**to_arguments(query)))

    def listEventTypes(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(lambda: self.events.list_event_types_with_http_info(**to_arguments(query)))

    def deleteDevice(self, query: dict[str, Any]) -> dict[str, Any]:
        return to_reply(lambda: self.devices.delete_device_with_http_info(**to_arguments(query)))


NAMES = {
    "deviceID": "device_id",
    "eventType": "event_type",
    "date": "var_date",
    "ifNoneMatch": "if_none_match",
    "lastEventID": "last_event_id",
    "lastReceivedBefore": "last_received_before",
    "dryRun": "dry_run",
    "timeZone": "time_zone",
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
        "etag": headers.get("etag"),
    }


def to_data(data: Any) -> Any:
    return data if data is None or isinstance(data, str) else data.to_dict()


serve(Driver)
