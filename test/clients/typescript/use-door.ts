import { afterEach, beforeEach } from 'vitest';
import type { ClientOptions } from '../../../clients/typescript/src/index.ts';
import { createClient } from '../../../clients/typescript/src/index.ts';
import { API_KEY, useLocalService } from '../../harness/local-service.ts';
import type { FaultyDoor } from './faulty-door.ts';
import { openFaultyDoor } from './faulty-door.ts';

/** Waits that a test has the time for. */
export const QUICK = { baseDelayMs: 10, maxDelayMs: 50 };

/** The local service behind a door that fails as it is told; nothing fails at the start of a test. */
export const useDoor = (events?: Parameters<typeof useLocalService>[0]) => {
  const service = useLocalService(events);
  let door: FaultyDoor;
  // Another one for each test: what a client still sends while it ends must not count in the next.
  beforeEach(async () => {
    door = await openFaultyDoor(service.url());
  });
  afterEach(() => door.close());
  const connect = (baseUrl: string, options: Partial<ClientOptions> = {}) =>
    createClient({ baseUrl, apiKey: API_KEY, retry: QUICK, ...options });
  return {
    /** A client that goes through the door. */
    client: (options?: Partial<ClientOptions>) => connect(door.url, options),
    /** A client that nothing fails, to see what is stored. */
    direct: (options?: Partial<ClientOptions>) => connect(service.url(), options),
    door: () => door,
  };
};
