import { documentRules } from './document-rules.ts';
import { modelRules } from './model-rules.ts';
import { operationRules } from './operation-rules.ts';
import type { Rule } from './rule.ts';

/** Every rule, each on one fact of gateway/facts.md. */
export const rules: Rule[] = [...documentRules, ...modelRules, ...operationRules];
