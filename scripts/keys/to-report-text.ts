import type { KeyReport } from '../../src/access/manage-keys.ts';
import { toColumns } from '../command-line/to-columns.ts';

/** Formats keys as lines for people, and a new key with its secret. */
export const toReportText = (keys: KeyReport[]): string => {
  const [first] = keys;
  if (!first) return 'There are no keys';
  if (first.key)
    return `${toLine(first)}\n\n${first.key}\n\nStore this key: it is not shown again.`;
  return toColumns([HEADINGS, ...keys.map(toCells)]).join('\n');
};

const HEADINGS = ['ID', 'STATE', 'SCOPES', 'DEVICES', 'NAME'];

const toLine = (key: KeyReport): string => toCells(key).join('  ');

const toCells = ({ id, name, scopes, devices, ...dates }: KeyReport): string[] => [
  id,
  [toState(dates), ...toOldSecret(dates)].join(', '),
  scopes.join(','),
  devices ? `${devices.length === 1 ? devices[0] : `${devices.length} devices`}` : 'any device',
  name,
];

type Dates = Pick<KeyReport, 'revokedAt' | 'expiresAt' | 'oldSecretUntil'>;

/** To the minute: a rotation counts in hours. */
function toOldSecret({ revokedAt, oldSecretUntil }: Dates): string[] {
  if (revokedAt || !oldSecretUntil || new Date(oldSecretUntil) <= new Date()) return [];
  const [day, time] = new Date(oldSecretUntil).toISOString().split('T');
  return [`old secret until ${day} ${time?.slice(0, 5)} UTC`];
}

function toState({ revokedAt, expiresAt }: Dates): string {
  if (revokedAt) return `revoked ${toDay(revokedAt)}`;
  if (!expiresAt) return 'good';
  return `${new Date(expiresAt) > new Date() ? 'until' : 'expired'} ${toDay(expiresAt)}`;
}

// From a deployed function, dates arrive as JSON strings.
const toDay = (date: Date | string): string => new Date(date).toISOString().slice(0, 10);
