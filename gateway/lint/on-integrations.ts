import type { Integration, IntegrationResponse, Method } from '../document/api.ts';
import { toJsonPointer } from '../document/cursor.ts';
import type { Effect, Rule } from './rule.ts';

type Complain<Part> = (part: Part, method: Method) => [member: string, message: string][];

/** A rule that checks every integration; `complain` returns the faults of one, by its member. */
export function onIntegrations(
  fact: number,
  effect: Effect,
  complain: Complain<Integration>,
): Rule {
  return {
    fact,
    effect,
    check: ({ methods }) =>
      methods.flatMap((method) =>
        method.integration
          ? complain(method.integration, method).map(([member, message]) => ({
              place: `${method.integration?.place}/${member}`,
              message,
            }))
          : [],
      ),
  };
}

/** A rule that checks every response of an integration. */
export function onResponses(
  fact: number,
  effect: Effect,
  complain: Complain<IntegrationResponse>,
): Rule {
  return onIntegrations(fact, effect, ({ responses }, method) =>
    [...responses].flatMap(([pattern, response]) =>
      complain(response, method).map(([member, message]): [string, string] => [
        `responses${toJsonPointer(pattern)}/${member}`,
        message,
      ]),
    ),
  );
}
