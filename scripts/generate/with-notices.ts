import type { OpenAPIV3 } from 'openapi-types';
import type { Contract } from '../../openapi/contract.ts';
import type { Deprecation } from '../../openapi/deprecation.ts';
import { listDeprecations, toNotice } from '../../openapi/deprecation.ts';
import { resolveRef } from '../../openapi/resolve-ref.ts';

type Response = OpenAPIV3.ResponseObject;

/** Documents each `x-deprecation`: reply headers, which CORS exposes, and a description. */
export const withNotices = (contract: Contract): Contract => {
  const documented = structuredClone(contract);
  const deprecated = listDeprecations(documented).filter(({ deprecation }) => deprecation);
  for (const { operation, deprecation } of deprecated) {
    if (deprecation) documentNotice(documented, operation, deprecation);
  }
  if (deprecated.length > 0) {
    const exposed = new Set([
      ...documented['x-cors'].exposeHeaders,
      'Deprecation',
      'Sunset',
      'Link',
    ]);
    documented['x-cors'].exposeHeaders = [...exposed];
  }
  return documented;
};

function documentNotice(
  contract: Contract,
  operation: OpenAPIV3.OperationObject,
  deprecation: Deprecation,
): void {
  const { since, sunset, link } = deprecation;
  operation.description =
    `**Deprecated since ${since}; it answers at least until ${sunset}**: ` +
    `[what to do](${link}).\n\n${operation.description ?? ''}`;
  const headers = toHeaders(deprecation);
  for (const [status, response] of Object.entries(operation.responses)) {
    // A copy, since other operations share the response.
    const own = resolveRef<Response>(contract, response);
    operation.responses[status] = { ...own, headers: { ...headers, ...own.headers } };
  }
}

function toHeaders(deprecation: Deprecation): NonNullable<Response['headers']> {
  const notice = toNotice(deprecation);
  const header = (description: string, example: string): OpenAPIV3.HeaderObject => ({
    description,
    schema: { type: 'string', example },
  });
  return {
    Deprecation: header('Since when the operation is deprecated (RFC 9745).', notice.Deprecation),
    Sunset: header('Until when it answers at least (RFC 8594).', notice.Sunset),
    Link: header('What to do instead, with `rel="deprecation"`.', notice.Link),
  };
}
