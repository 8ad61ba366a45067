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
         * Read the events of a day or a range
         * @description Returns the events of one device and type, for a UTC day (`date`) or a range (`from`, inclusive, to
         *     `to`, exclusive). The newest event comes first unless `order` is `asc`; if events share an instant, the
         *     one that arrived last counts as the newest. If no event matches, the reply is an empty array.
         *
         *     A page has at most `limit` events. If there are more, the reply has a `Link` header to the next page;
         *     follow it until a reply has none. Events that arrive while you page never cause another event to be
         *     repeated, or to be skipped if it was there at the start.
         */
        get: operations["getEvents"];
        put?: never;
        /**
         * Store one event
         * @description Stores the event exactly once, however often it is sent.
         */
        post: operations["addEvent"];
        delete?: never;
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
         *     request order. A rejected or failed event does not affect the others. The whole request fails only if
         *     its body is not JSON, is not an array, has too many events or is too large.
         *
         *     **Retries of the whole batch are safe**, as for single events: events stored earlier are reported as
         *     `duplicate`. Events without a `date` all get the instant at which the batch arrived. Give each of them
         *     an `id`: without one, a retry gets a new instant and is stored again, and of two equal events in a batch
         *     only one is stored.
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
         * Read a device's newest event of each type
         * @description Returns the newest event of each type, by the events' own dates, sorted by the name of the type. If the
         *     device has sent nothing, the reply is an empty array.
         */
        get: operations["getLatestEvents"];
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
         * Summarise numeric events by interval
         * @description Returns the count, minimum, maximum, mean, first and last value of the numeric events in each interval
         *     of a range. Intervals without numeric events are left out. Intervals are counted from midnight UTC of
         *     1970-01-01, so intervals that divide a day evenly start at its midnight. The first and last interval
         *     may be cut short by the range.
         */
        get: operations["getEventSummary"];
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
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete all events of a device
         * @description Permanently deletes all events of the device, of every type and day. Backups keep them for as long as
         *     the operator keeps backups, and clients may cache closed days for up to a week.
         *
         *     Retries are safe: if the device has no events, the reply is also `204`. After a `503` or `504`, send the
         *     request again. Events that the device sends later are stored.
         */
        delete: operations["deleteDeviceEvents"];
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
         * Check that the service is up
         * @description Answers without using the database. Needs no key.
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
         * Check that the service can answer requests
         * @description Checks that the database is reachable and prepared for this version. Needs no key. The result is reused for five seconds.
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
         * @description The device's UUID, of any version. Upper and lower case are equivalent.
         * @example 8f188304-e7b3-4a16-a243-b9470468478a
         */
        DeviceId: string;
        /**
         * Format: unicode
         * @description The kind of event. Any text that is not blank.
         * @example temp_celcius
         */
        EventType: string;
        /**
         * Format: date-time
         * @description An RFC 3339 date-time that names a real instant: no leap second, no 31 February, and between the years 0000 and 9999 in UTC. Kept to the millisecond.
         * @example 2026-05-05T17:19:35Z
         */
        Instant: string;
        /**
         * Format: unicode
         * @description The device's own name for the event, such as a counter. Unique within device, type and UTC day.
         * @example boot-17/4
         */
        EventId: string;
        /**
         * Format: date
         * @description A day in the format YYYY-MM-DD.
         * @example 2026-05-05
         */
        Day: string;
        /** @description An event as a device sends it. */
        NewEvent: {
            date: components["schemas"]["Instant"];
            deviceID: components["schemas"]["DeviceId"];
            eventType: components["schemas"]["EventType"];
            id?: components["schemas"]["EventId"];
            /**
             * @description Any JSON value; null if left out. Numbers are IEEE 754 doubles (RFC 8259, section 6). A number outside their range, or an integer that they cannot represent exactly, is rejected: send it as a string. The request body may be nested at most 256 levels deep.
             * @example 3
             */
            value?: unknown;
        };
        /** @description An event in a batch. Without a `date`, it gets the instant of its arrival. */
        BatchEvent: {
            date?: components["schemas"]["Instant"];
            deviceID: components["schemas"]["DeviceId"];
            eventType: components["schemas"]["EventType"];
            id?: components["schemas"]["EventId"];
            /**
             * @description Any JSON value; null if left out. Numbers are IEEE 754 doubles (RFC 8259, section 6). A number outside their range, or an integer that they cannot represent exactly, is rejected: send it as a string. The request body may be nested at most 256 levels deep.
             * @example 3
             */
            value?: unknown;
        };
        EventBatch: components["schemas"]["BatchEvent"][];
        /** @description The outcome of one event in a batch. `problem` is the problem that `POST /events` would answer; its pointers start at the event. */
        BatchResult: {
            /**
             * @description `created`: the event is stored. `duplicate`: it was stored before. `rejected`: it is invalid, and `problem` says why. `failed`: it is unknown whether it is stored, and `problem` says why; send it again.
             * @enum {string}
             */
            status: "created" | "duplicate" | "rejected" | "failed";
            /**
             * Format: date-time
             * @description The instant given to a created event that had no `date`.
             * @example 2026-05-05T17:21:02.417Z
             */
            date?: string;
            problem?: components["schemas"]["Problem"];
        };
        /** @description An event as it is read back. */
        StoredEvent: {
            date: components["schemas"]["Instant"];
            /**
             * @description Any JSON value; null if left out. Numbers are IEEE 754 doubles (RFC 8259, section 6). A number outside their range, or an integer that they cannot represent exactly, is rejected: send it as a string. The request body may be nested at most 256 levels deep.
             * @example 3
             */
            value: unknown;
        };
        /** @description The newest event of one type. */
        LatestEvent: {
            eventType: components["schemas"]["EventType"];
            date: components["schemas"]["Instant"];
            /**
             * @description Any JSON value; null if left out. Numbers are IEEE 754 doubles (RFC 8259, section 6). A number outside their range, or an integer that they cannot represent exactly, is rejected: send it as a string. The request body may be nested at most 256 levels deep.
             * @example 3
             */
            value: unknown;
        };
        /** @description The numeric events of one interval. */
        EventSummary: {
            from: components["schemas"]["Instant"];
            /** @example 2 */
            count: number;
            /** @example 3 */
            min: number;
            /** @example 4 */
            max: number;
            /** @example 3.5 */
            mean: number;
            /**
             * @description The value of the oldest event.
             * @example 3
             */
            first: number;
            /**
             * @description The value of the newest event.
             * @example 4
             */
            last: number;
        };
        EventReceipt: {
            /**
             * @description A message for people. Programs should use the status code.
             * @example Created event
             */
            message: string;
        };
        Health: {
            /** @enum {string} */
            status: "ok";
        };
        Readiness: {
            /** @enum {string} */
            status: "ready";
        };
        /** @description An RFC 9457 problem. */
        Problem: {
            /**
             * @description The kind of problem, as a URI reference. Programs should use this field.
             * @example /problems/invalid-request
             */
            type: string;
            /**
             * @description The kind of problem in words; the same for every problem of this type.
             * @example Invalid request
             */
            title: string;
            /**
             * @description The HTTP status.
             * @example 400
             */
            status: number;
            /**
             * @description What went wrong in this request.
             * @example The request does not match the contract
             */
            detail: string;
            /**
             * @description Identifies this request in the service's logs.
             * @example 0c8a7e5e-7b0a-4a53-b4d4-3b8a2f9d5c11
             */
            requestId: string;
            /**
             * Format: date-time
             * @description The server's time; only for `/problems/clock-skew`.
             * @example 2026-05-05T17:21:02.417Z
             */
            serverTime?: string;
            /** @description The fields and parameters at fault; at most 1,000, and at most 10 for an event in a batch. */
            errors?: components["schemas"]["InvalidField"][];
        };
        /** @description One field or parameter at fault. It has a `pointer` (for the body) or a `parameter`. */
        InvalidField: {
            /**
             * @description A JSON Pointer (RFC 6901) into the request body. The empty pointer means the whole body.
             * @example /date
             */
            pointer?: string;
            /**
             * @description The name of the parameter.
             * @example deviceID
             */
            parameter?: string;
            /** @example must be an RFC 3339 date-time that names a real instant */
            detail: string;
        };
    };
    responses: {
        /** @description The request does not match the contract. The same request will fail again. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/invalid-request",
                 *       "title": "Invalid request",
                 *       "status": 400,
                 *       "detail": "The request does not match the contract",
                 *       "requestId": "0c8a7e5e-7b0a-4a53-b4d4-3b8a2f9d5c11",
                 *       "errors": [
                 *         {
                 *           "pointer": "/date",
                 *           "detail": "must be an RFC 3339 date-time that names a real instant"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The API key is missing or not valid, or it does not allow this request. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/forbidden",
                 *       "title": "Forbidden",
                 *       "status": 403,
                 *       "detail": "The x-api-key header is missing or not valid",
                 *       "requestId": "0c8a7e5e-7b0a-4a53-b4d4-3b8a2f9d5c11"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The event is larger than 16 KiB, or the batch is larger than 4 MiB. Above 6 MB, counting each quote and backslash twice, the gateway answers `{"message":"Request Too Long"}` instead of a problem; above 10 MB it answers in plain text. */
        PayloadTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/payload-too-large",
                 *       "title": "Payload too large",
                 *       "status": 413,
                 *       "detail": "The body is 20000 bytes of JSON, 16384 are allowed",
                 *       "requestId": "0c8a7e5e-7b0a-4a53-b4d4-3b8a2f9d5c11"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The `Content-Type` of the body is not application/json. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/unsupported-media-type",
                 *       "title": "Unsupported media type",
                 *       "status": 415,
                 *       "detail": "Content-Type must be application/json",
                 *       "requestId": "0c8a7e5e-7b0a-4a53-b4d4-3b8a2f9d5c11"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The rate limit of the key or the service, or the quota of the key, is used up. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/too-many-requests",
                 *       "title": "Too many requests",
                 *       "status": 429,
                 *       "detail": "Too Many Requests",
                 *       "requestId": "0c8a7e5e-7b0a-4a53-b4d4-3b8a2f9d5c11"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The service has a fault. Its log has the cause under the `requestId`. */
        InternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/internal-error",
                 *       "title": "Internal error",
                 *       "status": 500,
                 *       "detail": "The service failed to answer this request",
                 *       "requestId": "0c8a7e5e-7b0a-4a53-b4d4-3b8a2f9d5c11"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The service failed while it handled the request. */
        BadGateway: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/bad-gateway",
                 *       "title": "Bad gateway",
                 *       "status": 502,
                 *       "detail": "Internal server error",
                 *       "requestId": "0c8a7e5e-7b0a-4a53-b4d4-3b8a2f9d5c11"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The database is unreachable or too slow. An event may or may not have been stored; send it again. */
        ServiceUnavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/database-unavailable",
                 *       "title": "Database unavailable",
                 *       "status": 503,
                 *       "detail": "The database does not answer at the moment",
                 *       "requestId": "0c8a7e5e-7b0a-4a53-b4d4-3b8a2f9d5c11"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The service did not answer within 29 seconds. */
        GatewayTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/gateway-timeout",
                 *       "title": "Gateway timeout",
                 *       "status": 504,
                 *       "detail": "Endpoint request timed out",
                 *       "requestId": "0c8a7e5e-7b0a-4a53-b4d4-3b8a2f9d5c11"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description Identifies this version of the page (RFC 9110, section 8.8.3). */
        ETag: string;
        /** @description `private, no-cache`, or for a closed range `private, max-age=…` in seconds. */
        CacheControl: string;
        /** @description The request headers that the reply depends on. */
        Vary: string;
        /** @description How many seconds to wait before sending the request again (RFC 9110, section 10.2.3). */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getEvents: {
        parameters: {
            query: {
                /** @description The device. */
                deviceID: components["schemas"]["DeviceId"];
                /** @description The event type, exactly as it was sent. */
                eventType: components["schemas"]["EventType"];
                /**
                 * @description The UTC day. Cannot be combined with `from` or `to`.
                 * @example 2026-05-05
                 */
                date?: components["schemas"]["Day"];
                /** @description The start of the range, inclusive. Required unless `date` is given. In a URL, write `+` as `%2B`. */
                from?: components["schemas"]["Instant"];
                /** @description The end of the range, exclusive. Without it, the range has no end. */
                to?: components["schemas"]["Instant"];
                /** @description `desc` returns the newest event first, `asc` the oldest. */
                order?: "desc" | "asc";
                /** @description The largest number of events in a page. A page may have fewer, to stay below 6 MB. */
                limit?: number;
                /** @description Where the page begins. Take it from a `Link` header, and keep the other parameters unchanged. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier reply to the same request (RFC 9110, section 13.1.2). */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    Vary: components["headers"]["Vary"];
                    /** @description The next page, with `rel="next"` (RFC 8288). The last page has no `Link`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "date": "2026-05-05T17:20:35.000Z",
                     *         "value": 4
                     *       },
                     *       {
                     *         "date": "2026-05-05T17:19:35.000Z",
                     *         "value": 3
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["StoredEvent"][];
                    "application/x-ndjson": components["schemas"]["StoredEvent"][];
                    "text/csv": components["schemas"]["StoredEvent"][];
                };
            };
            /** @description Nothing has changed since the reply with this `ETag`. */
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
        };
    };
    addEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The event, at most 16 KiB (16,384 bytes) as compact JSON. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEvent"];
            };
        };
        responses: {
            /** @description The event is a duplicate of a stored event; nothing changed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Event already stored"
                     *     }
                     */
                    "application/json": components["schemas"]["EventReceipt"];
                };
            };
            /** @description The event is stored. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Created event"
                     *     }
                     */
                    "application/json": components["schemas"]["EventReceipt"];
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
        };
    };
    addEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The events. Each may have at most 16 KiB (16,384 bytes) as compact JSON; the whole body may have at most 4 MiB (4,194,304 bytes) before compression. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventBatch"];
            };
        };
        responses: {
            /** @description The outcome of each event, in request order. */
            207: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "status": "created"
                     *       },
                     *       {
                     *         "status": "duplicate"
                     *       },
                     *       {
                     *         "status": "created",
                     *         "date": "2026-05-05T17:21:02.417Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["BatchResult"][];
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
        };
    };
    getLatestEvents: {
        parameters: {
            query: {
                /** @description The device. */
                deviceID: components["schemas"]["DeviceId"];
                /** @description Return only this event type, written exactly as it was sent. */
                eventType?: components["schemas"]["EventType"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest event of each type. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "eventType": "door_opened",
                     *         "date": "2026-05-05T17:19:36.000Z",
                     *         "value": null
                     *       },
                     *       {
                     *         "eventType": "temp_celcius",
                     *         "date": "2026-05-05T17:20:35.000Z",
                     *         "value": 4
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["LatestEvent"][];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    getEventSummary: {
        parameters: {
            query: {
                /** @description The device. */
                deviceID: components["schemas"]["DeviceId"];
                /** @description The event type, exactly as it was sent. */
                eventType: components["schemas"]["EventType"];
                /**
                 * @description The start of the range, inclusive. In a URL, write `+` as `%2B`.
                 * @example 2026-05-05T00:00:00Z
                 */
                from: components["schemas"]["Instant"];
                /**
                 * @description The end of the range, exclusive. At most 2,000 intervals after `from`.
                 * @example 2026-05-06T00:00:00Z
                 */
                to: components["schemas"]["Instant"];
                /** @description The length of an interval, from a minute to a day, as an ISO 8601 duration with one unit, such as PT1M, PT12H or P1D. */
                interval: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The intervals, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "from": "2026-05-05T17:00:00.000Z",
                     *         "count": 2,
                     *         "min": 3,
                     *         "max": 4,
                     *         "mean": 3.5,
                     *         "first": 3,
                     *         "last": 4
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["EventSummary"][];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    deleteDeviceEvents: {
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
            /** @description The device has no stored events. */
            204: {
                headers: {
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
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
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
        };
    };
}
