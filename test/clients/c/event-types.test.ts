import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EventType } from '../../../openapi/registry.ts';
import { toCHeader } from '../../../scripts/generate/event-types/to-c-header.ts';
import { CLIENT, hasCompiler, hasCppCompiler, run } from './compiler.ts';

const directory = mkdtempSync(join(tmpdir(), 'iot-events-header-'));
afterAll(() => rmSync(directory, { recursive: true }));

const TYPES = [
  { eventType: 'temp_celsius', schema: { type: 'number' }, unit: 'Cel' },
  { eventType: 'urn:dev/5-a.b', schema: { type: 'integer' }, unit: '10*/uL' },
  { eventType: '5g', schema: { type: 'boolean' } },
  { eventType: 'note', schema: { type: 'string' } },
  { eventType: 'door_opened', schema: { type: 'null' } },
  { eventType: 'climate', schema: { type: 'object', additionalProperties: true } },
].map((type) => ({ title: 'A "name" */ /* \\ ??/', description: '', exampleValues: [], ...type }));

const PROGRAM = `
#include <stdio.h>
#include <string.h>
#include "event_types.h"
static void show(iot_events_event event) {
  printf("%s %d %ld %u %s\\n", event.event_type, (int)event.value.kind, (long)event.value.number,
         event.value.decimals, event.value.kind == IOT_EVENTS_STRING ? event.value.text : "");
}
int main(void) {
  show(iot_event_temp_celsius(21.5, 1));
  show(iot_event_urn_dev_5_a_b(7));
  show(iot_event_5g(true));
  show(iot_event_note("a note"));
  show(iot_event_door_opened());
  puts(IOT_EVENT_TEMP_CELSIUS_UNIT " " IOT_EVENT_URN_DEV_5_A_B_UNIT " " IOT_EVENT_CLIMATE);
  return 0;
}
`;

const STRICT = '-pedantic -Wall -Wextra -Werror -Wconversion -Wshadow'.split(' ');

describe.skipIf(!hasCompiler)('the C header of the event types', () => {
  writeFileSync(join(directory, 'event_types.h'), toCHeader(TYPES as EventType[], '1.0.0'));
  writeFileSync(join(directory, 'program.c'), PROGRAM);
  const compile = (compiler: string, ...flags: string[]) =>
    run(compiler, [...STRICT, '-I', directory, '-I', CLIENT, ...flags]);

  it('makes events of one value, and names types and units', async () => {
    const program = join(directory, 'program');
    const sources = [join(directory, 'program.c'), 'iot_events.c'];

    await compile('gcc', '-std=c99', ...sources, '-o', program);

    expect((await run(program)).split('\n')).toEqual([
      'temp_celsius 2 215 1 ',
      'urn:dev/5-a.b 2 7 0 ',
      '5g 1 1 0 ',
      'note 4 0 0 a note',
      'door_opened 0 0 0 ',
      'Cel 10*/uL climate',
      '',
    ]);
  });

  it.skipIf(!hasCppCompiler)('is C++, and C without floating point, too', async () => {
    const source = join(directory, 'header.c');
    writeFileSync(source, '#include "event_types.h"\n');

    await compile('g++', '-x', 'c++', '-fsyntax-only', source);
    await compile('gcc', '-std=c99', '-DIOT_EVENTS_NO_DOUBLE', '-fsyntax-only', source);
  });
});
