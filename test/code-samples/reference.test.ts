import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SAMPLE_LANGUAGES } from '../../scripts/docs/sample-languages.ts';
import { makeDocs } from '../../scripts/make-docs.ts';
import { hasBrowser, useBrowser } from '../browser.ts';

const browser = useBrowser();

// What a reader would know each by.
const SIGNS: Record<string, string> = {
  curl: '--fail-with-body',
  TypeScript: 'createClient',
  Python: 'urlopen',
  C: 'curl_easy_init',
  Arduino: 'WiFi.begin',
};

describe('the reference', () => {
  it.skipIf(!hasBrowser)('shows an operation in each language', async () => {
    const page = await browser.get().newPage();
    await page.goto(pathToFileURL(await makeDocs()).href);
    await page.getByText('Devices', { exact: true }).first().click();
    await page.getByText('Delete all events of a device').first().click();

    let shown = 'curl';
    for (const { label } of SAMPLE_LANGUAGES) {
      await page.getByText(shown, { exact: true }).first().click();
      await page.getByText(label, { exact: true }).last().click();
      await page
        .getByText(SIGNS[label] ?? 'a new language')
        .first()
        .waitFor();
      shown = label;
    }
    expect(shown).toBe('Arduino');
  });
});
