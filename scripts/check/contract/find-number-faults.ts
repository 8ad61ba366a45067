import type { LintFault } from './lint-fault.ts';

/**
 * Finds numbers anywhere in the contract for which generated clients would have to guess a type: without a format,
 * those in Go take float32, and lose digits.
 */
export const findNumberFaults = (node: unknown, steps: string[] = ['#']): LintFault[] => {
  if (typeof node !== 'object' || node === null) return [];
  const { type, format } = node as { type?: unknown; format?: unknown };
  const allowed = FORMATS[String(type)];
  const fault = allowed && !allowed.includes(String(format)) && toFault(steps, allowed);
  return [
    ...(fault ? [fault] : []),
    ...Object.entries(node).flatMap(([key, child]) =>
      isValue(key, steps) ? [] : findNumberFaults(child, [...steps, key.replaceAll('/', '~1')]),
    ),
  ];
};

const FORMATS: Record<string, string[]> = { integer: ['int32', 'int64'], number: ['double'] };

const toFault = (steps: string[], allowed: string[]): LintFault => ({
  rule: 'number-format',
  place: steps.join('/'),
  message: `generated clients guess the type of a number: set format to ${allowed.join(' or ')}`,
});

/** Whether the keyword has values, which are no schemas even if they look like one. */
const isValue = (key: string, steps: string[]): boolean =>
  ['default', 'enum', 'example', 'examples'].includes(key) && steps.at(-1) !== 'properties';
