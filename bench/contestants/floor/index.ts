import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { NewEvent } from '../events.ts';
import { addEvent, listEvents, toReceipt } from '../events.ts';
import { DAY, INSTANT, MAX_EVENT_TYPE, MAX_ID, NAME, UUID } from '../rules.ts';

const FIELDS = new Set(['date', 'deviceID', 'eventType', 'id', 'value']);

/** The minimum: no router, no validator, every rule written by hand. */
export const handler = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  if (event.path !== '/events') return toResult(404, { message: 'Not found' });
  try {
    return event.httpMethod === 'POST' ? await post(event.body) : await get(event);
  } catch {
    return toResult(503, { message: 'The database does not respond' });
  }
};

async function post(text: string | null): Promise<APIGatewayProxyResult> {
  let body: unknown;
  try {
    body = JSON.parse(text ?? '');
  } catch {
    return toResult(400, { message: 'The body is not JSON' });
  }
  const wrong = findWrongField(body);
  if (wrong !== undefined) return toResult(400, { message: `${wrong} is not valid` });
  const { status, body: receipt } = toReceipt(await addEvent(body as NewEvent));
  return toResult(status, receipt);
}

async function get({ queryStringParameters }: APIGatewayProxyEvent) {
  const { deviceID = '', eventType = '', date = '' } = queryStringParameters ?? {};
  const isValid = UUID.test(deviceID) && isName(eventType, MAX_EVENT_TYPE) && DAY.test(date);
  if (!isValid) return toResult(400, { message: 'The query is not valid' });
  return toResult(200, await listEvents({ deviceID, eventType, date }));
}

function findWrongField(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'body';
  const { date, deviceID, eventType, id } = body as Partial<NewEvent>;
  if (date === undefined ? id === undefined : !isInstant(date)) return 'date';
  if (typeof deviceID !== 'string' || !UUID.test(deviceID)) return 'deviceID';
  if (!isName(eventType, MAX_EVENT_TYPE)) return 'eventType';
  if (id !== undefined && !isName(id, MAX_ID)) return 'id';
  for (const name in body) if (!FIELDS.has(name)) return name;
  return undefined;
}

const isInstant = (value: unknown): boolean => typeof value === 'string' && INSTANT.test(value);

const isName = (value: unknown, max: number): boolean =>
  typeof value === 'string' && value.length <= max && NAME.test(value);

const toResult = (statusCode: number, body: unknown): APIGatewayProxyResult => ({
  statusCode,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});
