import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_API_URL } from '../../cdktf/docs/dashboard-files.ts';
import { buildDashboard } from '../../scripts/local/pages/build-dashboard.ts';
import type { Local } from '../../scripts/local/start-local.ts';
import { UNLIMITED } from '../../scripts/local/unlimited.ts';
import { hasBrowser, useBrowser } from '../dashboard/browser.ts';
import { openPage } from '../dashboard/open-page.ts';
import { dropDatabase, toDatabaseUri } from '../harness/database.ts';
import { startTestService } from '../harness/local-service.ts';
import { startCloudFront } from './cloudfront.ts';

describe.skipIf(!hasBrowser)('the deployed dashboard in a browser', () => {
  const browser = useBrowser();
  const mongodbUri = toDatabaseUri();
  let directory = '';
  let site: { url: string; server: Server };
  let api: Local;

  beforeAll(async () => {
    const files = new Map(
      [...(await buildDashboard())].map(([name, bytes]) => [`dashboard/${name}`, bytes]),
    );
    directory = await mkdtemp(join(tmpdir(), 'iot-events-'));
    // The API has to know the origin of the page, and the page that of the API.
    site = await startCloudFront(files);
    api = await startTestService({
      directory,
      mongodbUri,
      api: { ...UNLIMITED, corsOrigins: ['https://docs.example.org', site.url] },
    });
    site.server.close();
    const page = Buffer.from(files.get('dashboard/index.html') ?? '').toString();
    expect(page).toContain(NO_API_URL);
    // As Terraform does it (test/cdktf/terraform.test.ts).
    const told = page.replace(NO_API_URL, `<meta name="api-url" content="${api.url}">`);
    files.set('dashboard/index.html', Buffer.from(told));
    site = await startCloudFront(files, new URL(api.url).origin, Number(new URL(site.url).port));
  });
  afterAll(async () => {
    site?.server.close();
    await api?.stop();
    await dropDatabase(mongodbUri);
    await rm(directory, { recursive: true, force: true });
  });

  it('belongs to the API of its deployment, and reaches no other', async () => {
    const { page } = await openPage(browser.get(), site.url, { path: '/dashboard' });
    const reach = (url: string) =>
      page.evaluate<string>(`fetch('${url}/health').then(({ status }) => status, String)`);

    expect(new URL(page.url()).pathname).toBe('/dashboard/');
    expect(await page.locator('#url').inputValue()).toBe(api.url);
    expect(await page.locator('#url').isVisible()).toBe(false);
    expect(await page.getByLabel('API key').isVisible()).toBe(true);
    expect(await reach(api.url)).toBe(200);
    // The site itself is another origin than the API.
    expect(await reach(site.url)).toMatch(/^TypeError/);
    expect(await reach('https://example.org')).toMatch(/^TypeError/);
    await page.context().close();
  });
});
