// Made from openapi/openapi.yaml by scripts/generate.ts: do not edit.
export interface paths {
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of a day or a range
         * @description Returns the events of one device and event type: those of a UTC day (`date`), or those from one instant
         *     up to, but not including, another (`since`, `until`). The newest event comes first unless `order` says
         *     otherwise. Of two events with the same instant, the one that arrived later counts as the newer one.
         *
         *     A page holds at most `limit` events. When there are more, the response has a `nextCursor`: send the
         *     same request with it as `cursor`. Events that arrive meanwhile never make an event appear twice or
         *     disappear.
         */
        get: operations["listEvents"];
        put?: never;
        /**
         * Store one event
         * @description Stores the event once, however often it is sent.
         *
         *     An event with an `id` is identified by its device, type, UTC day and `id`; an event without one by its
         *     device, type, instant and value. Sending the same event again changes nothing and answers `200`, so a
         *     device that did not receive a response sends the event again.
         */
        post: operations["addEvent"];
        /**
         * Delete the events of a type or a range
         * @description Deletes the events of one device and event type for good: all of them, or those from one instant up to, but
         *     not including, another (`since` and `until`). With `dryRun=true` it deletes nothing, and answers how many
         *     events there are.
         *
         *     Events that were acknowledged before the request are gone once it has succeeded. One request deletes some
         *     hundred thousand events; if there are more, it answers `503` (`deletion-unfinished`), and says how many it has
         *     deleted: send the same request again until it succeeds. The request succeeds where there are no events
         *     too, so sending it again is safe.
         *
         *     A deleted event can be sent again, and is then stored. Cursors go on, entity tags change, and open streams
         *     skip the events. What stays is that there were events: the device, the event type, and their days, which the
         *     list of devices may still show. Backups keep the events as long as the operator keeps backups, and clients
         *     may hold copies of closed days for up to a week.
         */
        delete: operations["deleteEvents"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Store many events
         * @description Stores 1 to 1,000 events for any devices and types. The response lists the outcome of each event, in
         *     request order. A rejected or failed event does not affect the others. Only a fault of the whole body
         *     (not JSON, no `events`, too many events, too large) is a problem of the request.
         *
         *     Sending the whole batch again is safe: events that were stored are reported as `duplicate`.
         */
        post: operations["addEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/latest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the newest event of each type
         * @description Returns the newest event, by its own date, of each event type of a device, or of one event type. The
         *     list is in the order of the Unicode code points of the event types.
         *
         *     A page has the newest events of up to `limit` event types; it goes on if it has a `nextCursor`, however
         *     few events it has. The reply may be kept, but has to be asked for each time (`private, no-cache`). It
         *     has no `ETag`: to find out that nothing has changed would cost as much as the answer.
         */
        get: operations["listLatestEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Summarize numeric events by interval
         * @description Returns count, minimum, maximum, sum, mean, first and last value of the events whose value is a number,
         *     for each interval of a range that has any. Minutes and hours are counted from midnight of 1970-01-01, weeks
         *     begin on Monday, months on their first day. At the ends of the range an interval may be cut short.
         *
         *     All this is in UTC, or on the wall clock of a `timeZone`: days, weeks and months begin at their first
         *     instant there, and a day that the zone skipped has no interval. When the clock goes forward or back, hours are
         *     counted by what it shows. So an hour that comes twice is two intervals, and PT6H may be five or seven hours.
         *
         *     With a `pointer`, the numbers are members of objects or arrays.
         *
         *     The range may have up to 2,000,000 events, whatever their values; a longer one is refused
         *     (`too-large`). With a `pointer`, it may have up to 100,000 events and 64 MB, as they are stored. Sums are worked out in decimal and are exact, so no number depends on the order in which
         *     the events arrived. But of events with the same instant, the first to arrive is the oldest.
         *
         *     The summary of a range may be kept as its events may: with its `ETag`, and for a while where the range
         *     is closed.
         */
        get: operations["summarizeEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the events of a range
         * @description Streams the events of a device from one instant up to, but not including, another, as lines of text: those
         *     of one event type, oldest first, or those of all event types, one type after the other.
         *
         *     `application/x-ndjson` has one event, as JSON, in each line. The last line is
         *     `{"complete":true}`, or `{"complete":false,"nextCursor":"…"}` if there are more: send the same request
         *     with that cursor. A response without such a last line is incomplete: it broke off. A response ends with a
         *     cursor after 180 MB or 14 minutes at the latest.
         *
         *     Events that arrive meanwhile are in the export if their place was not passed yet. If as many exports are
         *     open as the service allows, the answer is `503` (`too-many-streams`).
         *
         *     `text/csv` (RFC 4180) has the columns `deviceID`, `eventType`, `date`, `value` and `id` (and `receivedAt`, if
         *     asked for) under a header line, and ends with a line that begins with `#`: `# complete`, or `# nextCursor: …`. Numbers, `true`
         *     and `false` are written as they are, text as itself, null as nothing, objects and arrays as JSON. Wherever a
         *     spreadsheet could take text for a formula, also one that expects another separator, an apostrophe is before
         *     it, or an escape sequence in JSON. Only NDJSON tells every value from every other.
         *
         *     Spreadsheets whose locale writes 3,5 instead of 3.5 expect other CSV: for these, add `separator=semicolon` and
         *     `decimalMark=comma`. `byteOrderMark=true` lets Excel read characters outside ASCII.
         */
        get: operations["exportEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow events as they arrive
         * @description Streams the events of a device and 1 to 20 event types as server-sent events (`text/event-stream`): each event
         *     that arrives from now on, once, and in order of arrival within a type (to the second, where events
         *     are of different UTC days). `data` is the event as JSON, `id` is the
         *     place in the stream.
         *
         *     After a broken connection, send the last `id` as the header `Last-Event-ID`, or as `after`: the stream goes on
         *     exactly there, with nothing lost and nothing twice. A place holds for 48 hours at least.
         *
         *     Events dated from 48 hours before their arrival to as far ahead as the service takes them are live. Older ones,
         *     such as a long backlog, are not in the stream: read them with `GET /events/export`. An event that is deleted
         *     before it was sent is not sent.
         *
         *     A comment comes at least every 15 seconds. The stream ends by itself within 14 minutes, with an event `end`
         *     whose `data` has a `reason`: `limit` (connect again), `not-allowed` (the key was revoked, or may not read this
         *     any more) or `device-deleted`. `retry` says how long to wait before the next connection. If as many streams are
         *     open as the service allows, the answer is `503` (`too-many-streams`).
         *
         *     The key is sent in a header, as always: use `fetch` instead of `EventSource`, which sends no headers.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the devices
         * @description Returns the devices that have events, in the order of their ids. A key that is limited to certain
         *     devices lists these alone.
         *
         *     A page holds at most `limit` devices, and looks at a bounded number of them: it may be empty and still
         *     have a `nextCursor`. It goes on as long as it has one.
         */
        get: operations["listDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{deviceID}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a device
         * @description Returns what `GET /devices` lists of one device.
         */
        get: operations["getDevice"];
        put?: never;
        post?: never;
        /**
         * Delete all events of a device
         * @description Deletes all events of a device, of every type and day, for good. What stays is that the device existed:
         *     its id, its event types and the days of its events, until the operator's retention ends. Backups keep the
         *     events as long as the operator keeps backups, and clients may hold copies of closed days for up to a week.
         *
         *     Events that were acknowledged before the request are gone once it has succeeded. One request deletes some
         *     hundred thousand events; if there are more, it answers `503` (`deletion-unfinished`), and says how many it has
         *     deleted: send the same request again until it succeeds.
         *
         *     The request succeeds for a device without events too, so sending it again is safe, also after a `503`
         *     or `504`. Events that the device sends afterwards are stored.
         */
        delete: operations["deleteDevice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{deviceID}/event-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the event types of a device
         * @description Returns the event types of a device with the instants of their first and last events, in the order of the Unicode code points of the event types.
         */
        get: operations["listDeviceEventTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/event-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the event types that the operator describes
         * @description Returns what the events of each type mean: the JSON Schema of their value, its unit and examples, in the
         *     order of the Unicode code points of the event types. `numbers` says where the values have numbers: a chart labels its
         *     axes by them, and `GET /events/summary` takes their pointers.
         *
         *     Devices may send events of other types, and values that do not match, unless the operator has decided
         *     otherwise. The list changes only when the operator deploys: with its `ETag` it is not sent again.
         */
        get: operations["listEventTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell whether the service is up
         * @description Answers without a key and without the database. Also tells which version of the contract it serves and, if it is deployed, which build.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell whether the service can answer requests
         * @description Tells, without a key, whether the database is reachable and prepared for this version. The answer may be five seconds old.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Format: uuid
         * @description A UUID of any version. Upper and lower case name the same device.
         * @example 8f188304-e7b3-4a16-a243-b9470468478a
         */
        DeviceId: string;
        /**
         * @description The kind of event, in the characters of RFC 8428 names: letters, digits and `-:./_`, beginning with a letter or digit.
         * @example temp_celsius
         */
        EventType: string;
        /**
         * @description The device's own name for the event, such as a counter; unique within device, event type and UTC day.
         * @example boot-17/4
         */
        EventId: string;
        /**
         * Format: date-time
         * @description An RFC 3339 date-time that names a real instant: no leap second, no 31 February, and within the years 0000 to 9999 in UTC. It is kept to the millisecond. A space may stand in for the `T`, and for the `+` of an offset (which a URL needs as `%2B`); an offset may lack its colon.
         * @example 2026-05-05T17:19:35Z
         */
        Instant: string;
        /**
         * Format: date
         * @description A UTC day as YYYY-MM-DD, or any instant of it.
         * @example 2026-05-05
         */
        Day: string;
        /**
         * Format: date-time
         * @description An instant in UTC, to the millisecond.
         * @example 2026-05-05T17:21:02.417Z
         */
        StoredInstant: string;
        /**
         * @description `desc` is newest first, `asc` is oldest first.
         * @default desc
         * @enum {string}
         */
        SortOrder: "desc" | "asc";
        /** @description An event to store. It has a `date` or an `id`; without a `date`, the service sets it to the instant at which it receives the event. What was read can be sent again unchanged. So the limit of 16 KiB is for the event as it is read: compact JSON with `deviceID`, `eventType`, `date` (24 characters), `value` (null if it was left out) and `id`, and with numbers as a double is written (`1e20` in 21 digits). */
        NewEvent: {
            date?: components["schemas"]["Instant"];
            deviceID: components["schemas"]["DeviceId"];
            eventType: components["schemas"]["EventType"];
            id?: components["schemas"]["EventId"];
            /**
             * @description Any JSON, nested at most 256 levels deep; null if it is left out. Numbers are IEEE 754 doubles (RFC 8259, section 6): a number beyond their range, or an integer that they cannot hold exactly, is refused, however it is written, unless these are the shortest digits of a double. Send such a number as a string. Text is UTF-8; U+FFFD is taken only as its escape.
             * @example 3
             */
            value?: unknown;
            /**
             * Format: date-time
             * @description Ignored, so that an event can be sent again as it was read.
             * @example 2026-05-05T17:21:02Z
             */
            readonly receivedAt?: string;
        };
        /** @description Events to store. */
        EventBatch: {
            /** @description 1 to 1,000 events. */
            events: components["schemas"]["NewEvent"][];
        };
        /**
         * @description The `id` of a server-sent event of the same query, not older than 48 hours.
         * @example cThtV2xYc2EgMTF5
         */
        StreamPlace: string;
        /** @description A stored event. */
        Event: {
            deviceID: components["schemas"]["DeviceId"];
            eventType: components["schemas"]["EventType"];
            date: components["schemas"]["StoredInstant"];
            /**
             * @description Any JSON, nested at most 256 levels deep; null if it is left out. Numbers are IEEE 754 doubles (RFC 8259, section 6): a number beyond their range, or an integer that they cannot hold exactly, is refused, however it is written, unless these are the shortest digits of a double. Send such a number as a string. Text is UTF-8; U+FFFD is taken only as its escape.
             * @example 3
             */
            value: unknown;
            id?: components["schemas"]["EventId"];
            receivedAt?: components["schemas"]["StoredInstant"];
        };
        /** @description How many events there are. */
        EventCount: {
            /**
             * Format: int64
             * @description The number of events.
             * @example 1440
             */
            count: number;
            /**
             * @description Whether there are more than `count`: one request counts up to two million events, more or less. Absent if there are not.
             * @example true
             */
            isCut?: boolean;
        };
        /** @description Some events, and how to read on. */
        EventPage: {
            /** @description The events of this page. */
            events: components["schemas"]["Event"][];
            /**
             * @description The `cursor` of the next page; absent on the last one.
             * @example bW9mdXQxeGMuMC4wLnF4SzNhYQ
             */
            nextCursor?: string;
        };
        /** @description A device that has events. `lastEventAt` is the newest instant of its events, by its own clock; `lastReceivedAt` is about when the service received something from it last, by the service's clock. */
        Device: {
            deviceID: components["schemas"]["DeviceId"];
            /**
             * Format: int32
             * @description The number of its event types.
             * @example 2
             */
            eventTypeCount: number;
            /**
             * Format: date
             * @description The UTC day of its oldest events, which the operator's retention may have removed since.
             * @example 2026-05-01
             */
            firstDay?: string;
            /**
             * Format: date
             * @description The UTC day of its newest event.
             * @example 2026-05-05
             */
            lastDay?: string;
            lastEventAt?: components["schemas"]["StoredInstant"];
            lastReceivedAt: components["schemas"]["StoredInstant"];
            latest?: components["schemas"]["Event"];
        };
        /** @description Some devices, and how to read on. */
        DevicePage: {
            /** @description The devices of this page. */
            devices: components["schemas"]["Device"][];
            /**
             * @description The `cursor` of the next page; absent on the last one.
             * @example bW9mdXQxeGMuMC4wLnF4SzNhYQ
             */
            nextCursor?: string;
        };
        /** @description An event type of a device. `firstEventAt` and `lastEventAt` are the oldest and the newest instant of its events; `lastReceivedAt` is about when the service received one last. */
        DeviceEventType: {
            eventType: components["schemas"]["EventType"];
            /**
             * Format: date
             * @description The UTC day of its oldest events, which the operator's retention may have removed since.
             * @example 2026-05-01
             */
            firstDay?: string;
            /**
             * Format: date
             * @description The UTC day of its newest event.
             * @example 2026-05-05
             */
            lastDay?: string;
            firstEventAt?: components["schemas"]["StoredInstant"];
            lastEventAt?: components["schemas"]["StoredInstant"];
            lastReceivedAt: components["schemas"]["StoredInstant"];
        };
        /** @description Some event types of a device, and how to read on. */
        DeviceEventTypePage: {
            /** @description The event types of this page. */
            eventTypes: components["schemas"]["DeviceEventType"][];
            /**
             * @description The `cursor` of the next page; absent on the last one.
             * @example bW9mdXQxeGMuMC4wLnF4SzNhYQ
             */
            nextCursor?: string;
        };
        /** @description The outcome of storing one event. */
        EventResult: {
            /**
             * @description `created` is stored; `duplicate` was stored before; `rejected` is refused (see `problem`); `failed` may or may not be stored (see `problem`): send it again. Known values, to which later versions may add: `created`, `duplicate`, `rejected`, `failed`.
             * @example created
             * @enum {string}
             */
            status: "created" | "duplicate" | "rejected" | "failed";
            date?: components["schemas"]["StoredInstant"];
            /**
             * @description The outcome in words, for people.
             * @example Created event
             */
            message?: string;
            problem?: components["schemas"]["Problem"];
            /** @description What the operator should know of an event that was stored all the same. */
            warnings?: components["schemas"]["EventWarning"][];
        };
        /** @description Something about a stored event that the operator should know. */
        EventWarning: {
            /**
             * @description What it is, for programs. `deprecated`: devices should no longer send this type (see `GET /event-types`); the others say how the value does not match its type, as in an error. Known values, to which later versions may add: `type`, `enum`, `pattern`, `format`, `too-small`, `too-large`, `too-short`, `too-long`, `too-few`, `too-many`, `required`, `unknown-field`, `schema`, `deprecated`.
             * @example pattern
             * @enum {string}
             */
            code: "type" | "enum" | "pattern" | "format" | "too-small" | "too-large" | "too-short" | "too-long" | "too-few" | "too-many" | "required" | "unknown-field" | "schema" | "deprecated";
            /**
             * @description A JSON Pointer (RFC 6901) into the event.
             * @example /value
             */
            pointer?: string;
            /**
             * @description What it is, in words.
             * @example must be a number
             */
            detail: string;
        };
        /** @description The outcomes of a batch. */
        BatchReport: {
            /** @description One outcome for each event, in request order. The `problem` of an event is what `POST /events` would answer, with pointers that begin at the event. */
            results: components["schemas"]["EventResult"][];
        };
        /** @description Numeric events by interval. */
        EventSummary: {
            /**
             * @description The time zone that the intervals follow.
             * @example UTC
             */
            timeZone: string;
            /** @description The intervals that have numeric events, oldest first. */
            intervals: components["schemas"]["EventInterval"][];
        };
        /** @description The numeric events of one interval. */
        EventInterval: {
            start: components["schemas"]["StoredInstant"];
            end: components["schemas"]["StoredInstant"];
            /**
             * Format: int64
             * @description The number of numeric events.
             * @example 2
             */
            count: number;
            /**
             * Format: double
             * @description The smallest value.
             * @example 3
             */
            min: number;
            /**
             * Format: double
             * @description The largest value.
             * @example 4
             */
            max: number;
            /**
             * Format: double
             * @description The sum of the values as decimal numbers, rounded once to the nearest double: 0.1 and 0.2 make 0.3. A sum beyond the largest double is given as that.
             * @example 7
             */
            sum: number;
            /**
             * Format: double
             * @description The exact sum divided by `count`, to 17 significant digits.
             * @example 3.5
             */
            mean: number;
            /**
             * Format: double
             * @description The value of the oldest event.
             * @example 3
             */
            firstValue: number;
            /**
             * Format: double
             * @description The value of the newest event.
             * @example 4
             */
            lastValue: number;
        };
        /** @description The registry of event types. */
        EventTypeList: {
            /**
             * @description The version of the registry, which is not that of the API.
             * @example 1.0.0
             */
            version: string;
            /** @description All event types of the registry. */
            eventTypes: components["schemas"]["EventTypeDescription"][];
        };
        /** @description What the events of a type mean. */
        EventTypeDescription: {
            eventType: components["schemas"]["EventType"];
            /**
             * @description The name of the type, for people.
             * @example Temperature
             */
            title: string;
            /**
             * @description What the type means, for people.
             * @example The temperature at the device.
             */
            description: string;
            /**
             * @description The JSON Schema of the value, in a small subset: `type`, bounds, `properties`, `items`, `enum`, `pattern`. An `x-unit` is the unit of a number inside. An empty schema takes any JSON.
             * @example {
             *       "type": "number"
             *     }
             */
            schema: unknown;
            /**
             * @description The unit of a value that is a number, in UCUM, case-sensitive (ucum.org).
             * @example Cel
             */
            unit?: string;
            /** @description Where each value has a number; empty where none has. */
            numbers: components["schemas"]["NumberPlace"][];
            /** @description Values that match. */
            exampleValues: unknown[];
            /**
             * @description Whether devices should no longer send this type; see `deprecation`.
             * @example true
             */
            deprecated?: boolean;
            deprecation?: components["schemas"]["EventTypeDeprecation"];
        };
        /** @description A place in values where there is a number. */
        NumberPlace: {
            /**
             * @description A JSON Pointer (RFC 6901) into the value; empty for the value itself.
             * @example
             */
            pointer: string;
            /**
             * @description The name of the number, for people.
             * @example Temperature
             */
            title: string;
            /**
             * @description The unit in UCUM, if it has one.
             * @example Cel
             */
            unit?: string;
        };
        /** @description When and why an event type ends. */
        EventTypeDeprecation: {
            /**
             * @description The UTC day since when it is deprecated.
             * @example 2026-05-01
             */
            since: string;
            /**
             * @description The UTC day until when it is described at least.
             * @example 2028-05-01
             */
            sunset: string;
            /**
             * @description A page that says what to do.
             * @example https://example.com/new-thermometers
             */
            link: string;
        };
        /** @description The service is up. */
        Health: {
            /**
             * @description Always `ok`. Known values, to which later versions may add: `ok`.
             * @example ok
             * @enum {string}
             */
            status: "ok";
            /**
             * @description The version of the contract.
             * @example 1.0.0
             */
            version?: string;
            /**
             * @description The tag of the deployed image, a hash of its content. Absent if the service runs on your machine.
             * @example 0123456789abcdef
             */
            build?: string;
        };
        /** @description The service can answer requests. */
        Readiness: {
            /**
             * @description Always `ready`. Known values, to which later versions may add: `ready`.
             * @example ready
             * @enum {string}
             */
            status: "ready";
        };
        /** @description An RFC 9457 problem. */
        Problem: {
            /**
             * Format: uri-reference
             * @description The type of problem, for programs. Compare it as text. Known values, to which later versions may add: `/problems/invalid-request`, `/problems/malformed-json`, `/problems/clock-skew`, `/problems/forbidden`, `/problems/insufficient-scope`, `/problems/device-not-allowed`, `/problems/not-found`, `/problems/device-unknown`, `/problems/method-not-allowed`, `/problems/payload-too-large`, `/problems/unsupported-media-type`, `/problems/too-many-requests`, `/problems/quota-exceeded`, `/problems/internal-error`, `/problems/bad-gateway`, `/problems/database-unavailable`, `/problems/not-prepared`, `/problems/too-many-streams`, `/problems/deletion-unfinished`, `/problems/gateway-timeout`.
             * @example /problems/invalid-request
             * @enum {string}
             */
            type: "/problems/invalid-request" | "/problems/malformed-json" | "/problems/clock-skew" | "/problems/forbidden" | "/problems/insufficient-scope" | "/problems/device-not-allowed" | "/problems/not-found" | "/problems/device-unknown" | "/problems/method-not-allowed" | "/problems/payload-too-large" | "/problems/unsupported-media-type" | "/problems/too-many-requests" | "/problems/quota-exceeded" | "/problems/internal-error" | "/problems/bad-gateway" | "/problems/database-unavailable" | "/problems/not-prepared" | "/problems/too-many-streams" | "/problems/deletion-unfinished" | "/problems/gateway-timeout";
            /**
             * @description The type of problem in words; the same for each problem of the type.
             * @example Invalid request
             */
            title: string;
            /**
             * Format: int32
             * @description The HTTP status.
             * @example 400
             */
            status: number;
            /**
             * @description What went wrong this time.
             * @example The request does not match the contract
             */
            detail: string;
            /**
             * @description Names this request in the service's logs.
             * @example 0c8a7e5e-7b0a-4a53-b4d4-3b8a2f9d5c11
             */
            requestId: string;
            /**
             * Format: date-time
             * @description The time of the service; in `/problems/clock-skew` only.
             * @example 2026-05-05T17:21:02.417Z
             */
            serverTime?: string;
            /** @description What is wrong with the request, up to 1,000 entries; for an event of a batch up to 10. */
            errors?: components["schemas"]["InvalidField"][];
        };
        /** @description One thing that is wrong. It has a `pointer` (body) or a `parameter`, where one can be named. */
        InvalidField: {
            /**
             * @description What is wrong, for programs. Known values, to which later versions may add: `required`, `unknown-field`, `unknown-parameter`, `type`, `pattern`, `format`, `enum`, `too-small`, `too-large`, `too-short`, `too-long`, `too-few`, `too-many`, `excluded`, `empty-range`, `invalid-cursor`, `malformed-json`, `nested-too-deep`, `inexact-number`, `clock-not-set`, `too-far-ahead`, `too-old`, `device-not-allowed`, `not-utf8`, `schema`, `unknown-event-type`.
             * @example format
             * @enum {string}
             */
            code: "required" | "unknown-field" | "unknown-parameter" | "type" | "pattern" | "format" | "enum" | "too-small" | "too-large" | "too-short" | "too-long" | "too-few" | "too-many" | "excluded" | "empty-range" | "invalid-cursor" | "malformed-json" | "nested-too-deep" | "inexact-number" | "clock-not-set" | "too-far-ahead" | "too-old" | "device-not-allowed" | "not-utf8" | "schema" | "unknown-event-type";
            /**
             * @description A JSON Pointer (RFC 6901) into the request's body; empty for the whole body.
             * @example /date
             */
            pointer?: string;
            /**
             * @description The name of a parameter.
             * @example deviceID
             */
            parameter?: string;
            /**
             * @description What is wrong, in words.
             * @example must be an RFC 3339 date-time that names a real instant
             */
            detail: string;
        };
    };
    responses: {
        /** @description The request does not match the contract. Sent again unchanged, it fails again. */
        BadRequest: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The API key is missing or not valid, or it does not permit the request. */
        Forbidden: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There are no events of the device. */
        DeviceUnknown: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The event is larger than 16 KiB, or the batch is larger than 4 MiB. (Past 6 MB, where each quote and backslash counts twice, API Gateway answers `{"message":"Request Too Long"}`, past 10 MB in plain text.) */
        PayloadTooLarge: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is not declared as application/json. */
        UnsupportedMediaType: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The key's rate or quota, or the rate of the service, is used up. */
        TooManyRequests: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A fault of the service. Its log has the details under the request id. */
        InternalError: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The service failed while it answered. */
        BadGateway: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The database is unreachable, too slow or not prepared, too many streams are open, or a deletion goes on. An event may or may not have been stored; send it again. */
        ServiceUnavailable: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The service did not answer within 29 seconds. */
        GatewayTimeout: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Any other problem, such as an unknown path or a method that the path does not have. */
        Problem: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description The device. */
        DeviceIdQuery: components["schemas"]["DeviceId"];
        /** @description The event type, exactly as it was sent. */
        EventTypeQuery: components["schemas"]["EventType"];
        /** @description The end of the range, which is not part of it. Without it, the range has no end. */
        Until: components["schemas"]["Instant"];
        /** @description The `nextCursor` of the page before; the other parameters stay as they were. A cursor of another operation or query is refused (`invalid-cursor`). */
        Cursor: string;
        /** @description `receivedAt` adds to each event when the service received it, in whole seconds. */
        IncludeReceivedAt: "receivedAt";
        /** @description The `ETag` of an earlier response to the same request (RFC 9110, section 13.1.2). */
        IfNoneMatch: string;
    };
    requestBodies: never;
    headers: {
        /** @description The version of the page (RFC 9110, section 8.8.3), a weak entity tag. */
        ETag: string;
        /** @description `private, no-cache`, or `private, max-age=…` in seconds for a closed range. */
        CacheControl: string;
        /** @description Always `no-store`. */
        NoStore: string;
        /** @description The request headers on which the response depends. */
        Vary: string;
        /** @description How many seconds to wait before sending the request again (RFC 9110, section 10.2.3). */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listEvents: {
        parameters: {
            query: {
                /** @description The device. */
                deviceID: components["parameters"]["DeviceIdQuery"];
                /** @description The event type, exactly as it was sent. */
                eventType: components["parameters"]["EventTypeQuery"];
                /**
                 * @description A UTC day, or any instant of it. It excludes `since` and `until`.
                 * @example 2026-05-05
                 */
                date?: components["schemas"]["Day"];
                /** @description The first instant; required unless `date` is given. */
                since?: components["schemas"]["Instant"];
                /** @description The end of the range, which is not part of it. Without it, the range has no end. */
                until?: components["parameters"]["Until"];
                /** @description Whether the newest or the oldest event comes first. */
                order?: components["schemas"]["SortOrder"];
                /** @description The largest number of events in a page. A page may hold fewer, to stay below 6 MB. */
                limit?: number;
                /** @description The `nextCursor` of the page before; the other parameters stay as they were. A cursor of another operation or query is refused (`invalid-cursor`). */
                cursor?: components["parameters"]["Cursor"];
                /** @description `receivedAt` adds to each event when the service received it, in whole seconds. */
                include?: components["parameters"]["IncludeReceivedAt"];
            };
            header?: {
                /** @description The `ETag` of an earlier response to the same request (RFC 9110, section 13.1.2). */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events; an empty list if there are none. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "events": [
                     *         {
                     *           "deviceID": "8f188304-e7b3-4a16-a243-b9470468478a",
                     *           "eventType": "temp_celsius",
                     *           "date": "2026-05-05T17:20:35.000Z",
                     *           "value": 4
                     *         },
                     *         {
                     *           "deviceID": "8f188304-e7b3-4a16-a243-b9470468478a",
                     *           "eventType": "temp_celsius",
                     *           "date": "2026-05-05T17:19:35.000Z",
                     *           "value": 3
                     *         }
                     *       ],
                     *       "nextCursor": "bW9mdXQxeGMuMC4wLnF4SzNhYQ"
                     *     }
                     */
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            /** @description Nothing has changed since the response with this `ETag`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            default: components["responses"]["Problem"];
        };
    };
    addEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The event, at most 16 KiB (16,384 bytes). Its size is that of the stored event as compact JSON, as responses write it (see `NewEvent`). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEvent"];
            };
        };
        responses: {
            /** @description The same event was stored before. Nothing changed. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "duplicate",
                     *       "message": "Event already stored"
                     *     }
                     */
                    "application/json": components["schemas"]["EventResult"];
                };
            };
            /** @description The event is stored. */
            201: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "created",
                     *       "message": "Created event"
                     *     }
                     */
                    "application/json": components["schemas"]["EventResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            default: components["responses"]["Problem"];
        };
    };
    deleteEvents: {
        parameters: {
            query: {
                /** @description The device. */
                deviceID: components["parameters"]["DeviceIdQuery"];
                /** @description The event type, exactly as it was sent. */
                eventType: components["parameters"]["EventTypeQuery"];
                /**
                 * @description The first instant; with `until` only.
                 * @example 2026-05-05T00:00:00Z
                 */
                since?: components["schemas"]["Instant"];
                /**
                 * @description The end of the range, which is not part of it; with `since` only.
                 * @example 2026-05-06T00:00:00Z
                 */
                until?: components["schemas"]["Instant"];
                /**
                 * @description `true` deletes nothing, and answers how many events would be deleted.
                 * @example true
                 */
                dryRun?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With `dryRun=true`, the number of events. Nothing was deleted. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "count": 1440
                     *     }
                     */
                    "application/json": components["schemas"]["EventCount"];
                };
            };
            /** @description There are none of these events any more. */
            204: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            default: components["responses"]["Problem"];
        };
    };
    addEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The events: each at most 16 KiB (16,384 bytes), measured as for `POST /events`, and all of them, as sent but before compression, at most 4 MiB (4,194,304 bytes). The body may be compressed (`Content-Encoding: gzip`). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventBatch"];
            };
        };
        responses: {
            /** @description The outcome of each event, in request order. */
            207: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "status": "created"
                     *         },
                     *         {
                     *           "status": "duplicate"
                     *         },
                     *         {
                     *           "status": "created",
                     *           "date": "2026-05-05T17:21:02.417Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BatchReport"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            default: components["responses"]["Problem"];
        };
    };
    listLatestEvents: {
        parameters: {
            query: {
                /** @description The device. */
                deviceID: components["parameters"]["DeviceIdQuery"];
                /** @description One event type, exactly as it was sent. Without it, all event types are listed. */
                eventType?: components["schemas"]["EventType"];
                /** @description The largest number of events in a page. A page may hold fewer, to stay below 6 MB, or where all events of a type were deleted. */
                limit?: number;
                /** @description The `nextCursor` of the page before; the other parameters stay as they were. A cursor of another operation or query is refused (`invalid-cursor`). */
                cursor?: components["parameters"]["Cursor"];
                /** @description `receivedAt` adds to each event when the service received it, in whole seconds. */
                include?: components["parameters"]["IncludeReceivedAt"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events, one of each event type; an empty list for a device without events. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "events": [
                     *         {
                     *           "deviceID": "8f188304-e7b3-4a16-a243-b9470468478a",
                     *           "eventType": "door_opened",
                     *           "date": "2026-05-05T17:19:36.000Z",
                     *           "value": null,
                     *           "id": "boot-17/4"
                     *         },
                     *         {
                     *           "deviceID": "8f188304-e7b3-4a16-a243-b9470468478a",
                     *           "eventType": "temp_celsius",
                     *           "date": "2026-05-05T17:20:35.000Z",
                     *           "value": 4
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            default: components["responses"]["Problem"];
        };
    };
    summarizeEvents: {
        parameters: {
            query: {
                /** @description The device. */
                deviceID: components["parameters"]["DeviceIdQuery"];
                /** @description The event type, exactly as it was sent. */
                eventType: components["parameters"]["EventTypeQuery"];
                /**
                 * @description The first instant.
                 * @example 2026-05-05T00:00:00Z
                 */
                since: components["schemas"]["Instant"];
                /**
                 * @description The end of the range, which is not part of it; at most 2,000 intervals after `since`.
                 * @example 2026-05-06T00:00:00Z
                 */
                until: components["schemas"]["Instant"];
                /** @description An ISO 8601 duration from a minute to a month, such as PT15M, PT6H, P1D, P1W or P1M. */
                interval: string;
                /** @description The IANA name of the time zone that the intervals follow, daylight saving included. Upper and lower case name the same zone. */
                timeZone?: string;
                /** @description A JSON Pointer (RFC 6901) to the number in each value, such as `/celsius` for `{ "celsius": 21 }`. Events without a number there are left out. Without it, or if it is empty, the value itself is the number. */
                pointer?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier response to the same request (RFC 9110, section 13.1.2). */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The intervals, oldest first. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "timeZone": "UTC",
                     *       "intervals": [
                     *         {
                     *           "start": "2026-05-05T17:00:00.000Z",
                     *           "end": "2026-05-05T18:00:00.000Z",
                     *           "count": 2,
                     *           "min": 3,
                     *           "max": 4,
                     *           "sum": 7,
                     *           "mean": 3.5,
                     *           "firstValue": 3,
                     *           "lastValue": 4
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["EventSummary"];
                };
            };
            /** @description Nothing has changed since the response with this `ETag`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            default: components["responses"]["Problem"];
        };
    };
    exportEvents: {
        parameters: {
            query: {
                /** @description The device. */
                deviceID: components["parameters"]["DeviceIdQuery"];
                /** @description One event type, exactly as it was sent. Without it, the events of all types are exported. */
                eventType?: components["schemas"]["EventType"];
                /**
                 * @description The first instant.
                 * @example 2026-05-05T00:00:00Z
                 */
                since: components["schemas"]["Instant"];
                /** @description The end of the range, which is not part of it. Without it, the range has no end. */
                until?: components["parameters"]["Until"];
                /** @description The `nextCursor` of the page before; the other parameters stay as they were. A cursor of another operation or query is refused (`invalid-cursor`). */
                cursor?: components["parameters"]["Cursor"];
                /** @description `receivedAt` adds to each event when the service received it, in whole seconds. */
                include?: components["parameters"]["IncludeReceivedAt"];
                /** @description What separates the columns of `text/csv`. */
                separator?: "comma" | "semicolon";
                /** @description What stands before the decimals where a value of `text/csv` is a number. */
                decimalMark?: "point" | "comma";
                /** @description `true` begins `text/csv` with the byte-order mark of UTF-8, by which Excel recognizes it. */
                byteOrderMark?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events, a line each. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {"deviceID":"8f188304-e7b3-4a16-a243-b9470468478a","eventType":"temp_celsius","date":"2026-05-05T17:19:35.000Z","value":3}
                     *     {"complete":true}
                     */
                    "application/x-ndjson": string;
                    /**
                     * @example deviceID,eventType,date,value,id
                     *     8f188304-e7b3-4a16-a243-b9470468478a,temp_celsius,2026-05-05T17:19:35.000Z,3,
                     *     # complete
                     */
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            default: components["responses"]["Problem"];
        };
    };
    streamEvents: {
        parameters: {
            query: {
                /** @description The device. */
                deviceID: components["parameters"]["DeviceIdQuery"];
                /**
                 * @description 1 to 20 event types, each as a parameter of its own.
                 * @example [
                 *       "temp_celsius"
                 *     ]
                 */
                eventType: components["schemas"]["EventType"][];
                /** @description The last `id` that was received, where the header cannot be sent. The header has precedence. */
                after?: components["schemas"]["StreamPlace"];
            };
            header?: {
                /** @description The last `id` that was received; the other parameters stay as they were. */
                "Last-Event-ID"?: components["schemas"]["StreamPlace"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events, as they arrive. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example retry: 2000
                     *     id: cThtV2xYc2EgMTF5
                     *
                     *     id: cThtV2xYc2EgMTF6
                     *     data: {"deviceID":"8f188304-e7b3-4a16-a243-b9470468478a","eventType":"temp_celsius","date":"2026-05-05T17:19:35.000Z","value":3}
                     *
                     *     : heartbeat
                     *
                     *     event: end
                     *     data: {"reason":"limit"}
                     */
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            default: components["responses"]["Problem"];
        };
    };
    listDevices: {
        parameters: {
            query?: {
                /** @description Only devices from which nothing was received at this instant or later, the silent ones. */
                lastReceivedBefore?: components["schemas"]["Instant"];
                /** @description The event type whose newest event to add; with `include=latest` only. */
                eventType?: components["schemas"]["EventType"];
                /** @description `latest` adds the newest event of `eventType` to each device that has one. */
                include?: "latest";
                /** @description The largest number of devices in a page. A page may hold fewer, to stay below 6 MB. */
                limit?: number;
                /** @description The `nextCursor` of the page before; the other parameters stay as they were. A cursor of another operation or query is refused (`invalid-cursor`). */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of devices; an empty list if there are none. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "devices": [
                     *         {
                     *           "deviceID": "8f188304-e7b3-4a16-a243-b9470468478a",
                     *           "eventTypeCount": 2,
                     *           "firstDay": "2026-05-01",
                     *           "lastDay": "2026-05-05",
                     *           "lastEventAt": "2026-05-05T17:20:35.000Z",
                     *           "lastReceivedAt": "2026-05-05T17:20:36.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["DevicePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            default: components["responses"]["Problem"];
        };
    };
    getDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The device. */
                deviceID: components["schemas"]["DeviceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The device. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deviceID": "8f188304-e7b3-4a16-a243-b9470468478a",
                     *       "eventTypeCount": 2,
                     *       "firstDay": "2026-05-01",
                     *       "lastDay": "2026-05-05",
                     *       "lastEventAt": "2026-05-05T17:20:35.000Z",
                     *       "lastReceivedAt": "2026-05-05T17:20:36.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Device"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["DeviceUnknown"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            default: components["responses"]["Problem"];
        };
    };
    deleteDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The device. */
                deviceID: components["schemas"]["DeviceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The device has no events. */
            204: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            default: components["responses"]["Problem"];
        };
    };
    listDeviceEventTypes: {
        parameters: {
            query?: {
                /** @description The largest number of event types in a page. */
                limit?: number;
                /** @description The `nextCursor` of the page before; the other parameters stay as they were. A cursor of another operation or query is refused (`invalid-cursor`). */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /** @description The device. */
                deviceID: components["schemas"]["DeviceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of event types. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "eventTypes": [
                     *         {
                     *           "eventType": "temp_celsius",
                     *           "firstDay": "2026-05-01",
                     *           "lastDay": "2026-05-05",
                     *           "firstEventAt": "2026-05-01T08:00:00.000Z",
                     *           "lastEventAt": "2026-05-05T17:20:35.000Z",
                     *           "lastReceivedAt": "2026-05-05T17:20:36.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["DeviceEventTypePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["DeviceUnknown"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            default: components["responses"]["Problem"];
        };
    };
    listEventTypes: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier response to the same request (RFC 9110, section 13.1.2). */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All event types of the registry; an empty list if the operator describes none. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "version": "1.0.0",
                     *       "eventTypes": [
                     *         {
                     *           "eventType": "temp_celsius",
                     *           "title": "Temperature",
                     *           "description": "The temperature at the device.",
                     *           "schema": {
                     *             "type": "number",
                     *             "minimum": -273.15
                     *           },
                     *           "unit": "Cel",
                     *           "numbers": [
                     *             {
                     *               "pointer": "",
                     *               "title": "Temperature",
                     *               "unit": "Cel"
                     *             }
                     *           ],
                     *           "exampleValues": [
                     *             3,
                     *             21.5
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["EventTypeList"];
                };
            };
            /** @description Nothing has changed since the response with this `ETag`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            default: components["responses"]["Problem"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The service is up. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok",
                     *       "version": "1.0.0",
                     *       "build": "0123456789abcdef"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            400: components["responses"]["BadRequest"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            504: components["responses"]["GatewayTimeout"];
            default: components["responses"]["Problem"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The service can answer requests. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready"
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            400: components["responses"]["BadRequest"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            default: components["responses"]["Problem"];
        };
    };
}
