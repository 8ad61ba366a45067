import { randomUUID } from 'node:crypto';
import { UsageError } from '../../command-line/read-command.ts';
import type { HttpClient } from './http-client.ts';

/** Throws a UsageError unless the service answers and accepts the key. */
export const checkService = async (client: HttpClient, { host }: URL): Promise<void> => {
  const path = `/events/latest?deviceID=${randomUUID()}`;
  const outcome = await client.send({ method: 'GET', path });
  if ('loss' in outcome) {
    throw new UsageError(
      `Nothing answers at ${host}: start the service with npm start, or add --start to start one for the run`,
    );
  }
  const { status } = outcome.reply;
  if (status === 403) {
    throw new UsageError(`The service at ${host} rejects the key: set API_KEY, or pass --key`);
  }
  if (![200, 429, 503].includes(status)) {
    throw new UsageError(`The server at ${host} is not the service: it answers with ${status}`);
  }
};
