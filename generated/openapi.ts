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
         * @description The events of one device and type: of a UTC day (`date`), or from one instant up to, but not
         *     including, another (`from`, `to`). Newest first unless `order` says otherwise; of one instant, the
         *     last to arrive is the newest. Nothing is an empty array.
         *
         *     A page has at most `limit` events. If there are more, the reply has a `Link` to the next page; follow
         *     it until there is none. Events that arrive meanwhile never make one come twice, or go missing that
         *     was there at the start.
         */
        get: operations["getEvents"];
        put?: never;
        /**
         * Store one event
         * @description Stores the event once, however often it is sent.
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
         * @description Stores 1 to 1,000 events of any devices and types, each once, and tells of each, in their order,
         *     what became of it. An event that is refused, or that fails, never costs the others. Only what
         *     concerns the whole body (no JSON, no array, too many events, too large) is a problem of the request.
         *
         *     **Sending the whole batch again is safe**, as for single events: what was stored is then a
         *     `duplicate`. Events without a `date` are stamped with one instant for the whole batch, another one
         *     each time: give them an `id`, or they are stored again, and of two that are alike only one is.
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
         * @description The newest event by its own date, for each event type of the device, or for one of them; in the
         *     order of the types' names. A device that has sent nothing is an empty array.
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
         * @description Count, extremes, mean, first and last of the events whose value is a number, for each interval of a
         *     range; intervals without any are left out. Intervals are counted from midnight UTC of 1970-01-01,
         *     so that those which divide a day begin at its midnight; at a range's ends they may be cut short.
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
         * @description Deletes whatever is stored of the device, of every type and day, for good; backups keep it for as
         *     long as the operator keeps them, and clients may have copies of closed days for up to a week. A device
         *     of which nothing is stored is as welcome: sending it again is safe, and right after a `503` or `504`.
         *     What the device sends afterwards is stored.
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
         * Tell whether the service is up
         * @description Answers without a key and without the database.
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
         * Tell whether requests can be answered
         * @description Whether the database is reachable and prepared for this version; without a key. What it found is told for five seconds.
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
         * Format: unicode
         * @description What kind of event it is; any text that is not blank.
         * @example temp_celcius
         */
        EventType: string;
        /**
         * Format: date-time
         * @description An RFC 3339 date-time that names a real instant: no leap second, no 31 February, in UTC within the years 0000 to 9999. Kept to the millisecond.
         * @example 2026-05-05T17:19:35Z
         */
        Instant: string;
        /**
         * Format: unicode
         * @description The device's own name for the event, such as a counter; unique within device, type and UTC day.
         * @example boot-17/4
         */
        EventId: string;
        /**
         * Format: date
         * @description A day, as YYYY-MM-DD.
         * @example 2026-05-05
         */
        Day: string;
        /** @description What a device sends. */
        NewEvent: {
            date: components["schemas"]["Instant"];
            deviceID: components["schemas"]["DeviceId"];
            eventType: components["schemas"]["EventType"];
            id?: components["schemas"]["EventId"];
            /**
             * @description Any JSON; stored as null when it is left out. Numbers are IEEE 754 doubles (RFC 8259, section 6): one beyond their range, or an integer that they cannot hold exactly, is refused: send such a number as a string. The body may be nested 256 levels deep.
             * @example 3
             */
            value?: unknown;
        };
        /** @description What a device sends among others; without a `date`, it gets the instant of its arrival. */
        BatchEvent: {
            date?: components["schemas"]["Instant"];
            deviceID: components["schemas"]["DeviceId"];
            eventType: components["schemas"]["EventType"];
            id?: components["schemas"]["EventId"];
            /**
             * @description Any JSON; stored as null when it is left out. Numbers are IEEE 754 doubles (RFC 8259, section 6): one beyond their range, or an integer that they cannot hold exactly, is refused: send such a number as a string. The body may be nested 256 levels deep.
             * @example 3
             */
            value?: unknown;
        };
        EventBatch: components["schemas"]["BatchEvent"][];
        /** @description What became of one event of a batch. Its `problem` is what `POST /events` would answer, with pointers from the event on. */
        BatchResult: {
            /**
             * @description `created`; `duplicate`, stored before; `rejected`, refused as it is (see `problem`); `failed`, not known to be stored (see `problem`): send it again.
             * @enum {string}
             */
            status: "created" | "duplicate" | "rejected" | "failed";
            /**
             * Format: date-time
             * @description The instant that the event got, where it came without one and is created.
             * @example 2026-05-05T17:21:02.417Z
             */
            date?: string;
            problem?: components["schemas"]["Problem"];
        };
        /** @description What a dashboard reads. */
        StoredEvent: {
            date: components["schemas"]["Instant"];
            /**
             * @description Any JSON; stored as null when it is left out. Numbers are IEEE 754 doubles (RFC 8259, section 6): one beyond their range, or an integer that they cannot hold exactly, is refused: send such a number as a string. The body may be nested 256 levels deep.
             * @example 3
             */
            value: unknown;
        };
        /** @description The newest event of a type. */
        LatestEvent: {
            eventType: components["schemas"]["EventType"];
            date: components["schemas"]["Instant"];
            /**
             * @description Any JSON; stored as null when it is left out. Numbers are IEEE 754 doubles (RFC 8259, section 6): one beyond their range, or an integer that they cannot hold exactly, is refused: send such a number as a string. The body may be nested 256 levels deep.
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
             * @description The value of the oldest.
             * @example 3
             */
            first: number;
            /**
             * @description The value of the newest.
             * @example 4
             */
            last: number;
        };
        EventReceipt: {
            /**
             * @description For people; programs go by the status.
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
             * @description What kind of problem it is, as a URI reference. Programs go by this.
             * @example /problems/invalid-request
             */
            type: string;
            /**
             * @description The kind of problem in words; the same for each problem of the type.
             * @example Invalid request
             */
            title: string;
            /**
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
             * @description The time here; in `/problems/clock-skew` only.
             * @example 2026-05-05T17:21:02.417Z
             */
            serverTime?: string;
            /** @description What is wrong with the request, up to a thousand things; for an event of a batch, up to ten. */
            errors?: components["schemas"]["InvalidField"][];
        };
        /** @description One thing that is wrong; it has a `pointer` (body) or a `parameter`. */
        InvalidField: {
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
            /** @example must be an RFC 3339 date-time that names a real instant */
            detail: string;
        };
    };
    responses: {
        /** @description The request does not match the contract; sent again as it is, it fails again. */
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
        /** @description The API key is missing or not valid, or not good for what it was sent with. */
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
        /** @description The event is larger than 16 KiB, or the batch than 4 MiB. (Past 6 MB, where each quote and backslash counts twice, the gateway answers `{"message":"Request Too Long"}`, past 10 MB in plain text.) */
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
        /** @description The body is not declared as application/json. */
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
        /** @description The key's rate or quota, or the service's rate, is used up. */
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
        /** @description A fault of the service; it is in its log under the request's id. */
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
        /** @description The service broke off while it answered. */
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
        /** @description The database is not reachable or too slow. Whether the event was stored is unknown; send it again. */
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
        /** @description Names this very state of the page (RFC 9110, section 8.8.3). */
        ETag: string;
        /** @description `private, no-cache`; of a closed range `private, max-age=…`, in seconds. */
        CacheControl: string;
        /** @description Which request headers the reply depends on. */
        Vary: string;
        /** @description How many seconds to wait before sending again (RFC 9110, section 10.2.3). */
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
                /** @description The type, exactly as it was sent. */
                eventType: components["schemas"]["EventType"];
                /**
                 * @description The UTC day; not with `from` or `to`.
                 * @example 2026-05-05
                 */
                date?: components["schemas"]["Day"];
                /** @description The first instant; needed unless there is a `date`. In a URL, a `+` is written `%2B`. */
                from?: components["schemas"]["Instant"];
                /** @description The first instant that is no longer asked for; without it, all that there is. */
                to?: components["schemas"]["Instant"];
                /** @description Newest or oldest first. */
                order?: "desc" | "asc";
                /** @description How many events a page has at most; it may have fewer, to stay below 6 MB. */
                limit?: number;
                /** @description Where the page begins; only from a `Link`, with the other parameters as they were. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier reply to this very request (RFC 9110, section 13.1.2). */
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
                    /** @description The next page, with `rel="next"` (RFC 8288); absent on the last one. */
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
            /** @description Nothing has changed since the reply that had this `ETag`. */
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
        /** @description The event; as compact JSON at most 16 KiB (16,384 bytes). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEvent"];
            };
        };
        responses: {
            /** @description This very event was stored before; nothing changed. */
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
        /** @description The events; each as compact JSON at most 16 KiB (16,384 bytes), all of them, as sent but before compression, at most 4 MiB (4,194,304 bytes). */
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventBatch"];
            };
        };
        responses: {
            /** @description What became of each event, in the order of the request. */
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
                /** @description One type, exactly as it was sent; all of them without it. */
                eventType?: components["schemas"]["EventType"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest events. */
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
                /** @description The type, exactly as it was sent. */
                eventType: components["schemas"]["EventType"];
                /**
                 * @description The first instant. In a URL, a `+` is written `%2B`.
                 * @example 2026-05-05T00:00:00Z
                 */
                from: components["schemas"]["Instant"];
                /**
                 * @description The first instant that is no longer asked for; at most 2,000 intervals after `from`.
                 * @example 2026-05-06T00:00:00Z
                 */
                to: components["schemas"]["Instant"];
                /** @description From a minute to a day, as an ISO 8601 duration of one unit, such as PT1M, PT12H or P1D. */
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
            /** @description Nothing is stored of the device. */
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
            /** @description They can. */
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
