import { readFileSync } from 'node:fs';

/** The part of a synthesised stack that a deployment reads. */
export type Stack = {
  resource: Record<string, Record<string, Record<string, unknown>>>;
  variable?: Record<string, { default?: string }>;
};

/** Reads the stack that `npm run synth` has written. */
export const readStack = (directory: string): Stack =>
  JSON.parse(readFileSync(`${directory}/cdk.tf.json`, 'utf8'));

/** The addresses and values of every resource of a type. */
export const findResources = (
  { resource }: Stack,
  type: string,
): { address: string; values: Record<string, unknown> }[] =>
  Object.entries(resource[type] ?? {}).map(([id, values]) => ({
    address: `${type}.${id}`,
    values,
  }));
