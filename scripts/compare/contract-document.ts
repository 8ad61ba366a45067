import type { OpenAPIV3 } from 'openapi-types';
import type { SchemaPlace } from '../../openapi/list-schemas.ts';

/** A contract as JSON; the type has only the parts that are compared. */
export type ContractDocument = {
  info: { version: string };
  paths: Record<string, Record<string, Operation | undefined>>;
  components?: object;
  'x-cors'?: { allowHeaders: string[]; exposeHeaders: string[] };
};

export type Operation = {
  operationId?: string;
  deprecated?: boolean;
  parameters?: (Parameter | Reference)[];
  requestBody?: { content: Content };
  responses: Record<string, Response | Reference>;
  'x-scope'?: string;
  'x-deprecation'?: { since: string; sunset: string; link: string };
};

export type Parameter = {
  name: string;
  in: string;
  schema?: SchemaPlace['schema'] | Reference;
} & Record<string, unknown>;

export type Response = { content?: Content };

/** By media type. */
export type Content = Record<string, { schema?: SchemaPlace['schema'] | Reference }>;

type Reference = OpenAPIV3.ReferenceObject;
