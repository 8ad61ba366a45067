import { hash } from 'node:crypto';
import type { ErrorObject } from 'ajv';
import registry from '../../generated/event-types.json' with { type: 'json' };
import { typeValidators } from '../../generated/type-validators.js';
import type { EventTypes, EventWarning, InvalidField } from '../contract.ts';
import { toInvalidFields } from '../http/invalid-fields.ts';
import type { EventTypePolicy } from '../names/event-type-policy.ts';
import type { Telemetry } from '../telemetry.ts';

/** The registry of event types, with the environment's policy. */
export const createEventTypes = (
  { mismatches = 'observe', types = {}, unknownTypes = 'accept' }: EventTypePolicy,
  { countWarnings }: Pick<Telemetry, 'countWarnings'>,
): EventTypes => {
  const refused = new Set(
    [...typeValidators.keys()].filter(
      (type) => (Object.hasOwn(types, type) ? types[type] : mismatches) === 'refuse',
    ),
  );
  const deprecations = toDeprecations(registry);
  let digest: string | undefined;
  return {
    judge({ eventType, value = null }) {
      const validate = typeValidators.get(eventType);
      if (!validate) {
        return unknownTypes === 'refuse' ? { eventType, refusal: UNKNOWN } : undefined;
      }
      const deprecated = deprecations.get(eventType);
      if (validate(value)) return deprecated && { eventType, warnings: deprecated };
      const [field = UNCLEAR] = toInvalidFields((validate.errors ?? []).map(toRequestError));
      if (refused.has(eventType)) return { eventType, refusal: field };
      // The keywords of the registry's schemas have no other codes.
      const code = field.code as EventWarning['code'];
      return { eventType, warnings: [{ ...field, code }, ...(deprecated ?? [])] };
    },
    count: ({ eventType, warnings }) =>
      countWarnings(
        eventType,
        warnings.map(({ code }) => code),
      ),
    list() {
      digest ??= hash('sha256', JSON.stringify(registry), 'base64url').slice(0, 22);
      return { digest, registry };
    },
  };
};

type Registry = ReturnType<EventTypes['list']>['registry'];

/** The warnings of deprecated types, by event type. */
const toDeprecations = ({ eventTypes }: Registry): ReadonlyMap<string, EventWarning[]> =>
  new Map(eventTypes.flatMap(({ eventType, deprecation }) => toEntry(eventType, deprecation)));

const toEntry = (
  eventType: string,
  deprecation: Registry['eventTypes'][number]['deprecation'],
): [string, EventWarning[]][] => {
  if (!deprecation) return [];
  const { since, sunset, link } = deprecation;
  const detail = `is deprecated since ${since}, and described until ${sunset} at least: see ${link}`;
  return [[eventType, [{ code: 'deprecated', pointer: '/eventType', detail }]]];
};

/** Ajv begins at the value; the request has it in its body. */
const toRequestError = (error: ErrorObject): ErrorObject => ({
  ...error,
  instancePath: `/requestBody/value${error.instancePath}`,
});

const UNKNOWN: InvalidField = {
  code: 'unknown-event-type',
  pointer: '/eventType',
  detail: 'is not an event type of this service: GET /event-types lists them',
};

const UNCLEAR: InvalidField = { code: 'schema', pointer: '/value', detail: 'is not valid' };
