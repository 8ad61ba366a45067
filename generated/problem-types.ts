// Made from openapi/openapi.yaml by scripts/generate.ts: do not edit.
export const problemTypes = {
  "invalid-request": {
    "status": 400,
    "title": "Invalid request"
  },
  "malformed-json": {
    "status": 400,
    "title": "Malformed JSON"
  },
  "clock-skew": {
    "status": 400,
    "title": "Clock skew"
  },
  "forbidden": {
    "status": 403,
    "title": "Forbidden",
    "detail": "The x-api-key header is missing or not valid"
  },
  "insufficient-scope": {
    "status": 403,
    "title": "Insufficient scope"
  },
  "device-not-allowed": {
    "status": 403,
    "title": "Device not allowed"
  },
  "not-found": {
    "status": 404,
    "title": "Not found",
    "detail": "The API has no such path"
  },
  "device-unknown": {
    "status": 404,
    "title": "Device unknown"
  },
  "method-not-allowed": {
    "status": 405,
    "title": "Method not allowed"
  },
  "payload-too-large": {
    "status": 413,
    "title": "Payload too large"
  },
  "unsupported-media-type": {
    "status": 415,
    "title": "Unsupported media type"
  },
  "too-many-requests": {
    "status": 429,
    "title": "Too many requests"
  },
  "quota-exceeded": {
    "status": 429,
    "title": "Quota exceeded"
  },
  "internal-error": {
    "status": 500,
    "title": "Internal error"
  },
  "bad-gateway": {
    "status": 502,
    "title": "Bad gateway"
  },
  "database-unavailable": {
    "status": 503,
    "title": "Database unavailable"
  },
  "not-prepared": {
    "status": 503,
    "title": "Not prepared"
  },
  "too-many-streams": {
    "status": 503,
    "title": "Too many streams"
  },
  "deletion-unfinished": {
    "status": 503,
    "title": "Deletion unfinished"
  },
  "gateway-timeout": {
    "status": 504,
    "title": "Gateway timeout"
  }
} as const;

export type ProblemType = keyof typeof problemTypes;
