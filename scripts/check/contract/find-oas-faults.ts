import type { RulesetDefinition } from '@stoplight/spectral-core';
import { Spectral } from '@stoplight/spectral-core';
import { oas } from '@stoplight/spectral-rulesets';
import type { LintFault } from './lint-fault.ts';

/**
 * Finds what Spectral's ruleset for OpenAPI reports, of any severity.
 * @see https://docs.stoplight.io/docs/spectral/4dec24461f3af-open-api-rules
 */
export const findOasFaults = async (contract: object): Promise<LintFault[]> => {
  const spectral = new Spectral();
  // Its own types lack exactOptionalPropertyTypes.
  spectral.setRuleset(oas as RulesetDefinition);
  const results = await spectral.run({ ...contract });
  return results.map(({ code, path, message }) => ({
    rule: String(code),
    // A JSON Pointer (RFC 6901).
    place: ['#', ...path.map((key) => String(key).replaceAll('/', '~1'))].join('/'),
    message,
  }));
};
