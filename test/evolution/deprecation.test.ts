import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../harness/database.ts';
import { endProcess, readUrl } from '../harness/service-process.ts';
import { useClone } from './clone.ts';

const CONTRACT = 'openapi/openapi.yaml';
const API_KEY = 'a-key-of-the-tests-0123456789';
const GUIDE = 'https://example.org/moving';

const clone = useClone();
const { uri } = useDatabase();
const original = clone.read(CONTRACT);

/** Writes lines to operations of the contract. */
function write(lines: Record<string, string[]>): void {
  clone.edit(CONTRACT, () =>
    Object.entries(lines).reduce((text, [id, added]) => {
      const line = `\n      operationId: ${id}\n`;
      return text.replace(line, `${line}${added.map((one) => `      ${one}\n`).join('')}`);
    }, original),
  );
}

const until = (since: string, sunset: string, link = GUIDE): string[] => [
  'deprecated: true',
  `x-deprecation: { since: '${since}', sunset: '${sunset}', link: '${link}' }`,
];

describe('npm run generate', { timeout: 120_000 }, () => {
  it('refuses a deprecation that gives clients no notice', () => {
    write({
      addEvent: ['deprecated: true'],
      addEvents: until('2027-01-01', '2030-01-01').slice(1),
      listEvents: until('2027-02-31', '2030-01-01'),
      listLatestEvents: until('2027-01-01', '2026-01-01'),
      summarizeEvents: until('2027-01-01', '2028-12-31'),
      deleteDevice: until('2027-01-01', '2030-01-01', 'http://example.org/moving'),
      getHealth: until('2027-01-01', '2030-01-01', 'https://example.org/>'),
      getReadiness: until('2027-01-01', '2029-01-01'),
    });

    const { status, stderr } = clone.run('generate');

    expect(status).toBe(1);
    expect(stderr.split('\n').map((line) => line.replace(/^.*yaml: /, ''))).toEqual([
      expect.stringMatching(/^GET \/events: since is no day/),
      expect.stringMatching(/^POST \/events: .*come together/),
      expect.stringMatching(/^POST \/events\/batch: .*come together/),
      expect.stringMatching(/^GET \/events\/latest: sunset is less than 24 months/),
      expect.stringMatching(/^GET \/events\/summary: sunset is less than 24 months/),
      expect.stringMatching(/^DELETE .*: link is no/),
      expect.stringMatching(/^GET \/health: link is no/),
      '',
    ]);
  });
});

describe('a deprecated operation', () => {
  const deviceID = randomUUID();
  const day = { deviceID, eventType: 'boot', date: '2026-05-05' };
  const notice = {
    deprecation: '@1798761600',
    sunset: 'Wed, 01 Jan 2031 00:00:00 GMT',
    link: `<${GUIDE}>; rel="deprecation"`,
  };
  let service: ChildProcess | undefined;
  let url = '';

  beforeAll(async () => {
    write({ listEvents: until('2027-01-01', '2031-01-01') });
    expect(clone.run('generate')).toMatchObject({ status: 0 });
    const loader = resolve('node_modules/tsx/dist/loader.mjs');
    const script = join(clone.directory, 'scripts/start.ts');
    service = spawn(process.execPath, ['--import', loader, script], {
      cwd: clone.directory,
      env: { ...process.env, PORT: '0', API_KEY, MONGODB_URI: uri },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    url = await readUrl(service);
    for (const date of ['2026-05-05T00:00:00Z', '2026-05-05T00:00:01Z']) {
      const { status } = await ask('/events', {
        method: 'POST',
        body: JSON.stringify({ ...day, date }),
      });
      expect(status).toBe(201);
    }
  }, 120_000);
  afterAll(async () => service && endProcess(service, 'SIGINT'));

  function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { 'x-api-key': API_KEY, 'content-type': 'application/json', ...init.headers };
    return fetch(`${url}${path}`, { ...init, headers });
  }
  const toNotice = ({ headers }: Response) => ({
    deprecation: headers.get('deprecation'),
    sunset: headers.get('sunset'),
    link: headers.get('link'),
  });
  const search = new URLSearchParams(day);

  it('says so in each of its replies, and until when it answers', async () => {
    const whole = await ask(`/events?${search}`);
    const etag = String(whole.headers.get('etag'));
    const unchanged = await ask(`/events?${search}`, { headers: { 'if-none-match': etag } });
    const refused = await ask(`/events?${search}&limit=x`);

    expect([whole, unchanged, refused].map(({ status }) => status)).toEqual([200, 304, 400]);
    for (const response of [whole, unchanged, refused]) expect(toNotice(response)).toEqual(notice);
  });

  it('says it to pages on other origins', async () => {
    const { headers } = await ask(`/events?${search}`);

    const exposed = headers.get('access-control-expose-headers')?.split(',');
    expect(exposed).toEqual(expect.arrayContaining(['Deprecation', 'Sunset', 'Link']));
  });

  it('leaves the others alone', async () => {
    const response = await ask(`/events/latest?deviceID=${deviceID}`);

    expect(response.status).toBe(200);
    expect(toNotice(response)).toEqual({ deprecation: null, sunset: null, link: null });
  });

  it('has it in its docs', () => {
    const { paths } = JSON.parse(clone.read('generated/openapi.json'));
    const { description, responses } = paths['/events'].get;

    expect(description).toContain(`until 2031-01-01**: [what to do](${GUIDE})`);
    for (const status of Object.keys(responses)) {
      expect(Object.keys(responses[status].headers)).toEqual(
        expect.arrayContaining(['Deprecation', 'Sunset', 'Link']),
      );
    }
    expect(paths['/events/latest'].get.responses[400]).toHaveProperty('$ref');
  });
});
