import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { InvokeStream } from '../../gateway/local/function/lambda-function.ts';
import type { StreamLimits } from '../../gateway/local/gateway-settings.ts';
import { expectErrors } from '../harness/expect-errors.ts';
import { API_KEY, answerEmpty, serve, toDocument } from './fixture.ts';

const NUL = '\0'.repeat(8);
const HEAD = JSON.stringify({ statusCode: 200, headers: { 'Content-Type': 'text/plain' } });

/** A function that writes these parts; a number is a pause in milliseconds. */
const write = (...parts: (string | number | Error)[]): InvokeStream =>
  async function* () {
    for (const part of parts) {
      if (part instanceof Error) throw part;
      if (typeof part === 'number') await sleep(part);
      else yield Buffer.from(part, 'latin1');
    }
  };

const open = async (invokeStream: InvokeStream, streamLimits?: StreamLimits, totalMs?: number) => {
  const document = toDocument();
  const integration = document.paths['/stream']?.get?.['x-amazon-apigateway-integration'];
  if (totalMs) Object.assign(integration ?? {}, { timeoutInMillis: totalMs });
  const settings = { document, ...(streamLimits && { streamLimits }) };
  const { port } = await serve(settings, answerEmpty, undefined, invokeStream);
  return fetch(`http://127.0.0.1:${port}/stream`, { headers: { 'x-api-key': API_KEY } });
};

describe('a stream', () => {
  it('reaches the client part by part, and is not compressed', async () => {
    let release = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      release = resolve;
    });
    const response = await open(async function* () {
      yield Buffer.from(`${HEAD}${NUL}first`);
      await waiting;
      yield Buffer.from('x'.repeat(5_000));
    });
    const reader = response.body?.getReader();
    const first = await reader?.read();
    release();
    const second = await reader?.read();

    expect(Object.fromEntries(response.headers)).toMatchObject({ 'content-type': 'text/plain' });
    expect(response.headers.has('content-length')).toBe(false);
    expect(response.headers.has('content-encoding')).toBe(false);
    expect(Buffer.from(first?.value ?? []).toString()).toBe('first');
    expect(second?.value).toHaveLength(5_000);
  });

  it.each([
    ['all at once', [`${HEAD}${NUL}text`]],
    ['byte by byte', [...`${HEAD}${NUL}text`]],
    ['with NULs of its own', [`${HEAD}${NUL}`, 'te', 'xt']],
  ])('has its metadata before eight NUL bytes: %s', async (_, parts) => {
    const response = await open(write(...parts));

    expect([response.status, await response.text()]).toEqual([200, 'text']);
  });

  it.each([
    ['no metadata', ['text']],
    ['metadata that is no JSON', [`{${NUL}text`]],
    ['metadata that is null', [`null${NUL}text`]],
    ['metadata with a body', [`{"body":"x"}${NUL}text`]],
    ['another status', [`{"statusCode":99}${NUL}text`]],
    ['nothing', []],
    ['a failure', [HEAD, new Error('broken')]],
    ['endless metadata', ['x'.repeat(70_000)]],
  ])('with %s is a 502', async (_, parts) => {
    expectErrors();

    expect((await open(write(...parts))).status).toBe(502);
  });

  it.each([
    ['fails', [new Error('broken')], undefined, undefined],
    ['is silent for too long', [200], { idleMs: 50, bytes: 1_000 }, undefined],
    ['lasts too long', [20, 'a', 20, 'b', 20, 'c', 20, 'd'], { idleMs: 50, bytes: 1_000 }, 60],
    ['is too large', ['x'.repeat(600), 'x'.repeat(600)], { idleMs: 50, bytes: 1_000 }, undefined],
  ])('that %s is cut, so that its client knows', async (_, parts, limits, totalMs) => {
    expectErrors();
    const response = await open(write(`${HEAD}${NUL}text`, ...parts), limits, totalMs);

    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it('that does not begin in time is a 504', async () => {
    expect((await open(write(200), { idleMs: 50, bytes: 1_000 })).status).toBe(504);
  });

  it('goes at the pace of its client', async () => {
    let written = 0;
    const response = await open(async function* () {
      yield Buffer.from(`${HEAD}${NUL}`);
      for (; written < 500; written += 1) yield Buffer.alloc(100_000);
    });
    await sleep(100);

    // What sockets hold.
    expect(written).toBeLessThan(200);
    await response.body?.cancel();
  });

  it('tells the function that its client has gone', async () => {
    let signal: AbortSignal | undefined;
    const response = await open(async function* (_, context) {
      signal = context.signal;
      yield Buffer.from(`${HEAD}${NUL}text`);
      await sleep(60_000, undefined, { signal });
    });
    const gone = once(signal ?? new EventTarget(), 'abort');
    await response.body?.cancel();

    await gone;
    expect(signal?.aborted).toBe(true);
  });
});
