import { AUDIT_KIND } from './names/audit-kind.ts';
import type { WriteLine } from './telemetry.ts';

/** What was deleted or changed, by whom: never a secret of a key or the value of an event. */
export type AuditEntry = DeletionEntry | KeyEntry;

type DeletionEntry = {
  operation: 'deleteDevice' | 'deleteEvents';
  /** The id of the caller's key. */
  by: string | undefined;
  requestId: string;
  deviceID: string;
  eventType?: string;
  since?: Date;
  until?: Date;
  /** How many events this request has deleted. */
  count: number;
  /** `unfinished`: there are more, and the client repeats the request. `failed`: it does, if it still can. */
  outcome: 'done' | 'unfinished' | 'failed';
};

type KeyEntry = {
  operation: 'createKey' | 'rotateKey' | 'revokeKey';
  /** An operator with AWS's permissions, whom CloudTrail names, or with access to the local database. */
  by: 'operator';
  /** Names the call in AWS's logs; undefined for the local service. */
  requestId?: string | undefined;
  /** The id of the key that changed. */
  key: string;
  scopes: readonly string[];
};

/** Takes an entry before the request is answered; never throws, since what it tells has happened. */
export type Audit = (entry: AuditEntry) => void;

/**
 * Writes a line of JSON for each entry. cdktf/functions/audit-trail.ts finds these lines by `kind`.
 * @param write takes a line; without it none are written
 */
export const createAudit =
  (write: WriteLine = () => undefined): Audit =>
  (entry) => {
    const line = { level: 'info', kind: AUDIT_KIND, at: new Date(), ...entry };
    try {
      write(JSON.stringify(line));
    } catch (error) {
      console.error(JSON.stringify({ level: 'error', message: `No audit line: ${error}` }));
    }
  };
