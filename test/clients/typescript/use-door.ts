import { afterEach, beforeEach } from 'vitest';
import type { ClientOptions } from '../../../clients/typescript/src/index.ts';
import { createClient } from '../../../clients/typescript/src/index.ts';
import { API_KEY, useLocalService } from '../../harness/local-service.ts';
import type { FaultyDoor } from './faulty-door.ts';
import { openFaultyDoor } from './faulty-door.ts';

/** Short waits for tests. */
export const QUICK = { baseDelayMs: 10, maxDelayMs: 50 };

/** The local service behind a proxy with faults. Each test starts without faults. */
export const useDoor = (events?: Parameters<typeof useLocalService>[0]) => {
  const service = useLocalService(events);
  let door: FaultyDoor;
  // A new proxy for each test: requests of an ending client must not count in the next test.
  beforeEach(async () => {
    door = await openFaultyDoor(service.url());
  });
  afterEach(() => door.close());
  const connect = (baseUrl: string, options: Partial<ClientOptions> = {}) =>
    createClient({ baseUrl, apiKey: API_KEY, retry: QUICK, ...options });
  return {
    /** A client that goes through the proxy. */
    client: (options?: Partial<ClientOptions>) => connect(door.url, options),
    /** A client without faults, to check what is stored. */
    direct: (options?: Partial<ClientOptions>) => connect(service.url(), options),
    door: () => door,
  };
};
