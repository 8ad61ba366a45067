import { Testing } from 'cdktf';
import type { Environment } from '../../cdktf/environment/environments.ts';
import { environments } from '../../cdktf/environment/environments.ts';
import { EventsStack } from '../../cdktf/stack.ts';
import type { Contract } from '../../openapi/contract.ts';
import { contract } from '../../openapi/contract.ts';

export type Resource = Record<string, unknown> & { depends_on?: string[] };

export type Synthesised = {
  terraform: { backend: Record<string, Record<string, unknown>> };
  resource: Record<string, Record<string, Resource>>;
  data?: Record<string, Record<string, unknown>>;
  output: Record<string, { value: string }>;
  variable: Record<string, Record<string, unknown>>;
};

export const environmentOf = (name: string): Environment => {
  const found = environments.find((environment) => environment.name === name);
  if (!found) throw new Error(`No environment is named ${name}`);
  return found;
};

/** What Terraform reads, as text; production unless told. */
export const synthText = (environment = environmentOf('production'), api = contract): string =>
  Testing.synth(new EventsStack(Testing.app(), environment.name, { environment, contract: api }));

export const synth = (environment?: Environment, api?: Contract): Synthesised =>
  JSON.parse(synthText(environment, api));

/** The resources of a type. */
export const all = ({ resource }: Synthesised, type: string): Resource[] =>
  Object.values(resource[type] ?? {});

/** The only resource of a type. */
export const only = (stack: Synthesised, type: string): Resource => {
  const [first, ...others] = all(stack, type);
  if (!first || others.length > 0) throw new Error(`${type}: ${others.length + 1} found, not one`);
  return first;
};

/** The resource of a type whose address, which tells its constructs, holds a word. */
export const named = ({ resource }: Synthesised, type: string, word: string): Resource => {
  const [found] = Object.entries(resource[type] ?? {}).filter(([id]) => id.includes(word));
  if (!found) throw new Error(`No ${type} is named ${word}`);
  return found[1];
};

/** The address of the only resource of a type, as references have it. */
export const addressOf = ({ resource }: Synthesised, type: string): string =>
  `${type}.${Object.keys(resource[type] ?? {})[0]}`;
