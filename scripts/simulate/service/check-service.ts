import { randomUUID } from 'node:crypto';
import { UsageError } from '../parse-options.ts';
import type { HttpClient } from './http-client.ts';

/** Before any event is sent: is the service there, and does it take the key? */
export const checkService = async (client: HttpClient, { host }: URL): Promise<void> => {
  const path = `/events/latest?deviceID=${randomUUID()}`;
  const outcome = await client.send({ method: 'GET', path });
  if ('loss' in outcome) {
    throw new UsageError(
      `Nothing answers at ${host}: start the service with npm start, or add --start for one of the run's own`,
    );
  }
  const { status } = outcome.reply;
  if (status === 403) {
    throw new UsageError(`The service at ${host} refuses the key: set API_KEY, or give --key`);
  }
  if (![200, 429, 503].includes(status)) {
    throw new UsageError(`What listens at ${host} is not the service: it answers ${status}`);
  }
};
