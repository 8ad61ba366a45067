const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+\- ])(\d{2}):?(\d{2}))$/;

/**
 * Parses an instant as the contract's `Instant` allows it: RFC 3339, where a space may stand for the `T` and for
 * the `+` of an offset, and the offset may lack its colon. Digits beyond the millisecond are dropped.
 * @returns undefined for text of another form, a day that does not exist, or a UTC year outside 0000 to 9999
 */
export const toInstant = (text: string): Date | undefined => {
  const match = INSTANT.exec(text);
  if (!match) return undefined;
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second,
    fraction = '',
    sign,
    offsetHours = '0',
    offsetMinutes = '0',
  ] = match;
  const date = new Date(0);
  // Not Date.UTC, which takes the years 0 to 99 for those of the twentieth century.
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day))
    return undefined;
  const ahead = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1);
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  date.setUTCHours(Number(hour), Number(minute) - ahead, Number(second), Number(milliseconds));
  const utcYear = date.getUTCFullYear();
  return utcYear >= 0 && utcYear <= 9999 ? date : undefined;
};
