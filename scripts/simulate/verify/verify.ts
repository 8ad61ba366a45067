import { setTimeout as sleep } from 'node:timers/promises';
import type { Finding } from '../ledger/finding.ts';
import type { Ledger, LedgerEvent } from '../ledger/ledger.ts';
import { isOpen } from '../ledger/ledger.ts';
import type { Get } from './read-stream.ts';
import { verifyDevice } from './verify-device.ts';

export type Verdict = { findings: Finding[]; stored: number; devices: number };

const READERS = 6;
/** One device in this many is read in both orders. */
const SAMPLE = 3;
// The service answers within 10 s: a lost request may be stored that much later.
const SETTLED_AFTER_MS = 10_000;

/** Reads back all events and compares them with the ledger. */
export const verify = async (
  ledger: Ledger,
  get: Get,
  onProgress: (done: number, of: number) => void,
): Promise<Verdict> => {
  await untilSettled(ledger);
  const byDevice = new Map<string, ReturnType<Ledger['streams']>>();
  for (const stream of ledger.streams()) {
    byDevice.set(stream.deviceID, [...(byDevice.get(stream.deviceID) ?? []), stream]);
  }
  const verdict: Verdict = { findings: [], stored: 0, devices: 0 };
  const devices = [...byDevice].entries();
  const read = async (): Promise<void> => {
    for (const [index, [deviceID, streams]] of devices) {
      const isSample = index % SAMPLE === 0;
      const { findings, stored } = await verifyDevice(get, { deviceID, streams, isSample });
      verdict.findings.push(...findings);
      verdict.stored += stored;
      verdict.devices += 1;
      onProgress(verdict.devices, byDevice.size);
    }
  };
  // A failed read ends the verification: it was retried for a minute.
  await Promise.all(Array.from({ length: READERS }, read)).catch((error: Error) => {
    verdict.findings.push({ kind: 'unread', text: error.message });
  });
  const told = ledger.violations.map((text): Finding => ({ kind: 'contradiction', text }));
  return { ...verdict, findings: [...told, ...verdict.findings] };
};

/** Waits until lost requests can no longer store events between two reads. */
async function untilSettled(ledger: Ledger): Promise<void> {
  const isUnsettled = (event: LedgerEvent): boolean => isOpen(event) && event.unanswered > 0;
  const heard = ledger
    .streams()
    .flatMap(({ events }) => [...events.values()])
    .filter(isUnsettled)
    .map(({ lastHeardAt }) => lastHeardAt);
  const last = heard.reduce((latest, at) => Math.max(latest, at), 0);
  await sleep(Math.max(0, last + SETTLED_AFTER_MS - Date.now()));
}
