/** Milliseconds to wait, from `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3). */
export const toRetryAfterMs = (headers: Headers): number | undefined => {
  const value = headers.get('Retry-After')?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  // Compare with the server's clock if the response has it: a device's clock may be years off.
  const now = Date.parse(headers.get('Date') ?? '') || Date.now();
  const wait = Date.parse(value) - now;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
};
