import { describe, expect, it } from 'vitest';
import { lintImportDocument } from '../../gateway/lint/lint-import-document.ts';
import { toDocument } from '../gateway/fixture.ts';
import { toSoundDocument } from '../gateway/sound-document.ts';
import { mutatedDocument } from './documents/mutated-document.ts';
import { FUZZ, fuzz } from './fuzz.ts';

const documents = mutatedDocument([toDocument(), toSoundDocument()]);

describe('the linter of the import document', () => {
  it('finds faults in any document, and never fails', FUZZ, async () => {
    await fuzz(documents, [], async (document) => {
      for (const { place, message, fact } of lintImportDocument(document)) {
        expect(place).toMatch(/^(\/|$)/);
        expect(message).toBeTruthy();
        expect(fact).toBeGreaterThan(0);
      }
    });
  });
});
