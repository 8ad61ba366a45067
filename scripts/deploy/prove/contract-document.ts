/** The part of an OpenAPI document that both an import and an export of API Gateway have. */
export type ContractDocument = {
  info?: { version?: string };
  paths?: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Record<string, unknown>> };
};

/** An operation in an import or an export. */
export type Operation = {
  operationId?: string;
  parameters?: { name: string; in: string; required?: boolean }[];
  requestBody?: { content?: Record<string, { schema?: Record<string, unknown> }> };
  security?: Record<string, unknown>[];
};
