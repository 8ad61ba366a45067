import { environments } from '../cdktf/environment/environments.ts';
import { bundle } from './bundle/bundle.ts';
import { imageTag } from './bundle/image-tag.ts';
import { commands } from './command-line/commands.ts';
import { readCommand, refuse } from './command-line/read-command.ts';
import { runDeployment } from './deploy/run-deployment.ts';
import { buildDocs } from './docs/build-docs.ts';
import { buildDashboard } from './local/pages/build-dashboard.ts';

const [word = '', ...words] = readCommand('deploy', commands.deploy).words;
const environment = environments.find(({ name }) => name === word);
if (!environment) {
  const names = environments.map(({ name }) => name).join(' or ');
  refuse('deploy', `Name an environment, ${names}`);
} else {
  try {
    await import('../cdktf/main.ts');
    await runDeployment({
      name: `iot-events-${environment.name}`,
      region: environment.region,
      directory: `cdktf.out/stacks/${environment.name}`,
      build,
      words,
      env: process.env,
    });
  } catch (error) {
    for (const reason of toReasons(error)) console.error(`✖ ${reason}`);
    process.exitCode = 1;
  }
}

/** Builds the functions, the docs and the dashboard; the image's tag follows from the functions. */
async function build(): Promise<string> {
  await bundle('dist');
  await buildDocs();
  await buildDashboard();
  return imageTag('dist/function');
}

function toReasons(error: unknown): string[] {
  if (error instanceof AggregateError) return error.errors.map(String);
  return [error instanceof Error ? error.message : String(error)];
}
