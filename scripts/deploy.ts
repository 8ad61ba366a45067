import { readFileSync } from 'node:fs';
import { environments } from '../cdktf/environment/environments.ts';
import { bundle } from './bundle/bundle.ts';
import { imageTag } from './bundle/image-tag.ts';
import { commands } from './command-line/commands.ts';
import { readCommand, refuse } from './command-line/read-command.ts';
import { findMissing } from './deploy/find-missing.ts';
import { pushImage, run, succeeds } from './deploy/push-image.ts';
import { buildDocs } from './docs/build-docs.ts';

const [environment = '', ...options] = readCommand('deploy', commands.deploy).words;
const names = environments.map(({ name }) => name);
if (!names.includes(environment)) refuse('deploy', `Name an environment, ${names.join(' or ')}`);
const missing = findMissing(process.env, succeeds);
if (missing.length > 0) fail(missing);

try {
  await deploy();
} catch (error) {
  fail([error instanceof Error ? error.message : String(error)]);
}

async function deploy(): Promise<void> {
  await bundle('dist');
  await buildDocs();
  const tag = imageTag('dist/function');
  const stack = `cdktf.out/stacks/${environment}`;
  run('npx', 'tsx', 'cdktf/main.ts');

  // `cdktf deploy` runs terraform too, but cannot create one resource before the others.
  const terraform = (...args: string[]) => run('terraform', `-chdir=${stack}`, ...args);
  terraform('init', '-input=false');
  const { id, name } = findRepository(stack);
  const region = process.env.TF_VAR_region || 'eu-west-1';
  const variables = [`-var=image_tag=${tag}`, `-var=region=${region}`];
  const lookUp = ['ecr', 'describe-repositories', '--repository-names', name, '--region', region];
  // The functions need the image, and the image needs a repository.
  if (!succeeds('aws', ...lookUp)) {
    terraform('apply', `-target=aws_ecr_repository.${id}`, ...variables, ...options);
  }
  pushImage({ repository: name, tag, region });
  terraform('apply', ...variables, ...options);
}

function findRepository(stack: string): { id: string; name: string } {
  const { resource } = JSON.parse(readFileSync(`${stack}/cdk.tf.json`, 'utf8'));
  const [[id, { name }]] = Object.entries<{ name: string }>(resource.aws_ecr_repository) as [
    [string, { name: string }],
  ];
  return { id, name };
}

function fail(reasons: string[]): never {
  for (const reason of reasons) console.error(`✖ ${reason}`);
  process.exit(1);
}
