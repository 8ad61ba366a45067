import type { components } from '../../../generated/openapi.ts';
import type { ExampleRequest } from '../../../openapi/example-request.ts';
import { toCText } from './to-c-text.ts';

type Batch = components['schemas']['EventBatch'];
type Event = Batch['events'][number];

/** Whether clients/c has the operation; it has one. */
export const isForCClient = ({ operationId }: ExampleRequest): boolean =>
  operationId === 'addEvents';

/** Calls that create and queue each event; `otherwise` runs if the queue is full. */
export const toCClientCalls = ({ body }: ExampleRequest, otherwise: string): string =>
  (body as Batch).events.map((event) => toCalls(event, otherwise).join('\n')).join('\n\n');

function toCalls(event: Event, otherwise: string): string[] {
  const { date, deviceID, eventType, id, value = null } = event;
  return [
    `event = iot_events_event_of(${toCText(eventType)}, ${toValue(value)});`,
    `event.device_id = ${toCText(deviceID)};`,
    ...(id === undefined ? [] : [`event.id = ${toCText(id)};`]),
    // Without a date, the service stamps the event.
    ...(date === undefined ? [] : [`event.date_ms = ${Date.parse(date)}; /* ${date} */`]),
    `if (iot_events_add(&client, &event) != IOT_EVENTS_OK) ${otherwise}`,
  ].map((line) => `  ${line}`);
}

function toValue(value: unknown): string {
  if (value === null) return 'iot_events_null()';
  if (typeof value === 'boolean') return `iot_events_bool(${value})`;
  if (typeof value === 'string') return `iot_events_string(${toCText(value)})`;
  if (Number.isSafeInteger(value)) return `iot_events_integer(${value})`;
  const text = JSON.stringify(value);
  if (typeof value === 'number') return `iot_events_number(${toCText(text)})`;
  return `iot_events_json(${toCText(text)}, ${Buffer.byteLength(text)})`;
}
