import fc from 'fast-check';

type Mutation = { steps: number[]; change: Change };
type Change =
  | { kind: 'replace'; value: unknown }
  | { kind: 'remove' }
  | { kind: 'add'; name: string; value: unknown }
  | { kind: 'copy'; steps: number[] };

const NAMES = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  '$ref',
  'parameters',
  'x-amazon-apigateway-any-method',
  'x-amazon-apigateway-integration',
  '/{a}/{b+}',
  '',
  'get',
  'required',
  'properties',
  'responses',
  'default',
  'security',
);
const TEXTS = fc.constantFrom(
  '#/components/schemas/Thing',
  '#',
  '#/',
  '#/%zz/~2',
  '(',
  'STREAM',
  "'",
  "''",
  'method.request.header.',
  '${stageVariables.__proto__}',
  'http://',
  'http://127.0.0.1:1',
  'null',
  '__proto__',
);
const VALUE = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    Number.POSITIVE_INFINITY,
    '',
    [],
    {},
    [null],
    [[]],
    {
      $ref: '#',
    },
  ),
  TEXTS,
  fc.string(),
  fc.jsonValue({ maxDepth: 3 }),
);
const STEPS = fc.array(fc.nat(40), { maxLength: 8 });
const CHANGE: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('replace' as const), value: VALUE }),
  fc.record({ kind: fc.constant('remove' as const) }),
  fc.record({ kind: fc.constant('add' as const), name: NAMES, value: VALUE }),
  fc.record({ kind: fc.constant('copy' as const), steps: STEPS }),
);

/** Documents with up to eight random changes anywhere in them. */
export const mutatedDocument = (originals: object[]): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      fc.constantFrom(...originals),
      fc.array(fc.record({ steps: STEPS, change: CHANGE }), { minLength: 1, maxLength: 8 }),
    )
    .map(([original, mutations]) => {
      const document = structuredClone(original);
      for (const mutation of mutations) mutate(document, mutation);
      return document;
    });

function mutate(document: object, { steps, change }: Mutation): void {
  const { parent, key } = find(document, steps);
  if (key === undefined) return;
  const define = (target: object, name: string, value: unknown) =>
    Object.defineProperty(target, name, {
      value: structuredClone(value),
      configurable: true,
      enumerable: true,
      writable: true,
    });
  if (change.kind === 'remove') Reflect.deleteProperty(parent, key);
  else if (change.kind === 'replace') define(parent, key, change.value);
  else if (change.kind === 'copy') {
    const from = find(document, change.steps);
    if (from.key !== undefined) define(parent, key, Reflect.get(from.parent, from.key));
  } else {
    const target: unknown = Reflect.get(parent, key);
    if (isContainer(target) && !Array.isArray(target)) define(target, change.name, change.value);
  }
}

/** Goes down by the number of a member; stops where there is none. */
function find(document: object, steps: number[]): { parent: object; key: string | undefined } {
  let parent = document;
  let key: string | undefined;
  for (const step of steps) {
    const at: unknown = key === undefined ? parent : Reflect.get(parent, key);
    if (!isContainer(at)) break;
    const keys = Object.keys(at);
    if (keys.length === 0) break;
    parent = at;
    key = keys[step % keys.length];
  }
  return { parent, key };
}

const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null;
