import contract from '../../../generated/openapi.json' with { type: 'json' };
import { createHandler } from '../openapi-backend/handler.ts';

/** openapi-backend as in its README, with this project's whole contract: ours without its optimisations. */
export const handler = createHandler(withAnyOf(contract), {
  securityHandlers: { apiKey: () => true },
  // openapi-backend knows no formats and would warn about each; the contract's patterns validate them.
  ajvOpts: {
    formats: {
      date: true,
      'date-time': true,
      double: true,
      int32: true,
      int64: true,
      'uri-reference': true,
      uuid: true,
    },
  },
});

/** Writes the rule that `date` is required unless there is an `id` as JSON Schema that OpenAPI 3.0 has. */
function withAnyOf(document: object): object {
  return JSON.parse(JSON.stringify(document), (_, node) => {
    const rule: Record<string, string> | undefined = node?.['x-required-unless'];
    if (!rule) return node;
    return {
      ...node,
      anyOf: Object.entries(rule)
        .flat()
        .map((name) => ({ required: [name] })),
    };
  });
}
