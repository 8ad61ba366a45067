import { BlockList, isIP } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether a host's name or address, with or without brackets, is this machine's own. */
export const isLoopback = (hostname: string): boolean => {
  const address = hostname.replace(/^\[|\]$/g, '').replace(/^::ffff:/i, '');
  const version = isIP(address);
  return version === 0
    ? address === 'localhost'
    : LOOPBACK.check(address, version === 4 ? 'ipv4' : 'ipv6');
};
