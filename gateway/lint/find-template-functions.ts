import { isRecord, toJsonPointer } from '../document/cursor.ts';
import { toTemplateFunction } from '../document/to-template-function.ts';
import type { Complaint } from './rule.ts';

/** Members in which AWS or this gateway would take a placeholder literally. */
const TEXTS = new Set([
  'uri',
  'credentials',
  'connectionId',
  'authorizerUri',
  'authorizerCredentials',
  'providerARNs',
  'statusCode',
]);
const MAPPINGS = new Set(['requestParameters', 'responseParameters']);
const PLACEHOLDER = /\$\{(?!AWS::|stageVariables\.)[^}]*\}|\{\{[^}]*\}\}|<%.*?%>/;

/** Whether a text has something that only a template knows. */
export const isPlaceholder = (text: string): boolean => PLACEHOLDER.test(text);

/**
 * Finds what is left of a template: functions of CloudFormation, such as `Fn::Sub`, and placeholders of Terraform in
 * URIs. AWS takes `${AWS::Region}` and its like (fact 6), and `${stageVariables.name}`.
 */
export const findTemplateFunctions = (document: Record<string, unknown>): Complaint[] =>
  walk(document, []);

function walk(part: unknown, steps: (string | number)[]): Complaint[] {
  const place = toJsonPointer(...steps);
  if (Array.isArray(part)) return part.flatMap((item, index) => walk(item, [...steps, index]));
  if (typeof part === 'string') {
    const [key, section] = steps.filter((step) => typeof step === 'string').toReversed();
    const isTaken = TEXTS.has(String(key)) || MAPPINGS.has(String(section));
    return isTaken && isPlaceholder(part)
      ? [{ place, message: 'has a placeholder: resolve the template before the import' }]
      : [];
  }
  if (!isRecord(part)) return [];
  const name = toTemplateFunction(part);
  if (name !== undefined) {
    return [{ place, message: `has ${name}: resolve the template before the import` }];
  }
  return Object.entries(part).flatMap(([key, child]) => walk(child, [...steps, key]));
}
