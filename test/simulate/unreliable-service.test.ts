import { describe, expect, it } from 'vitest';
import { toCanonicalJson } from '../../scripts/simulate/ledger/ledger.ts';
import type { Report } from '../../scripts/simulate/report/to-report.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';
import { simulate } from './simulator-process.ts';
import type { Lies, Result, SentEvent } from './unreliable-proxy.ts';
import { createUnreliableProxy } from './unreliable-proxy.ts';

const service = useLocalService();

describe('a service that does not keep its word', { timeout: 120_000, concurrent: true }, () => {
  it('is caught when it acknowledges events that it does not store', { tags: 'long' }, async () => {
    const isTaken = everyNth(5);
    const swallowed = new Map<string, boolean>();
    const isSwallowed = (event: SentEvent): boolean => {
      const name = toName(event);
      swallowed.set(name, swallowed.get(name) ?? isTaken());
      return swallowed.get(name) === true;
    };
    const { code, stdout, report } = await simulateAgainst({
      async write(events, store) {
        const kept = events.filter((event) => !isSwallowed(event));
        const results = (await store(kept)).values();
        const date = new Date().toISOString();
        return events.map((event) =>
          isSwallowed(event) ? { ...created, date } : (results.next().value ?? created),
        );
      },
    });

    expect(code).toBe(1);
    const texts = toTexts(report, 'lost').split('\n');
    expect(stdout).toContain(`✖ lost: ${texts[0]}\n`);
    expect(texts.filter((text) => text.includes('(no date)')).length).toBeGreaterThan(0);
    expect(texts.filter((text) => /^\S+ \S+ \S+Z /.test(text)).length).toBeGreaterThan(0);
    const names = [...swallowed.keys()].filter((name) => swallowed.get(name));
    expect(texts.filter((text) => !names.some((name) => text.startsWith(name)))).toEqual([]);
  });

  it('is caught when it stores an event once more under another date', {
    tags: 'long',
  }, async () => {
    const isTaken = everyNth(15);
    const twins: SentEvent[] = [];
    const { code, stdout, report } = await simulateAgainst({
      async write(events, store) {
        const results = await store(events);
        for (const [index, { id: _, ...event }] of events.entries()) {
          if (results[index]?.status !== 'created' || !isTaken()) continue;
          const twin = { ...event, date: '2020-02-02T02:02:02.000Z' };
          await store([twin]);
          twins.push(twin);
        }
        return results;
      },
    });

    expect(code).toBe(1);
    expect(report?.verified.findings).toMatchObject({ lost: 0, doubled: 0 });
    expect(report?.verified.findings.unexpected).toBeGreaterThan(0);
    const names = twins.map((twin) => `✖ unexpected: ${toName(twin)}`);
    expect(names.some((name) => stdout.includes(name))).toBe(true);
  });

  it('is caught when it gives an event back twice', { tags: 'long' }, async () => {
    const { code, stdout, report } = await simulateAgainst({
      async read(path, read) {
        const page = await read(path);
        const { events: [first, ...others] = [], ...rest } = page.body as { events?: unknown[] };
        if (!path.startsWith('/events?') || first === undefined) return page;
        return { ...page, body: { ...rest, events: [first, first, ...others] } };
      },
    });

    expect(code).toBe(1);
    expect(report?.verified.findings.doubled).toBeGreaterThan(0);
    expect(stdout).toContain('✖ doubled: ');
    const texts = toTexts(report, 'doubled');
    expect(texts).toMatch(/temp_celsius \S+Z .*: stored 2 times/);
    expect(texts).toMatch(/meter_pulses \(no date\) .*: stored 2 times/);
  });

  it('is caught when its answers contradict each other', { tags: 'long' }, async () => {
    const isTaken = everyNth(5);
    const { code, report } = await simulateAgainst(
      {
        async write(events, store) {
          return (await store(events)).map((result) => {
            if (result.problem?.type === '/problems/clock-skew') return created;
            if (result.status === 'duplicate') return { ...result, status: 'created' };
            return result.status === 'created' && isTaken() ? { status: 'duplicate' } : result;
          });
        },
      },
      // Long enough that some are sent again.
      '4s',
    );

    expect(code).toBe(1);
    const texts = toTexts(report, 'contradiction');
    expect(texts).toContain('reported as created twice');
    expect(texts).toContain('accepted although it is from the future');
    expect(texts).toContain('reported as a duplicate before it was sent');
  });

  it('is caught when its ways to read contradict each other', { tags: 'long' }, async () => {
    const { code, report } = await simulateAgainst({
      async read(path, read) {
        if (path.startsWith('/events/latest')) return { status: 200, body: { events: [] } };
        if (path.startsWith('/events/summary')) return { status: 200, body: { intervals: [] } };
        return await read(path.replace('order=asc', 'order=desc'));
      },
    });

    expect(code).toBe(1);
    const texts = toTexts(report, 'contradiction');
    expect(texts).toContain('GET /events/latest has none');
    expect(texts).toContain('GET /events/summary has none');
    expect(texts).toContain('the two orders differ');
  });

  it('is caught when it does not give back what it has', { tags: 'long' }, async () => {
    const { code, stdout } = await simulateAgainst({
      read: async (path, read) =>
        path.startsWith('/events?') ? { status: 400, body: {} } : await read(path),
    });

    expect(code).toBe(1);
    expect(stdout).toMatch(/✖ unread: GET \/events\?deviceID=\S+: 400 {}/);
  });

  it('is left alone for as long as it asks for', { tags: 'long' }, async () => {
    const refusedAt = new Map<string, number>();
    const pauses = new Map<string, number>();
    const { code, report } = await simulateAgainst({
      write(events, store) {
        const device = events[0]?.deviceID?.toLowerCase() ?? '';
        const before = refusedAt.get(device);
        refusedAt.set(device, before ?? Date.now());
        if (before === undefined) return { status: 429, headers: { 'retry-after': '2' } };
        pauses.set(device, pauses.get(device) ?? Date.now() - before);
        return store(events);
      },
    });

    expect(code).toBe(0);
    expect(report?.counts.shed).toBeGreaterThan(4);
    // One or two devices may have missed the reply: it was lost on purpose, or the request was sent twice at once.
    const patient = [...pauses.values()].filter((pause) => pause >= 2_000);
    expect(patient.length).toBeGreaterThan(5);
  });

  it('is caught when requests fail, though nothing is lost', { tags: 'long' }, async () => {
    const isTaken = everyNth(10);
    const { code, report } = await simulateAgainst({
      write: (events, store) => (isTaken() ? { status: 500 } : store(events)),
    });

    expect(code).toBe(1);
    expect(report?.counts.serverErrors).toBeGreaterThan(0);
    // On a busy machine, the simulator may give up an event that is stored: that is another finding.
    expect(report?.verified.first.filter(({ kind }) => kind === 'lost')).toEqual([]);
  });
});

async function simulateAgainst(lies: Lies, time = '2s') {
  const proxy = await createUnreliableProxy(service.url(), lies);
  const args = ['--devices', '8', '--rate', '60', '--for', time, '--seed', '11'];
  const simulation = await simulate(['--url', proxy.url, ...args], { apiKey: API_KEY });
  proxy.close();
  return simulation;
}

const created: Result = { status: 'created' };

function everyNth(n: number): () => boolean {
  let count = 0;
  return () => ++count % n === 0;
}

/** The start of the simulator's description of an event. */
const toName = ({ deviceID, eventType, date, value }: SentEvent): string =>
  [
    deviceID?.toLowerCase(),
    eventType,
    date === undefined ? `(no date) ${toCanonicalJson(value)}` : toInstant(date),
    '',
  ].join(' ');

const toInstant = (date: string): string =>
  Number.isNaN(Date.parse(date)) ? date : new Date(date).toISOString();

const toTexts = (report: Report | undefined, kind: string): string =>
  (report?.verified.first.filter((finding) => finding.kind === kind) ?? [])
    .map(({ text }) => text)
    .join('\n');
