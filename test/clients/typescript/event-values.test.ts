import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { toClientTypes } from '../../../scripts/generate/event-types/to-client-types.ts';

const TSC = resolve('node_modules/typescript/bin/tsc');
const directory = mkdtempSync(join(tmpdir(), 'iot-events-types-'));
afterAll(() => rmSync(directory, { recursive: true }));

const TYPES = [
  { eventType: 'temp_celsius', schema: { type: 'number' }, unit: 'Cel' },
  {
    eventType: 'climate/room',
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['celsius'],
      properties: { celsius: { type: 'number' }, mode: { type: 'string', enum: ['heat', 'cool'] } },
    },
  },
  { eventType: 'door_opened', schema: { type: 'null' } },
  { eventType: 'any', schema: {} },
  { eventType: 'axes', schema: { type: 'array', items: { type: 'integer' } } },
].map((type) => ({ title: 'A "title" */', description: '', exampleValues: [], ...type }));

/** Each line compiles, or does not, as its comment says. */
const PROGRAM = `
import { createClient, createQueue } from '@iot-events/client';
const client = createClient({ baseUrl: 'https://api.example', apiKey: '' });
const queue = createQueue(client);
const a = { deviceID: 'd', id: 'i' };
declare const text: string;

await client.addEvent({ ...a, eventType: 'temp_celsius', value: 21 });
await client.addEvent({ ...a, eventType: 'temp_celsius', value: '21' }); // wrong
await client.addEvent({ ...a, eventType: 'temp_celsius' }); // wrong
await client.addEvent({ ...a, eventType: 'door_opened' });
await client.addEvent({ ...a, eventType: 'door_opened', value: 1 }); // wrong
await client.addEvent({ ...a, eventType: 'climate/room', value: { celsius: 1, mode: 'heat' } });
await client.addEvent({ ...a, eventType: 'climate/room', value: { celsius: 1, mode: 'warm' } }); // wrong
await client.addEvent({ ...a, eventType: 'climate/room', value: { celsius: 1, humidity: 1 } }); // wrong
await client.addEvent({ ...a, eventType: 'any', value: { celsius: 1 } });
await client.addEvent({ ...a, eventType: 'axes', value: [1, 2, 3] });
await client.addEvent({ ...a, eventType: 'axes', value: [1, '2'] }); // wrong
await client.addEvent({ ...a, eventType: 'nobody/knows', value: {} }); // unknown
await client.addEvent({ ...a, eventType: text, value: {} }); // unknown
await client.addEvents({ events: [{ ...a, eventType: 'temp_celsius', value: 21 }, { ...a, eventType: 'door_opened' }] });
await client.addEvents({ events: [{ ...a, eventType: 'door_opened' }, { ...a, eventType: 'temp_celsius', value: '21' }] }); // wrong
await client.addEvents({ events: [{ ...a, eventType: 'door_opened' }, { ...a, eventType: 'nobody/knows', value: 1 }] }); // unknown
queue.add({ ...a, eventType: 'temp_celsius', value: 21 });
queue.add({ ...a, eventType: 'temp_celsius', value: '21' }); // wrong

const day = { deviceID: 'd', date: '2026-05-05' };
const page = await client.listEvents({ ...day, eventType: 'temp_celsius' });
page.events.map(({ value }) => value.toFixed(1));
page.events.map(({ value }) => value.length); // wrong
for await (const { value } of client.events({ ...day, eventType: 'climate/room' })) value.celsius.toFixed(1);
for await (const event of client.live({ deviceID: 'd', eventType: ['temp_celsius', 'climate/room'] })) {
  if (event.eventType === 'temp_celsius') event.value.toFixed(1);
  else event.value.celsius.toFixed(1);
}
const { events } = await client.listLatestEvents({ deviceID: 'd' });
const value: unknown = events[0]?.value;
const other: number = events[0]?.value; // wrong
await client.addEvents({ events: page.events });
export { value, other };
`;

/** The numbers of the lines that do not compile. */
const findErrors = (unknownTypes: 'accept' | 'refuse'): number[] => {
  const compilerOptions = {
    paths: { '@iot-events/client': [resolve('clients/typescript/src/index.ts')] },
    typeRoots: [resolve('node_modules/@types')],
  };
  const config = {
    extends: resolve('tsconfig.json'),
    compilerOptions,
    include: ['*.ts'],
    exclude: [],
  };
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(config));
  writeFileSync(join(directory, 'types.d.ts'), toClientTypes(TYPES as never, unknownTypes));
  writeFileSync(join(directory, 'program.ts'), PROGRAM);
  let printed = '';
  try {
    execFileSync(process.execPath, [TSC, '-p', directory], { cwd: directory, encoding: 'utf8' });
  } catch (error) {
    printed = (error as { stdout: string }).stdout;
  }
  const places = [...printed.matchAll(/^(\S+)\((\d+),/gm)];
  expect(places.filter(([, file]) => file !== 'program.ts').map(([text]) => text)).toEqual([]);
  return [...new Set(places.map(([, , line]) => Number(line)))];
};

/** The numbers of the lines with a comment. */
const linesWith = (...comments: string[]): number[] =>
  PROGRAM.split('\n').flatMap((line, index) =>
    comments.some((comment) => line.endsWith(`// ${comment}`)) ? [index + 1] : [],
  );

describe('a client that knows the event types', { timeout: 60_000 }, () => {
  it('takes and returns values of their types, and any of other types', { tags: 'long' }, () => {
    expect(findErrors('accept')).toEqual(linesWith('wrong'));
  });

  it('takes no other types if the project says so', { tags: 'long' }, () => {
    expect(findErrors('refuse')).toEqual(linesWith('wrong', 'unknown'));
  });
});
