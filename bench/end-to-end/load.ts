import autocannon from 'autocannon';
import type { Load } from './load-report.ts';
import { toLoadReport } from './to-load-report.ts';

const { url, apiKey, method, connections, seconds, label }: Load = JSON.parse(
  process.argv[2] ?? '',
);

const DEVICES = 100;
const DAY = Date.parse('2026-05-05T00:00:00Z');
let sent = 0;

void load();

/** Sends requests with autocannon, each POST with another event, and prints a report. */
async function load(): Promise<void> {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: [method === 'POST' ? { setupRequest: toPost } : { setupRequest: toGet }],
  });
  process.stdout.write(JSON.stringify(toLoadReport(result)));
}

function toPost(request: autocannon.Request): autocannon.Request {
  sent += 1;
  const headers = { 'content-type': 'application/json', 'x-api-key': apiKey };
  const body = {
    date: new Date(DAY + sent * 100).toISOString(),
    deviceID: toDevice(sent % DEVICES),
    eventType: label,
    value: sent,
  };
  return { ...request, method: 'POST', path: '/events', headers, body: JSON.stringify(body) };
}

function toGet(request: autocannon.Request): autocannon.Request {
  sent += 1;
  const query = `deviceID=${toDevice(sent % DEVICES)}&eventType=${label}&date=2026-05-05`;
  return { ...request, method: 'GET', path: `/events?${query}`, headers: { 'x-api-key': apiKey } };
}

function toDevice(nth: number): string {
  return `8f188304-e7b3-4a16-a243-${String(nth).padStart(12, '0')}`;
}
