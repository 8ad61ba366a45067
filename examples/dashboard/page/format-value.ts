const DECIMALS = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 6 });
const INTEGERS = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const LARGE = 1e15;
const SMALL = 1e-6;

/** Formats a value: numbers with up to 6 digits, everything else as JSON. */
export const formatValue = (value: unknown): string =>
  typeof value === 'number' ? formatNumber(value) : JSON.stringify(value);

function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= LARGE || (size < SMALL && value !== 0)) return String(value);
  return (Number.isInteger(value) ? INTEGERS : DECIMALS).format(value);
}
