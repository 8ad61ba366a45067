import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Client, QueueEvent } from '../../../clients/typescript/src/index.ts';
import { useDoor } from './use-door.ts';

const { client, direct, door } = useDoor();

const nameless = (more = {}) => ({
  deviceID: randomUUID(),
  eventType: 'button_pressed',
  value: 1,
  ...more,
});
const read = async ({ deviceID, eventType }: QueueEvent) => {
  const since = new Date(Date.now() - 86_400_000).toISOString();
  return (await direct().listEvents({ deviceID, eventType, since })).events;
};
const ADDERS: [string, (client: Client, event: QueueEvent) => Promise<unknown>][] = [
  ['addEvent', (client, event) => client.addEvent(event)],
  ['addEvents', (client, event) => client.addEvents({ events: [event] })],
];

describe.each(ADDERS)('%s', (_, add) => {
  it.each([
    ['nothing', {}],
    ['null', { id: null, date: null }],
  ])(
    'stores an event with %s for date and id once, although its reply is lost',
    async (_, more) => {
      const event = nameless(more);
      door().faults.push('lost reply', 'half a reply', { status: 503 });

      await add(client(), event);

      expect(door().requests).toHaveLength(4);
      expect(await read(event)).toMatchObject([{ id: expect.stringMatching(/^[0-9a-f]{32}$/) }]);
    },
  );

  it('stores two equal events without date and id twice', async () => {
    const event = nameless();

    await add(client(), event);
    await add(client(), event);

    expect(await read(event)).toHaveLength(2);
  });

  it('leaves the id and the date of an event as they are', async () => {
    const dated = nameless({ date: new Date().toISOString() });

    await add(client(), dated);
    await add(client(), { ...dated, id: 'boot-1/1' });

    expect((await read(dated)).map(({ id }) => id).sort()).toEqual(['boot-1/1', undefined]);
  });

  it.each([
    [Number.NaN],
    [{ list: [1, Number.POSITIVE_INFINITY] }],
    [10n],
    [() => 1],
    [[undefined]],
  ])('refuses %s, which JSON does not have', async (value) => {
    await expect(add(client(), nameless({ value }))).rejects.toBeInstanceOf(TypeError);

    expect(door().requests).toHaveLength(0);
  });
});
