import { accessRules } from './access-rules.ts';
import { documentRules } from './document-rules.ts';
import { gatewayResponseRules } from './gateway-response-rules.ts';
import { integrationRules } from './integration-rules.ts';
import { integrationTargetRules } from './integration-target-rules.ts';
import { methodRules } from './method-rules.ts';
import { modelRules } from './model-rules.ts';
import { requestMappingRules } from './request-mapping-rules.ts';
import type { Rule } from './rule.ts';

/** Every rule, each on one fact of gateway/facts.md. */
export const rules: Rule[] = [
  ...documentRules,
  ...gatewayResponseRules,
  ...modelRules,
  ...methodRules,
  ...integrationRules,
  ...integrationTargetRules,
  ...requestMappingRules,
  ...accessRules,
];
