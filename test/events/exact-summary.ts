import type { components } from '../../generated/openapi.ts';

type Schemas = components['schemas'];

/**
 * A summary of events, which are oldest first, as the contract promises it; worked out on its own.
 * @param offset of the time zone, in minutes
 */
export const exactSummary = (
  events: Pick<Schemas['Event'], 'date' | 'value'>[],
  minutes: number,
  offset = 0,
): Schemas['EventInterval'][] => {
  const groups = new Map<number, number[]>();
  for (const { date, value } of events) {
    if (typeof value !== 'number') continue;
    const start = Math.floor((Date.parse(date) / 60_000 + offset) / minutes);
    groups.set(start, [...(groups.get(start) ?? []), value]);
  }
  return [...groups].map(([start, values]) => {
    const sum = values.reduce((total, value) => total + toUnits(value), 0n);
    return {
      start: new Date((start * minutes - offset) * 60_000).toISOString(),
      end: new Date(((start + 1) * minutes - offset) * 60_000).toISOString(),
      count: values.length,
      min: Math.min(...values),
      max: Math.max(...values),
      sum: toNumber(sum),
      mean: toNumber(sum / BigInt(values.length)),
      firstValue: values[0] ?? Number.NaN,
      lastValue: values.at(-1) ?? Number.NaN,
    };
  });
};

/** A whole number of 10 to the power of -350: no double has more digits in JSON. */
const toUnits = (value: number): bigint => {
  const [, sign, whole, fraction = '', power = '0'] =
    /^(-?)(\d+)\.?(\d*)(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  return BigInt(`${sign}${whole}${fraction}${'0'.repeat(350 + Number(power) - fraction.length)}`);
};

const toNumber = (units: bigint): number =>
  Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, Number(`${units}e-350`)));
