/** How long `Retry-After` asks to wait, in seconds or until a date (RFC 9110, section 10.2.3). */
export const toRetryAfterMs = (headers: Headers): number | undefined => {
  const value = headers.get('Retry-After')?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  // By the server's own clock where it tells it: a device's may be years off.
  const now = Date.parse(headers.get('Date') ?? '') || Date.now();
  const wait = Date.parse(value) - now;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
};
