import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { countEvents } from '../../scripts/faults/count-events.ts';
import { startDevices } from '../../scripts/faults/devices.ts';
import { mongoJavaServer } from '../../scripts/faults/engine.ts';
import { findBroken } from '../../scripts/faults/fault-table.ts';
import { faults } from '../../scripts/faults/faults.ts';
import { runFault } from '../../scripts/faults/run-fault.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

const service = useLocalService();
const HEADERS = { 'content-type': 'application/json', 'x-api-key': API_KEY };

/** A service that acknowledges some events without storing them, and stores some a second time. */
async function startLiar() {
  const told = { requests: 0, lost: 0, twice: 0 };
  const send = (event: object) =>
    fetch(`${service.url()}/events`, {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify(event),
    });
  const server = createServer(async (request, response) => {
    const { id, ...event } = JSON.parse(await readBody(request));
    told.requests += 1;
    const isLost = told.requests % 10 === 3;
    const isTwice = told.requests % 10 === 7;
    if (!isLost) await send(id ? { ...event, id } : event);
    if (isTwice) await send({ ...event, date: event.date.replace('.000Z', '.500Z') });
    if (isLost) told.lost += 1;
    if (isTwice) told.twice += 1;
    response.writeHead(201, { 'content-type': 'application/json' }).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`http://127.0.0.1:${port}`), told, close: () => server.close() };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

describe('the table of faults', { tags: 'long' }, () => {
  it('counts what is lost, and what is stored twice', async () => {
    const liar = await startLiar();
    const devices = startDevices(liar.url, API_KEY);
    await expect.poll(() => liar.told.twice).toBeGreaterThan(3);
    await devices.stop();
    liar.close();

    const counts = await countEvents(new URL(service.url()), API_KEY, devices.ledgers);

    const { requests, lost, twice } = liar.told;
    expect(counts).toEqual({
      sent: requests,
      acknowledged: requests,
      once: requests - lost - twice,
      twice,
      lost,
    });
    const row = { fault: 'a lie', engine: 'none', longestMs: 1, recoveryMs: 1 };
    expect(findBroken([{ ...row, ...counts }])).toHaveLength(1);
    expect(findBroken([{ ...row, ...counts, lost: 0 }])).toHaveLength(1);
    expect(findBroken([{ ...row, ...counts, twice: 0 }])).toHaveLength(1);
    expect(findBroken([{ ...row, ...counts, twice: 0, lost: 0 }])).toEqual([]);
    expect(findBroken([{ ...row, ...counts, twice: 0, lost: 0, recoveryMs: null }])).toHaveLength(
      1,
    );
  });

  it.each(['lost replies', 'killed database', 'killed service'])(
    'has nothing lost or twice after: %s',
    async (name) => {
      const [fault] = faults.filter((each) => each.name === name);
      const row = fault && (await runFault(mongoJavaServer, fault, 500));

      expect(row).toMatchObject({ twice: 0, lost: 0, recoveryMs: expect.any(Number) });
      expect(row).toHaveProperty('acknowledged', row && 'sent' in row && row.sent);
      expect(row && 'sent' in row && row.sent).toBeGreaterThan(40);
    },
  );
});
