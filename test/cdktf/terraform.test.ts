import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_API_URL } from '../../cdktf/docs/dashboard-files.ts';
import { environmentOf, synthText } from './synth.ts';
import { toOffline } from './to-offline.ts';

// Where the machines that build this project keep providers; another may be named.
const MIRROR = process.env.TERRAFORM_PROVIDERS ?? '/opt/tf-plugins';
const AWS = join(MIRROR, 'registry.terraform.io/hashicorp/aws');
const [version] = existsSync(AWS) ? readdirSync(AWS).filter((name) => /^\d/.test(name)) : [];
const hasTerraform = spawnSync('terraform', ['version']).status === 0;

const missing = [
  ...(hasTerraform ? [] : ['terraform is not installed']),
  ...(version ? [] : [`no aws provider is in ${MIRROR}; TERRAFORM_PROVIDERS names another folder`]),
].join(', ');
if (missing) console.warn(`Real Terraform is not asked: ${missing}`);

/** What stands in for dist/docs/ and dist/dashboard/, by key. */
const FILES: Record<string, string> = {
  'index.html': '<p>Here</p>',
  'problems/forbidden/index.html': '<p>There</p>',
  'assets/style-1.css': 'p {}',
  'clients/iot-events-client-1.0.0.tgz': 'a tarball',
  'clients/iot_events-1.0.0.zip': 'a zip',
  'dashboard/index.html': `<p>${NO_API_URL}</p>`,
  'dashboard/main.js': '1;',
  'dashboard/main.js.map': '{}',
  'dashboard/LICENSES.txt': 'MIT',
};
const toPath = (key: string): string =>
  key.startsWith('dashboard/') ? `dist/${key}` : `dist/docs/${key}`;

type Plan = { resource_changes: { type: string; change: { after: Record<string, unknown> } }[] };

