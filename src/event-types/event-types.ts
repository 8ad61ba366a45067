import { hash } from 'node:crypto';
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
      if (validate({ requestBody: { value } })) return undefined;
      const [field = UNCLEAR] = toInvalidFields(validate.errors ?? []);
      return { eventType, isRefused: refused.has(eventType), field };
    },
    count: ({ eventType, field }) => countMismatch(eventType, field.code),
    list() {
      digest ??= hash('sha256', JSON.stringify(registry), 'base64url').slice(0, 22);
      return { digest, registry };
    },
  };
};

const UNKNOWN: InvalidField = {
  code: 'unknown-event-type',
  pointer: '/eventType',
  detail: 'is not an event type of this service: GET /event-types lists them',
};

const UNCLEAR: InvalidField = { code: 'schema', pointer: '/value', detail: 'is not valid' };
