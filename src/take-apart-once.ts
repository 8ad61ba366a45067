import type { OpenAPIBackend, Operation, ParsedRequest, Request } from 'openapi-backend';

/** A request of our router: its headers are in lower case; and what it was when it was taken apart. */
type Received = Request & { parsed?: ParsedRequest };

/**
 * openapi-backend takes each request apart four times, and compares it with all operations. API Gateway has
 * taken it apart already: what that leaves to be done, for a path's parameters, a query's lists and a body
 * that is no object, openapi-backend still does; the rest is looked up. test/parity holds both ways to the
 * same answers.
 */
export const takeApartOnce = ({ router, validator }: OpenAPIBackend): void => {
  // It would make the list anew for each question.
  const operations = router.getOperations();
  router.getOperations = () => operations;

  const exact = new Map(operations.map((operation) => [toRoute(operation), operation]));
  const match = router.matchOperation.bind(router);
  router.matchOperation = (request: Request, isStrict?: boolean) =>
    exact.get(toRoute(request)) ?? match(request, isStrict as true);

  const inParts = new Set(operations.filter((operation) => !isPath(operation)));
  const parse = router.parseRequest.bind(router);
  router.parseRequest = (request: Received, operation) => {
    if (typeof request.body === 'string' || (operation && !inParts.has(operation))) {
      return parse(request, operation);
    }
    request.parsed ??= toParsed(request);
    return request.parsed;
  };

  const flat = new Set(operations.filter((operation) => !isPath(operation) && !hasList(operation)));
  const validate = validator.validateRequest.bind(validator);
  validator.validateRequest = (request, operation) => {
    const isLookedUp = typeof operation === 'object' && flat.has(operation);
    if (!isLookedUp || typeof request.body === 'string') return validate(request, operation);
    const parsed = router.parseRequest(request, operation);
    const { headers, requestBody } = parsed;
    // Validation turns text into numbers in its place.
    const query = { ...parsed.query };
    const parts = { path: {}, query, header: headers, cookie: {}, requestBody };
    const errors = validator
      .getRequestValidatorsForOperation(operation.operationId ?? '')
      .flatMap((isValid) => (isValid(parts) ? [] : (isValid.errors ?? [])));
    if (errors.length > 0) return { valid: false, errors, coerced: request };
    const coerced: Received = { ...request, query, parsed: { ...parsed, query } };
    return { valid: true, errors: null, coerced };
  };
};

const toRoute = ({ method, path }: { method: string; path: string }): string =>
  `${method.toLowerCase()} ${path}`;

const isPath = ({ path }: Operation): boolean => path.includes('{');

const hasList = ({ parameters = [] }: Operation): boolean =>
  parameters.some((each) => 'in' in each && (each.schema as { type?: string })?.type === 'array');

/** What openapi-backend's own parseRequest gives. */
const toParsed = ({ method, path, headers, query, body }: Request): ParsedRequest => ({
  method: method.toLowerCase(),
  path,
  headers,
  query: query as ParsedRequest['query'],
  body,
  params: {},
  cookies: {},
  requestBody: body,
});
