import { hash } from 'node:crypto';
import type { ErrorObject } from 'ajv';
import registry from '../../generated/event-types.json' with { type: 'json' };
import { typeValidators } from '../../generated/type-validators.js';
import type { EventTypes, InvalidField } from '../contract.ts';
import { toInvalidFields } from '../http/invalid-fields.ts';
import type { EventTypePolicy } from '../names/event-type-policy.ts';
import type { Telemetry } from '../telemetry.ts';

/** The registry of event types, with the environment's policy. */
export const createEventTypes = (
  { mismatches = 'observe', types = {}, unknownTypes = 'accept' }: EventTypePolicy,
  { countMismatch }: Pick<Telemetry, 'countMismatch'>,
): EventTypes => {
  const refused = new Set(
    [...typeValidators.keys()].filter(
      (type) => (Object.hasOwn(types, type) ? types[type] : mismatches) === 'refuse',
    ),
  );
  let digest: string | undefined;
  return {
    judge({ eventType, value = null }) {
      const validate = typeValidators.get(eventType);
      if (!validate) {
        return unknownTypes === 'refuse'
          ? { eventType, isRefused: true, field: UNKNOWN }
          : undefined;
      }
      if (validate(value)) return undefined;
      const [field = UNCLEAR] = toInvalidFields((validate.errors ?? []).map(toRequestError));
      return { eventType, isRefused: refused.has(eventType), field };
    },
    count: ({ eventType, field }) => countMismatch(eventType, field.code),
    list() {
      digest ??= hash('sha256', JSON.stringify(registry), 'base64url').slice(0, 22);
      return { digest, registry };
    },
  };
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
