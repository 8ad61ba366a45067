import generated from '../generated/event-types.json' with { type: 'json' };

/** A schema of a value, in the subset of JSON Schema that scripts/generate/event-types/find-schema-faults.ts describes. */
export type ValueSchema = {
  title?: string;
  description?: string;
  type?: 'array' | 'boolean' | 'integer' | 'null' | 'number' | 'object' | 'string';
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  enum?: string[];
  items?: ValueSchema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, ValueSchema>;
  required?: string[];
  additionalProperties?: boolean;
  'x-unit'?: string;
};

/** An event type as its file in openapi/event-types/ describes it. */
export type EventType = {
  eventType: string;
  title: string;
  description: string;
  schema: ValueSchema;
  /** In UCUM, of a value that is a number. */
  unit?: string;
  exampleValues: unknown[];
  deprecated?: true;
  deprecation?: { since: string; sunset: string; link: string };
};

/** A number in a value: what a summary adds up, and a chart has an axis for. */
export type NumberPlace = { pointer: string; title: string; unit?: string };

/** An event type in generated/event-types.json. */
export type ListedEventType = EventType & { numbers: NumberPlace[] };

/** The content of generated/event-types.json; `version` is that of openapi/event-types/CHANGELOG.md. */
export type Registry = { version: string; eventTypes: ListedEventType[] };

/** The registry of this checkout. */
export const registry = generated as Registry;
