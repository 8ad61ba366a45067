import { typeValidators } from '../../generated/type-validators.js';
import type { Series } from './read-stored.ts';

/** What was found of an event type among stored events. */
export type TypeReport = {
  eventType: string;
  isKnown: boolean;
  events: number;
  mismatches: number;
  /** The devices that sent values which do not match. */
  devices: string[];
  /** What is wrong, each once. */
  faults: string[];
};

// As many are enough to begin with.
const MAX_FAULTS = 3;

/** Compares stored events with the registry of this checkout. */
export const checkStored = async (stored: AsyncIterable<Series>): Promise<TypeReport[]> => {
  const reports = new Map<string, TypeReport>();
  for await (const { deviceID, eventType, values } of stored) {
    const isKnown = typeValidators.has(eventType);
    const none = { eventType, isKnown, events: 0, mismatches: 0, devices: [], faults: [] };
    const report: TypeReport = reports.get(eventType) ?? none;
    reports.set(eventType, report);
    const faults = values.flatMap((value) => findFault(eventType, value) ?? []);
    report.events += values.length;
    report.mismatches += faults.length;
    if (faults.length > 0) report.devices.push(deviceID);
    report.faults = [...new Set([...report.faults, ...faults])].slice(0, MAX_FAULTS);
  }
  return [...reports.values()].sort((one, other) => (one.eventType < other.eventType ? -1 : 1));
};

function findFault(eventType: string, value: unknown): string | undefined {
  const validate = typeValidators.get(eventType);
  if (!validate || validate(value)) return undefined;
  const [error] = validate.errors ?? [];
  return `/value${error?.instancePath} ${error?.message}`;
}

const MAX_DEVICES = 10;

/** The report as text, a line for each type. */
export const toCheckText = (reports: TypeReport[]): string =>
  reports
    .map(({ eventType, isKnown, events, mismatches, devices, faults }) => {
      if (!isKnown) return `⚠ ${eventType}: not in the registry`;
      if (mismatches === 0) return `✓ ${eventType}: all ${events} events match`;
      const rest = devices.length > MAX_DEVICES ? ` and ${devices.length - MAX_DEVICES} more` : '';
      const names = `${devices.slice(0, MAX_DEVICES).join(', ')}${rest}`;
      return `✖ ${eventType}: ${mismatches} of ${events} events do not match: ${faults.join('; ')}\n  ${names}`;
    })
    .join('\n');
