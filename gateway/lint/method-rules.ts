import type { Api, Method, MethodResponse } from '../document/api.ts';
import { isRecord } from '../document/cursor.ts';
import type { Complaint, Effect, Rule } from './rule.ts';

const STATUS = /^[1-5]\d\d$/;
const PARAMETER = /^[a-zA-Z0-9:._$-]+$/;

/** Rules on the methods: their parameters, bodies, responses, security and validators. */
export const methodRules: Rule[] = [
  onMethods(8, 'refused', ({ integration }) =>
    integration ? [] : ['has no integration: add x-amazon-apigateway-integration'],
  ),
  onMethods(11, 'weakened', ({ parameters }) =>
    parameters
      .filter(({ in: place }) => !['query', 'header', 'path'].includes(place))
      .map(
        ({ name, in: place }) =>
          `has the parameter ${name} in ${place}, which API Gateway ignores: use query, header or path`,
      ),
  ),
  onMethods(11, 'refused', ({ parameters }) =>
    parameters
      .filter(({ name }) => name === '')
      .map(() => 'has a parameter without a name: name it'),
  ),
  onMethods(101, 'refused', ({ parameters, responses }) => {
    const names = parameters.map(({ name }) => name);
    const headers = [...responses.values()].flatMap((response) => [...response.headers]);
    return [...new Set([...names, ...headers])]
      .filter((name) => name !== '' && !PARAMETER.test(name))
      .map(
        (name) => `has the parameter or header ${name}: use letters, digits and :._$- in its name`,
      );
  }),
  onResponses(15, ({ isReference }) =>
    isReference ? ['is a $ref, which is not supported: write the response itself'] : [],
  ),
  onResponses(15, ({ schemas }) =>
    schemas.some(({ schema }) => isRecord(schema) && PRIMITIVES.has(String(schema.type)))
      ? ['has a schema that is a primitive type: write an object, or a $ref']
      : [],
  ),
  onMethods(16, 'weakened', ({ hasOwnSecurity }, { unusedRootSecurity }) =>
    hasOwnSecurity || unusedRootSecurity.length === 0
      ? []
      : [
          `has no security of its own: add it, [] for none; ${unusedRootSecurity.join(', ')} of the root's is not used`,
        ],
  ),
  onMethods(18, 'weakened', ({ method }) =>
    method === 'TRACE' ? ['is a method that API Gateway does not have: remove it'] : [],
  ),
  onMethods(18, 'weakened', ({ responses }) =>
    [...responses.keys()]
      .filter((status) => !STATUS.test(status))
      .map(
        (status) =>
          `has the response ${status}: list each status; ranges are not supported, and what an import makes of default is unknown`,
      ),
  ),
  onMethods(19, 'refused', ({ parameters }) => {
    const names = parameters.map(({ name }) => name);
    const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
    return [...twice].map(
      (name) =>
        `has two parameters called ${name}: rename one; query, header and path share their names`,
    );
  }),
  onMethods(32, 'weakened', ({ resource, parameters }) =>
    parameters
      .filter(({ in: place, name }) => place === 'path' && !hasVariable(resource, name))
      .map(({ name }) => `has the path parameter ${name}, which is not in its path: remove it`),
  ),
  onMethods(36, 'refused', ({ security = [] }, { securitySchemes }) =>
    [...new Set(security.flat())]
      .filter((name) => !securitySchemes.has(name))
      .map((name) => `requires ${name}, which is no security scheme: add it to components`),
  ),
  onMethods(36, 'weakened', ({ security = [] }, { securitySchemes }) =>
    [...new Set(security.flat())]
      .filter((name) => isWithoutEffect(securitySchemes.get(name)))
      .map(
        (name) =>
          `requires ${name}: only an apiKey scheme with the name x-api-key in a header makes a key required`,
      ),
  ),
  onBodies(20, 'weakened', (_, schema) =>
    isRecord(schema) && typeof schema.$ref === 'string'
      ? []
      : ['is written inline: move the schema to components, and use a $ref'],
  ),
  onBodies(26, 'weakened', (type) =>
    type !== type.toLowerCase() || !/^[^\s/;*]+\/[^\s/;*]+$/.test(type)
      ? [`is of ${type}: write one plain media type; others are not validated`]
      : [],
  ),
  {
    fact: 34,
    effect: 'refused',
    check: ({ methods, validators }) => {
      const used = methods.flatMap(({ validator }) => validator ?? []);
      const unknown = used.filter(({ name }) => !validators.has(name));
      return [...new Map(unknown.map((use) => [use.place, use])).values()].map(
        ({ place, name }) => ({
          place,
          message: `names the validator ${name}, which does not exist`,
        }),
      );
    },
  },
];

const PRIMITIVES = new Set(['boolean', 'integer', 'number', 'string']);

/** Whether a path has the variable. */
export const hasVariable = (resource: string, name: string): boolean =>
  resource.split('/').some((part) => part === `{${name}}` || part === `{${name}+}`);

const isWithoutEffect = (scheme: ReturnType<Api['securitySchemes']['get']>): boolean =>
  scheme !== undefined &&
  !scheme.authorizer &&
  !(scheme.name?.toLowerCase() === 'x-api-key' && scheme.in === 'header');

/** A rule that checks every method; `complain` returns the faults of one. */
function onMethods(
  fact: number,
  effect: Effect,
  complain: (method: Method, api: Api) => string[],
): Rule {
  return {
    fact,
    effect,
    check: (api) =>
      api.methods.flatMap((method) =>
        complain(method, api).map((message) => ({ place: method.place, message })),
      ),
  };
}

/** A rule that checks every response of a method. */
function onResponses(fact: number, complain: (response: MethodResponse) => string[]): Rule {
  return {
    fact,
    effect: 'weakened',
    check: ({ methods }) =>
      methods
        .flatMap(({ responses }) => [...responses.values()])
        .flatMap((response) =>
          complain(response).map((message) => ({ place: response.place, message })),
        ),
  };
}

/** A rule that checks every body of a request. */
function onBodies(
  fact: number,
  effect: Effect,
  complain: (type: string, schema: unknown) => string[],
): Rule {
  const toComplaints = ({ body }: Method): Complaint[] =>
    [...(body ?? [])].flatMap(([type, { place, schema }]) =>
      complain(type, schema).map((message) => ({ place: place.replace(/\/schema$/, ''), message })),
    );
  return { fact, effect, check: ({ methods }) => methods.flatMap(toComplaints) };
}
