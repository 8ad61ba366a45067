import { setTimeout as sleep } from 'node:timers/promises';
import type { Ask, Behaviour } from './check.ts';
import { FUNCTION_BEHAVIOURS } from './function-behaviours.ts';
import { GATEWAY_BEHAVIOURS } from './gateway-behaviours.ts';

/** What gateways are compared by. */
export const BEHAVIOURS: Behaviour[] = GATEWAY_BEHAVIOURS.concat(FUNCTION_BEHAVIOURS);

/** How a gateway does, such as `yes`, `no` or `2 of 3`. */
export const judge = async (ask: Ask, { checks }: Behaviour): Promise<string> => {
  let right = 0;
  for (const check of checks) {
    if (await check(ask)) right += 1;
    // For a rate that is limited.
    await sleep(1);
  }
  if (right === checks.length) return 'yes';
  return right === 0 ? 'no' : `${right} of ${checks.length}`;
};
