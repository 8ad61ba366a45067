/** The environment variables that cdktf/functions/ sets and src/lambda/ reads. */
export type EnvironmentVariables = {
  /** MongoDB's connection string. */
  readonly MONGODB_URI?: string | undefined;
  /** The origins whose pages may call the API, separated by commas; any origin by default. */
  readonly CORS_ORIGINS?: string | undefined;
  /** Days for which events are kept; forever by default. */
  readonly RETENTION_DAYS?: string | undefined;
  /** `true` allows the migration to set a retention that deletes events. */
  readonly ALLOW_DATA_LOSS?: string | undefined;
  /** Days by which an event may be late; without a limit by default. */
  readonly LATE_DAYS?: string | undefined;
  /** The day before which a device's clock counts as not set; 2020-01-01 by default. */
  readonly NOT_BEFORE?: string | undefined;
  /** `scoped` makes the router check the API keys; API Gateway checks them by default. */
  readonly API_KEYS?: string | undefined;
  /** SHA-256, in hex, of an API key with every scope. */
  readonly PLAIN_KEY_HASH?: string | undefined;
  /** How many streams of a kind may be open at once; any number by default. */
  readonly STREAM_SLOTS?: string | undefined;
  /** The policy on event types, as JSON of an `EventTypePolicy`. */
  readonly EVENT_TYPES?: string | undefined;
  /** The tag of the image, which `GET /health` tells. */
  readonly BUILD?: string | undefined;
};
