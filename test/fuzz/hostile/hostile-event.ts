import fc from 'fast-check';
import type { JsonText } from './hostile-json.ts';
import { hostileJson } from './hostile-json.ts';
import { hostileNames, hostileText, toJson } from './hostile-text.ts';

/** An event as JSON, without its device, and what must become of it. */
export type HostileEvent = {
  fields: Record<'date' | 'eventType', string> & { id?: string };
  value: JsonText;
  /** Where it is refused for something else than its value: a field, and what stands there instead. */
  wrong?: { name: string; json: string };
};

export const DAY = '2026-05-05';

const EVENT_TYPE = /^[A-Za-z0-9][A-Za-z0-9\-:./_]{0,127}$/;
const ID = /^[A-Za-z0-9][A-Za-z0-9\-:./_]{0,63}$/;
/** Names that mean something to JavaScript among others. */
const toName = (pattern: RegExp) =>
  fc.oneof(
    fc.constantFrom(...hostileNames.filter((name) => pattern.test(name))),
    fc.stringMatching(pattern),
  );
const instant = fc
  .tuple(fc.integer({ min: 0, max: 2 }), fc.constantFrom('Z', '.5Z', '.500999Z', '+00:00'))
  .map(([second, end]) => `${DAY}T12:00:0${second}${end}`);
const event = fc.record(
  {
    date: instant,
    eventType: fc.oneof(fc.constant('temp'), toName(EVENT_TYPE)),
    id: fc.oneof(fc.constant('1'), toName(ID)),
  },
  { requiredKeys: ['date', 'eventType'] },
);

const NO_TEXT = ['1', '[]', '{}', '{"$gt":""}', '{"$ne":null}', '["a"]', '{"$regex":".*"}'];
const NO_DATE = ['"now"', '"2026-02-31T00:00:00Z"', '"2026-05-05T23:59:60Z"', '{"$date":0}', '0'];
const wrong = fc.oneof(
  fc.record({ name: fc.constant('date'), json: fc.constantFrom('null', ...NO_TEXT, ...NO_DATE) }),
  fc.record({
    name: fc.constantFrom('deviceID', 'eventType', 'id'),
    json: fc.oneof(
      fc.constantFrom(...NO_TEXT, '""', '" "', '"\\ud800"', toJson('x'.repeat(129))),
      hostileText
        .filter((text) => !EVENT_TYPE.test(text))
        .map((text) => toJson(text.slice(0, 1_000))),
    ),
  }),
  fc.record({ name: fc.constantFrom('deviceID', 'eventType'), json: fc.constant('null') }),
  fc.record({
    name: fc.constantFrom(
      ...hostileNames.filter((name) => !/^(date|deviceID|eventType|id)$/.test(name)),
    ),
    json: fc.constantFrom('null', ...NO_TEXT, '"x"'),
  }),
);

export const hostileEvent: fc.Arbitrary<HostileEvent> = fc
  .record(
    { fields: event, value: hostileJson, wrong },
    { requiredKeys: ['fields', 'value'], noNullPrototype: true },
  )
  // One thing is wrong with it at a time: which is told first depends on how it is sent.
  .map((made) => (made.wrong && isWrong(made.value) ? { ...made, value: PLAIN } : made))
  // Null for a date is wrong only where there is no id.
  .map((made) =>
    made.wrong?.json === 'null' ? { ...made, fields: withoutId(made.fields) } : made,
  );

const withoutId = ({ id: _, ...fields }: HostileEvent['fields']) => fields;

const PLAIN: JsonText = { text: '1', depth: 0, isExact: true };
const isWrong = ({ text, isExact }: JsonText): boolean => !isExact || text.length > 400;

/** As it goes over the line; of a field that is there twice, the second counts. */
export const toText = ({ fields, value, wrong: other }: HostileEvent, deviceID: string): string => {
  const own = Object.entries({ ...fields, deviceID }).map((pair) => pair.map(toJson).join(':'));
  const last = other ? [`${toJson(other.name)}:${other.json}`] : [];
  return `{${[...own, `"value":${value.text}`, ...last].join(',')}}`;
};

const MAX_BYTES = 16_384;
const MAX_DEPTH = 256;

/** Why it is refused, by the contract: the status, and where it points. Undefined where it is stored. */
export const findRefusal = (
  made: HostileEvent,
  deviceID: string,
): { status: number; pointer?: RegExp } | undefined => {
  if (made.wrong) return { status: 400, pointer: toPattern(made.wrong.name) };
  if (made.value.depth >= MAX_DEPTH) return { status: 400, pointer: /^$/ };
  // As replies write it.
  const { receivedAt: _, ...event } = JSON.parse(toText(made, deviceID));
  const written = toJson({ ...event, date: new Date(0).toISOString() });
  if (Buffer.byteLength(written) > MAX_BYTES) return { status: 413 };
  // Of a field that is there twice, the first is nowhere.
  return made.value.isExact ? undefined : { status: 400, pointer: /^(\/value(\/.*)?)?$/s };
};

function toPattern(name: string): RegExp {
  const pointer = name.replaceAll('~', '~0').replaceAll('/', '~1');
  return new RegExp(`^/${pointer.replace(/[$.[\]*+?^{}()|\\]/g, '\\$&')}$`);
}
