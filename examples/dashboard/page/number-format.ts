const DIGITS = 6;
const LARGE = 1e15;
const SMALL = 1e-6;
const formats = new Map<number, Intl.NumberFormat>();

/** Formats the numbers of series, each series with as many decimals as its numbers need; everything else as JSON. */
export type NumberFormat = ReturnType<typeof createNumberFormat>;

export const createNumberFormat = () => {
  const decimals = new Map<string, number>();
  return {
    /** Learns what decimals a series needs, from its numbers. */
    note(series: string, values: Iterable<unknown>): void {
      let most = decimals.get(series) ?? 0;
      for (const value of values) most = Math.max(most, countDecimals(value));
      decimals.set(series, most);
    },
    format(series: string, value: unknown): string {
      if (typeof value !== 'number') return JSON.stringify(value);
      return formatNumber(value, decimals.get(series) ?? countDecimals(value));
    },
    /** Formats a mean and the numbers beside it. Those of whole numbers get a decimal if the mean needs one. */
    formatBeside(series: string, mean: number, values: readonly number[]): string[] {
      const known = decimals.get(series) ?? 0;
      const digits = known === 0 && countDecimals(mean) > 0 ? 1 : known;
      return values.map((value) => formatNumber(value, digits));
    },
  };
};

/** Formats numbers with the same decimals: as many as they need. */
export const formatNumbers = (values: readonly number[]): string[] => {
  const most = Math.max(0, ...values.map(countDecimals));
  return values.map((value) => formatNumber(value, most));
};

function formatNumber(value: number, digits: number): string {
  if (isExtreme(value)) return String(value);
  let format = formats.get(digits);
  if (!format) {
    const both = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    format = new Intl.NumberFormat(undefined, both);
    formats.set(digits, format);
  }
  return format.format(value);
}

/** The decimals of a number, of its first six digits. */
function countDecimals(value: unknown): number {
  if (typeof value !== 'number' || isExtreme(value)) return 0;
  // 0.1 + 0.2 has one.
  const [, fraction = ''] = String(Number(value.toPrecision(DIGITS))).split('.');
  return fraction.includes('e') ? DIGITS : fraction.length;
}

function isExtreme(value: number): boolean {
  const size = Math.abs(value);
  return size >= LARGE || (size < SMALL && value !== 0);
}
