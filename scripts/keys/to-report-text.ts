import type { KeyReport } from '../../src/access/manage-keys.ts';

/** Formats keys as lines for people, and a new key with its secret. */
export const toReportText = (keys: KeyReport[]): string => {
  const [first] = keys;
  if (!first) return 'There are no keys';
  if (first.key)
    return `${toLine(first)}\n\n${first.key}\n\nStore this key: it is not shown again.`;
  return keys.map(toLine).join('\n');
};

const toLine = ({ id, name, scopes, devices, ...dates }: KeyReport): string =>
  [
    id,
    toState(dates),
    scopes.join(','),
    devices ? `${devices.length === 1 ? devices[0] : `${devices.length} devices`}` : 'any device',
    name,
  ].join('  ');

function toState({ revokedAt, expiresAt }: Pick<KeyReport, 'revokedAt' | 'expiresAt'>): string {
  if (revokedAt) return `revoked ${toDay(revokedAt)}`;
  if (!expiresAt) return 'good';
  return `${new Date(expiresAt) > new Date() ? 'until' : 'expired'} ${toDay(expiresAt)}`;
}

// From a deployed function, dates arrive as JSON strings.
const toDay = (date: Date | string): string => new Date(date).toISOString().slice(0, 10);
