/*
 * Exact decimal numbers, for sums that do not depend on their order: doubles lose other digits in another
 * order, and what statistics add up must equal what events add up.
 */

/** The number `units` × 10 to the power of `exponent`. */
export type Decimal = { units: bigint; exponent: number };

/** The decimal number that JSON writes for a double, which is exact to the last digit sent. */
export const toDecimal = (value: number): Decimal => {
  const [mantissa = '', power = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { units: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
};

export const addDecimals = (a: Decimal, b: Decimal): Decimal => {
  const exponent = Math.min(a.exponent, b.exponent);
  return { units: toUnits(a, exponent) + toUnits(b, exponent), exponent };
};

/** Divides to at least 19 significant digits, more than a double has. */
export const divideDecimal = ({ units, exponent }: Decimal, by: number): Decimal => ({
  units: (units * 10n ** BigInt(QUOTIENT_DIGITS)) / BigInt(by),
  exponent: exponent - QUOTIENT_DIGITS,
});

/** The nearest double; the largest one for what exceeds it, since JSON has no infinity. */
export const fromDecimal = (decimal: Decimal): number => {
  const value = Number(toDecimalText(decimal));
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
};

export const toDecimalText = ({ units, exponent }: Decimal): string => `${units}e${exponent}`;

export const fromDecimalText = (text: string): Decimal => {
  const [units = '', exponent = ''] = text.split('e');
  return { units: BigInt(units), exponent: Number(exponent) };
};

// A divisor has 7 digits at most.
const QUOTIENT_DIGITS = 26;

const toUnits = ({ units, exponent }: Decimal, wanted: number): bigint =>
  exponent === wanted ? units : units * 10n ** BigInt(exponent - wanted);
