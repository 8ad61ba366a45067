import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';
import { escapeTemplates } from './escape-templates.ts';
import { withFingerprint } from './with-fingerprint.ts';

/** The body of an `aws_api_gateway_rest_api`: an import document with its fingerprint, as Terraform reads it. */
export const toBody = (scope: IConstruct, document: { paths: Record<string, unknown> }): string => {
  // CDKTF's tokens are numbers, which an unrelated edit changes. Resolved, they name what they refer to.
  const resolver = new DefaultTokenResolver(new StringConcat());
  const resolved = Tokenization.resolve(document, { scope, resolver, preparing: false });
  return JSON.stringify(escapeTemplates(withFingerprint(document, JSON.stringify(resolved))));
};
