import { CHECKS } from './checks/checks.ts';
import { STUB_CHECKS } from './stub/stub-checks.ts';

export type CheckName = keyof typeof CHECKS | keyof typeof STUB_CHECKS;

/** The names of all checks: those against the service, then those against the stub. */
export const CHECK_NAMES = [...Object.keys(CHECKS), ...Object.keys(STUB_CHECKS)] as CheckName[];
