const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d+))?(?:[Zz]|([+\- ])(\d{2}):?(\d{2}))$/;

/**
 * Parses an instant as the contract's `Instant` allows it: RFC 3339, where a space may stand for the `T` and for
 * the `+` of an offset, and the offset may lack its colon. Digits beyond the millisecond are dropped.
 * @returns undefined for text of another form, a day that does not exist, or a UTC year outside 0000 to 9999
 */
export const toInstant = (text: string): Date | undefined => {
  const match = INSTANT.exec(text);
  if (!match) return undefined;
  const [, day = '', time, fraction = '', sign, hours = '0', minutes = '0'] = match;
  const date = new Date(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  // JavaScript takes 30 February for 2 March, and 24:00 for the next day.
  if (date.getUTCDate() !== Number(day.slice(-2))) return undefined;
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  if (ahead !== 0) date.setTime(date.getTime() - ahead * 60_000);
  const utcYear = date.getUTCFullYear();
  return utcYear >= 0 && utcYear <= 9999 ? date : undefined;
};
