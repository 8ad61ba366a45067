import { EVENT_CHECKS } from './event-checks.ts';
import { FLEET_CHECKS } from './fleet-checks.ts';
import { PROBLEM_CHECKS } from './problem-checks.ts';
import { REGISTRY_CHECKS } from './registry-checks.ts';
import { REMOVAL_CHECKS } from './removal-checks.ts';
import { STREAM_CHECKS } from './stream-checks.ts';

/** The checks of an SDK against the service, in this order: later checks use events that earlier ones stored. */
export const CHECKS = {
  ...EVENT_CHECKS,
  ...FLEET_CHECKS,
  ...REGISTRY_CHECKS,
  ...STREAM_CHECKS,
  ...PROBLEM_CHECKS,
  ...REMOVAL_CHECKS,
};
