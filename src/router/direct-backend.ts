import type { ErrorObject, ValidateFunction } from 'ajv';
import type {
  Context,
  Document,
  Handler,
  Operation,
  ParsedRequest,
  Request,
} from 'openapi-backend';
import { OpenAPIBackend, OpenAPIRouter, OpenAPIValidator } from 'openapi-backend';

/** What is known of an operation before any request for it. */
type Route = {
  operation: Operation;
  operationId: string;
  validators: ValidateFunction[];
  /** None for an operation that needs no key. */
  authorize: Handler | undefined;
};

/**
 * openapi-backend for a contract without references, whose validators are compiled already. It goes straight to a request's operation where API Gateway has left nothing to take
 * apart: no parameter in the path, no list in the query, a body that is parsed. It does then what it does
 * with any other request, in the same order, but not four times. test/parity holds both ways to the same
 * answers.
 */
export class DirectBackend extends OpenAPIBackend {
  #routes: ReadonlyMap<string, Route> | undefined;

  /** Leaves out loading, dereferencing and compiling; `validator.requestValidators` are for the caller to give. */
  override async init(): Promise<this> {
    const { apiRoot, ignoreTrailingSlashes, ajvOpts, coerceTypes } = this;
    this.definition = this.inputDocument as Document;
    const { definition } = this;
    this.router = new OpenAPIRouter({ definition, apiRoot, ignoreTrailingSlashes });
    // It would make the list anew for each question.
    const operations = this.router.getOperations();
    this.router.getOperations = () => operations;
    const ofValidator = { definition, ajvOpts, coerceTypes, lazyCompileValidators: true };
    this.validator = new OpenAPIValidator({ ...ofValidator, router: this.router });
    this.initialized = true;
    this.register(this.handlers);
    return this;
  }

  override handleRequest(request: Request, ...args: unknown[]): Promise<unknown> {
    this.#routes ??= this.#findRoutes();
    const route = this.#routes.get(`${request.method.toLowerCase()} ${request.path}`);
    const isParsed = typeof request.body !== 'string';
    return route && isParsed
      ? this.#answer(route, request, args)
      : super.handleRequest(request, ...args);
  }

  async #answer(route: Route, request: Request, args: unknown[]): Promise<unknown> {
    const { operation, operationId, validators, authorize } = route;
    const { handlers } = this;
    const parsed = toParsed(request);
    const context = this.#toContext(parsed, operation);
    await handlers.postRoutingHandler?.(context, ...args);
    if (authorize && !(await authorize(context, ...args))) {
      return await handlers.unauthorizedHandler?.(context, ...args);
    }
    const { headers: header, requestBody } = parsed;
    // A copy, in which validation turns text into numbers.
    const query = { ...parsed.query };
    const parts = { path: {}, query, header, cookie: {}, requestBody };
    const errors = findErrors(validators, parts);
    context.validation = { valid: errors === null, errors };
    if (errors) return await handlers.validationFail?.(context, ...args);
    parsed.query = query;
    return await handlers[operationId]?.(context, ...args);
  }

  /** What is not there yet no handler looks for. */
  #toContext(request: ParsedRequest, operation: Operation): Context {
    return { api: this, request, operation, validation: undefined } as unknown as Context;
  }

  #findRoutes(): ReadonlyMap<string, Route> {
    return new Map(
      this.router
        .getOperations()
        .filter(isTakenApart)
        .flatMap((operation) => {
          const { method, path, operationId = '', security = [] } = operation;
          const validators = this.validator.getRequestValidatorsForOperation(operationId);
          const authorize = this.securityHandlers[findOnlyScheme(security) ?? ''];
          if (security.length > 0 && !authorize) return [];
          return [[`${method} ${path}`, { operation, operationId, validators, authorize }]];
        }),
    );
  }
}

/** What openapi-backend's own parseRequest gives. */
const toParsed = ({ method, path, headers, query, body }: Request): ParsedRequest => ({
  method,
  path,
  headers,
  query: query as ParsedRequest['query'],
  body,
  params: {},
  cookies: {},
  requestBody: body,
});

/** Whether it has no parameter that openapi-backend would have to take apart. */
const isTakenApart = ({ path, parameters = [] }: Operation): boolean =>
  !path.includes('{') &&
  !parameters.some((each) => 'in' in each && (each.schema as { type?: string })?.type === 'array');

/** Where there is nothing to choose from. */
function findOnlyScheme(security: NonNullable<Operation['security']>): string | undefined {
  const [first = {}, ...alternatives] = security;
  const [scheme, ...more] = Object.keys(first);
  return alternatives.length + more.length === 0 ? scheme : undefined;
}

function findErrors(validators: ValidateFunction[], parts: object): ErrorObject[] | null {
  let found: ErrorObject[] | null = null;
  for (const validate of validators) {
    if (!validate(parts)) found = [...(found ?? []), ...(validate.errors ?? [])];
  }
  return found;
}
