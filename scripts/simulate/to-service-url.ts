import { BlockList, isIP } from 'node:net';
import { UsageError } from './usage-error.ts';

/** Where to send the load: this machine, unless it was said that another is meant. */
export const toServiceUrl = (text: string, allowsRemote: boolean): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`--url is ${text}: it must be an http or https URL`);
  }
  if (allowsRemote || isLoopback(url.hostname)) return url;
  throw new UsageError(
    `${url.host} is not this machine: a fleet's load would fall on it; add --allow-remote if that is meant`,
  );
};

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

function isLoopback(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  const version = isIP(address);
  return version === 0
    ? address === 'localhost'
    : LOOPBACK.check(address, version === 4 ? 'ipv4' : 'ipv6');
}
