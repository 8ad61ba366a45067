import { fromPointerStep } from '../../../names/pointer-step.ts';

/**
 * Finds the member of a JSON value that a JSON Pointer (RFC 6901) names; undefined if there is none.
 * @param pointer has the syntax of one: the contract's pattern has checked it
 */
export const toMember = (value: unknown, pointer: string): unknown =>
  pointer.split('/').slice(1).map(fromPointerStep).reduce(toOwn, value);

// Section 4: no leading zeros, and `-` is the element that an array does not have yet.
const INDEX = /^(0|[1-9]\d*)$/;

function toOwn(value: unknown, step: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return INDEX.test(step) ? value[Number(step)] : undefined;
  return Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : undefined;
}