describe.skipIf(missing)('real Terraform', { tags: 'long' }, () => {
  let root: string;
  let directory: string;

  const terraform = async (...args: string[]): Promise<string> => {
    const env = {
      ...process.env,
      TF_CLI_CONFIG_FILE: join(directory, 'terraform.rc'),
      TF_DATA_DIR: join(directory, '.terraform'),
      TF_VAR_atlas_org_id: '0123456789abcdef01234567',
      TF_VAR_image_tag: '0123456789abcdef',
      TF_VAR_rest_api_key: '',
      CHECKPOINT_DISABLE: '1',
    };
    const options = { cwd: directory, env, maxBuffer: 2 ** 26 };
    return (await promisify(execFile)('terraform', args, options)).stdout;
  };

  const write = (configuration: object) =>
    writeFile(join(directory, 'main.tf.json'), JSON.stringify(configuration, null, 2));

  const plan = async (): Promise<Plan> => {
    await terraform('plan', '-input=false', '-refresh=false', '-lock=false', '-out=plan');
    return JSON.parse(await terraform('show', '-json', 'plan'));
  };

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'iot-events-terraform-'));
    directory = join(root, 'cdktf.out/stacks/any');
    await mkdir(directory, { recursive: true });
    for (const [key, text] of Object.entries(FILES)) {
      await mkdir(dirname(join(root, toPath(key))), { recursive: true });
      await writeFile(join(root, toPath(key)), text);
    }
    const mirror = `provider_installation { filesystem_mirror { path = ${JSON.stringify(MIRROR)} } }`;
    await writeFile(join(directory, 'terraform.rc'), mirror.replace(/ \{ | \} /g, '\n$&\n'));
    await write(toOffline(synthText(), version));
    await terraform('init', '-input=false', '-backend=false');
  });

  afterAll(() => rm(root, { recursive: true, force: true }));

  it.each(['development', 'production'])('finds %s valid', async (name) => {
    await write(toOffline(synthText(environmentOf(name)), version));

    const { valid, diagnostics } = JSON.parse(await terraform('validate', '-json'));

    expect({ valid, diagnostics }).toEqual({ valid: true, diagnostics: [] });
  });

  it('finds firewall, domains, alarm topic and retention valid', async () => {
    const { api, ...production } = environmentOf('production');
    const domain = {
      name: 'events.example.org',
      certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/a',
    };
    const environment = {
      ...production,
      api: {
        ...api,
        firewall: true,
        domain,
        corsOrigins: ['https://docs.example.org', 'https://example.org'],
      },
      docs: {
        domain: 'docs.example.org',
        certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/a',
      },
      alarmTopicArn: 'arn:aws:sns:eu-west-1:123456789012:alarms',
      events: { retentionDays: 30 },
    };
    await write(toOffline(synthText(environment), version));

    expect(JSON.parse(await terraform('validate', '-json'))).toMatchObject({ diagnostics: [] });
  });

  it('plans every AWS resource and file, and hashes what they are made of', async () => {
    const configuration = toOffline(synthText(), version);
    await write(configuration);

    const { resource_changes: changes } = await plan();

    const planned = changes.map(({ type }) => type).sort();
    // Each of the three resources for files is one, or as many as there are files.
    const files = Object.keys(FILES).slice(3);
    const wanted = Object.entries(configuration.resource)
      .flatMap(([type, resources]) => Object.keys(resources).map(() => type))
      .concat(files.map(() => 'aws_s3_object'))
      .sort();
    expect(planned).toEqual(wanted);
    const after = (type: string) => changes.find((change) => change.type === type)?.change.after;
    const body = after('aws_api_gateway_rest_api')?.body as string;
    expect(after('aws_api_gateway_deployment')?.triggers).toEqual({
      body: createHash('sha1').update(body).digest('hex'),
    });
    const objects = changes.filter(({ type }) => type === 'aws_s3_object');
    const found = Object.fromEntries(
      objects.map(({ change: { after } }) => [after.key as string, after]),
    );
    const types: Record<string, [type: string, caching: string]> = {
      'assets/style-1.css': ['text/css; charset=utf-8', 'max-age=31536000, immutable'],
      'index.html': ['text/html; charset=utf-8', 'max-age=300'],
      'clients/iot-events-client-1.0.0.tgz': ['application/gzip', 'max-age=300'],
      'clients/iot_events-1.0.0.zip': ['application/zip', 'max-age=300'],
      'problems/forbidden/index.html': ['text/html; charset=utf-8', 'max-age=300'],
      'dashboard/main.js': ['text/javascript; charset=utf-8', 'max-age=300'],
      'dashboard/main.js.map': ['application/json', 'max-age=300'],
      'dashboard/LICENSES.txt': ['text/plain; charset=utf-8', 'max-age=300'],
    };
    expect(Object.keys(found).sort()).toEqual(Object.keys(FILES).sort());
    for (const [key, [type, caching]] of Object.entries(types)) {
      expect(found[key]).toMatchObject({
        content_type: type,
        cache_control: caching,
        source: `../../../${toPath(key)}`,
        source_hash: createHash('sha256')
          .update(FILES[key] ?? '')
          .digest('hex'),
      });
    }
    expect(found['dashboard/index.html']).toMatchObject({
      content_type: 'text/html; charset=utf-8',
      cache_control: 'max-age=300',
    });
  });

  it('names the API to the page of the dashboard', async () => {
    const { api, ...production } = environmentOf('production');
    const domain = {
      name: 'events.example.org',
      certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/a',
    };
    await write(toOffline(synthText({ ...production, api: { ...api, domain } }), version));

    const { resource_changes: changes } = await plan();

    const page = changes.find(({ change: { after } }) => after?.key === 'dashboard/index.html');
    expect(page?.change.after.content).toBe(
      '<p><meta name="api-url" content="https://events.example.org/v1"></p>',
    );
  });

  it.each(['index.html', 'dashboard/index.html'])(
    'plans nothing before %s is made: it would take it off',
    async (key) => {
      await write(toOffline(synthText(), version));
      const page = join(root, toPath(key));
      await rm(page);

      const refused = plan().catch(({ stderr }: { stderr: string }) => stderr);

      expect(await refused).toContain('run npm run docs');
      await writeFile(page, FILES[key] ?? '');
    },
  );

  it('refuses each wrong variable by name', async () => {
    await write(toOffline(synthText(), version));
    const wrong = {
      image_tag: 'latest',
      atlas_org_id: 'mine',
      rest_api_key: 'short',
    };

    const refused = terraform(
      'plan',
      '-input=false',
      '-refresh=false',
      '-no-color',
      ...Object.entries(wrong).map(([name, value]) => `-var=${name}=${value}`),
    ).catch(({ stderr }: { stderr: string }) => stderr);

    for (const name of Object.keys(wrong))
      expect(await refused).toContain(`TF_VAR_${name} must be`);
  });
});
