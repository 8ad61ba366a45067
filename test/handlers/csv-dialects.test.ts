import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

const service = useLocalService();
const DEVICE = { deviceID: randomUUID(), eventType: 'anything' };
const GERMAN = { separator: 'semicolon', decimalMark: 'comma' };
const SWISS = { separator: 'semicolon' };
const DIALECTS = [{}, GERMAN, SWISS, { decimalMark: 'comma' }];
// Each with its cell in a file whose separator is `,` (one alone), or `,` and `;`.
const ATTACKS: [value: unknown, withComma: string, withSemicolon?: string][] = [
  ['=1+1', "'=1+1"],
  ['Gate; south', 'Gate; south'],
  ['48.1,-122.3', '48.1,-122.3', "48.1,'-122.3"],
  ['48.1;-122.3', "48.1;'-122.3", '48.1;-122.3'],
  ["x;=cmd|' /C calc'!A0;x", "x;'=cmd|' /C calc'!A0;x", "x;=cmd|' /C calc'!A0;x"],
  ['x,@SUM(1),x', 'x,@SUM(1),x', "x,'@SUM(1),x"],
  ['x\t=1', "x\t'=1"],
  ['x\n+1', "x\n'+1"],
  ['x\r\n=1\r-1', "x\r\n'=1\r'-1"],
  // Behind quotes, a spreadsheet begins a formula, too: `""=1` is nothing, and `=1`.
  ['x;"=1', 'x;"\'=1', 'x;"=1'],
  ['x,""＝1', 'x,""＝1', 'x,""\'＝1'],
  // An escape sequence is the same value in JSON.
  [['a', '=1,x'], String.raw`["a","\u003d1,x"]`],
  [{ a: 'x;=1', b: 'x,-1', 'c,@': 'x"=' }, toJson('003d', '002d', '0040')],
  [{ a: [1, -5, -0.5], b: '-5', c: '\\' }, String.raw`{"a":[1,-5,-0.5],"b":"-5","c":"\\"}`],
];
const NUMBERS: [value: number, withComma: string][] = [
  [3.5, '3,5'],
  [-0.25, '-0,25'],
  [1_000_000, '1000000'],
  [1.5e-7, '1,5e-7'],
  [1e21, '1e+21'],
];
const VALUES = [...ATTACKS.map(([value]) => value), ...NUMBERS.map(([value]) => value), 'Tür 🚪'];

function toJson(...[equals, minus, at]: string[]): string {
  return `{"a":"x;\\u${equals}1","b":"x,\\u${minus}1","c,\\u${at}":"x\\"="}`;
}

const headers = { 'x-api-key': API_KEY };

const get = (query: Record<string, string>, accept = 'text/csv') => {
  const range = { ...DEVICE, since: '2026-05-05T00:00:00Z' };
  const url = `${service.url()}/events/export?${new URLSearchParams({ ...range, ...query })}`;
  return fetch(url, { headers: { ...headers, accept } });
};

const read = async (query: Record<string, string>) =>
  Buffer.from(await (await get(query)).arrayBuffer());

/** The cells of a file in a spreadsheet whose locale has this separator. */
const open = (file: Buffer, { separator }: { separator?: string }): string[][] =>
  parse(file, {
    bom: true,
    delimiter: separator === 'semicolon' ? ';' : ',',
    relax_column_count: true,
  });

beforeAll(async () => {
  const events = VALUES.map((value, second) => ({
    ...DEVICE,
    date: new Date(Date.UTC(2026, 4, 5, 12, 0, second)),
    value,
  }));
  const response = await fetch(`${service.url()}/events/batch`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  });
  expect(response.status).toBe(207);
});

describe('CSV for the spreadsheets of a locale', () => {
  it.each(DIALECTS)('has a value in each cell: %j', async (dialect: Record<string, string>) => {
    const [header, ...rows] = open(await read(dialect), dialect);

    expect(header).toEqual(['deviceID', 'eventType', 'date', 'value', 'id']);
    expect(rows.pop()).toEqual(['# complete']);
    const attacks = ATTACKS.map(([, withComma, withSemicolon = withComma]) =>
      dialect.separator === 'semicolon' ? withSemicolon : withComma,
    );
    const numbers = NUMBERS.map(([value, withComma]) =>
      dialect.decimalMark === 'comma' ? withComma : String(value),
    );
    expect(rows.map(([, , , cell]) => cell)).toEqual([...attacks, ...numbers, 'Tür 🚪']);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([5]));
    for (const [index, value] of VALUES.entries()) {
      if (typeof value === 'object') expect(JSON.parse(rows[index]?.[3] ?? '')).toEqual(value);
    }
  });

  it.each(DIALECTS)('begins no formula in a spreadsheet of another locale: %j', async (dialect) => {
    const text = String(await read(dialect));
    const other = 'separator' in dialect ? ',' : ';';

    // The strictest reading: quotes keep nothing together.
    const cells = text.split(new RegExp(`[${other}\t\r\n]`)).map((cell) => cell.replace(/^"+/, ''));

    // Numbers of JSON are none.
    expect(cells.filter((cell) => /^[=+\-@＝＋－＠](?!(5|0\.5\]"?"?)$)/.test(cell))).toEqual([]);
  });

  it('has a byte-order mark if asked for, in each part', async () => {
    const mark = Buffer.from('\uFEFF');
    const plain = await read(GERMAN);
    const marked = await read({ ...GERMAN, byteOrderMark: 'true' });

    expect(plain.subarray(0, 8).toString()).toBe('deviceID');
    expect(marked).toEqual(Buffer.concat([mark, plain]));
    expect(await read({ ...GERMAN, byteOrderMark: 'false' })).toEqual(plain);
    expect(String(await read({ byteOrderMark: 'true', include: 'receivedAt' }))).toMatch(
      /^\uFEFFdeviceID,eventType,date,value,id,receivedAt\r\n/,
    );
  });

  it('keeps its media type, of which the separator is no parameter (RFC 7111)', async () => {
    const { status, headers } = await get(GERMAN);

    expect([status, headers.get('content-type')]).toEqual([
      200,
      'text/csv; charset=utf-8; header=present',
    ]);
  });
});

describe('a parameter of CSV', () => {
  it('is refused where the reply is not CSV', async () => {
    const query = { ...GERMAN, byteOrderMark: 'true' };
    const response = await get(query, 'application/x-ndjson');

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: ['separator', 'decimalMark', 'byteOrderMark'].map((parameter) => ({
        code: 'excluded',
        parameter,
        detail: 'goes with CSV only: send Accept: text/csv',
      })),
    });
  });

  it('may be sent with its default, as some generated clients do', async () => {
    const query = { separator: 'comma', decimalMark: 'point', byteOrderMark: 'false' };
    const response = await get(query, 'application/x-ndjson');

    expect(response.status).toBe(200);
    expect(await response.text()).toContain('{"complete":true}');
  });

  it.each([
    ['separator', ';', 'must be comma or semicolon'],
    ['decimalMark', ',', 'must be point or comma'],
    ['byteOrderMark', '1', 'must be true or false'],
  ])('%s is refused as %s', async (parameter, value, detail) => {
    const response = await get({ [parameter]: value });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ parameter, detail }] });
  });
});
