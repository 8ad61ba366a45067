import type { Client } from '../../../clients/typescript/src/index.ts';
import { createClient } from '../../../clients/typescript/src/index.ts';

/** An API and the key to send to it. They stay in memory: neither the link nor the browser's storage has them. */
export type Connection = { url: string; key: string };

/** Creates a client that tries once: the page itself tries again, and tells the viewer. */
export const connectTo = ({ url, key }: Connection): Client =>
  createClient({
    baseUrl: url,
    apiKey: key,
    retry: false,
    middleware: [(address, init, next) => next(address, { ...init, cache: 'no-cache' })],
  });

/** Asks the server of this page for the service on the same machine; undefined unless `npm start` serves the page. */
export const readLocalConnection = async (): Promise<Connection | undefined> => {
  const place = document.querySelector<HTMLMetaElement>('meta[name="local-connection"]')?.content;
  if (!place) return undefined;
  const response = await fetch(place).catch(() => undefined);
  // Not for other machines, even if they reach the page.
  if (response?.status !== 200) return undefined;
  return response.json();
};
