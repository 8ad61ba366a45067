import type { OpenAPIV3 } from 'openapi-types';
import type { LintFault } from './lint-fault.ts';

/**
 * Finds a description of the whole API that is not two sentences: generators copy it into each file, where it once was
 * a third of the code. The guides say the rest.
 */
export const findDescriptionFaults = ({ info }: OpenAPIV3.Document): LintFault[] => {
  // A line of its own, such as a heading or an item of a list, is a segment (Unicode Annex 29, SB4).
  const segments = [...SENTENCES.segment(info.description ?? '')].map(({ segment }) => segment);
  if (segments.length === 2 && segments.every((segment) => /[.!?]\s*$/.test(segment))) return [];
  const message = `generators copy it into each file: write two sentences, not ${segments.length} parts`;
  return [{ rule: 'short-description', place: '#/info/description', message }];
};

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });
