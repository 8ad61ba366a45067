import { documentRules } from './document-rules.ts';
import { gatewayResponseRules } from './gateway-response-rules.ts';
import { integrationRules } from './integration-rules.ts';
import { methodRules } from './method-rules.ts';
import { modelRules } from './model-rules.ts';
import type { Rule } from './rule.ts';

/** Every rule, each on one fact of gateway/facts.md. */
export const rules: Rule[] = [
  ...documentRules,
  ...gatewayResponseRules,
  ...modelRules,
  ...methodRules,
  ...integrationRules,
];
