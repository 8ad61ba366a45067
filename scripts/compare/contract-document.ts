/** A contract as JSON; the type has only the parts that are compared. */
export type ContractDocument = {
  info: { version: string };
  paths: Record<string, Record<string, Operation | undefined>>;
  components?: { schemas?: Record<string, Schema> };
  'x-cors'?: { allowHeaders: string[]; exposeHeaders: string[] };
};

export type Operation = {
  operationId?: string;
  deprecated?: boolean;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
  responses: Record<string, { $ref?: string; content?: Record<string, unknown> }>;
  'x-scope'?: string;
  'x-deprecation'?: { since: string; sunset: string; link: string };
};

export type Parameter = { name: string; in: string } & Record<string, unknown>;

export type Schema = {
  $ref?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: unknown;
  'x-max-bytes'?: number;
  'x-items-validated-by'?: string;
};
