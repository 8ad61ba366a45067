import type { OpenAPIV3 } from 'openapi-types';
import type { Linter } from './exceptions.ts';
import { listSkippedRules } from './exceptions.ts';
import { findDescriptionFaults } from './find-description-faults.ts';
import { findForgottenReplies } from './find-forgotten-replies.ts';
import { findGrowthFaults } from './find-growth-faults.ts';
import { findNumberFaults } from './find-number-faults.ts';
import { findOasFaults } from './find-oas-faults.ts';
import type { LintFault } from './lint-fault.ts';

/**
 * Lints the contract that clients get, by Spectral and by rules of our own; `npm run generate` lints its source by
 * Redocly. Reports an exception that has become needless, too.
 */
export const lintPublishedContract = async (contract: OpenAPIV3.Document): Promise<string[]> => [
  ...withExceptions('spectral', await findOasFaults(contract)),
  ...withExceptions('growth', [...findGrowthFaults(contract), ...findNumberFaults(contract)]),
  ...withExceptions('description', findDescriptionFaults(contract)),
  ...withExceptions('replies', findForgottenReplies(contract)),
];

function withExceptions(linter: Linter, faults: LintFault[]): string[] {
  const skipped = listSkippedRules(linter);
  const found = new Set(faults.map(({ rule }) => rule));
  return [
    ...faults
      .filter(({ rule }) => !skipped.includes(rule))
      .map(({ rule, place, message }) => `${place}: ${message} (${linter}: ${rule})`),
    ...skipped
      .filter((rule) => !found.has(rule))
      .map(
        (rule) => `${linter}: ${rule} needs no exception any more: remove it from ${EXCEPTIONS}`,
      ),
  ];
}

const EXCEPTIONS = 'scripts/check/contract/exceptions.ts';
