import { describe, expect, it } from 'vitest';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

const service = useLocalService();

// As clients of the earlier system send them; `temp_celcius` is its spelling.
const DEVICE = '8f188304-e7b3-4a16-a243-b9470468478a';
const BODIES = [
  `{"date":"2020-05-05T17:19:35Z","deviceID":"${DEVICE}","eventType":"temp_celcius","value":3}`,
  `{"date":"2020-05-05T17:20:35Z","deviceID":"${DEVICE}","eventType":"temp_celcius","value":4}`,
];
const SEARCH = `deviceID=${DEVICE}&eventType=temp_celcius&date=2020-05-05`;

const post = (body: string) =>
  fetch(`${service.url()}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': API_KEY },
    body,
  });

describe('the requests of the earlier system', () => {
  it('store events and read those of a day', async () => {
    const stored = await Promise.all(BODIES.map(post));
    const repeated = await Promise.all(BODIES.map(post));
    const read = await fetch(`${service.url()}/events?${SEARCH}`, {
      headers: { 'x-api-key': API_KEY },
    });

    expect(stored.map(({ status }) => status)).toEqual([201, 201]);
    expect(repeated.map(({ status }) => status)).toEqual([200, 200]);
    expect(read.status).toBe(200);
    const event = { deviceID: DEVICE, eventType: 'temp_celcius' };
    expect(await read.json()).toEqual({
      events: [
        { ...event, date: '2020-05-05T17:20:35.000Z', value: 4 },
        { ...event, date: '2020-05-05T17:19:35.000Z', value: 3 },
      ],
    });
  });

  it.each([' temp', 'temp celcius', 'café', '_temp'])(
    'are refused where their type is %j',
    async (eventType) => {
      const body = { date: '2020-05-05T17:19:35Z', deviceID: DEVICE, eventType, value: 3 };
      const response = await post(JSON.stringify(body));

      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ type: '/problems/invalid-request' });
    },
  );

  it('are refused without a key', async () => {
    const responses = [
      await fetch(`${service.url()}/events?${SEARCH}`),
      await fetch(`${service.url()}/events`, { method: 'POST', body: BODIES[0] ?? '' }),
    ];

    expect(responses.map(({ status }) => status)).toEqual([403, 403]);
  });
});
