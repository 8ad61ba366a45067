import { bundle } from './bundle/bundle.ts';
import { imageTag } from './bundle/image-tag.ts';
import { commands } from './command-line/commands.ts';
import { readCommand, refuse } from './command-line/read-command.ts';
import { ask } from './deploy/ask.ts';
import { runDeployment } from './deploy/run-deployment.ts';
import { synthesise } from './deploy/synthesise.ts';
import { environmentNames, findEnvironment, reportFailure, toPlace } from './deploy/to-place.ts';
import { buildDocs } from './docs/build-docs.ts';
import { buildDashboard } from './local/pages/build-dashboard.ts';

const {
  options: given,
  words: [name, ...words],
} = readCommand('deploy', commands.deploy);
const environment = findEnvironment(name);
// Terraform's own spelling has one hyphen.
const isApproved = given.yes || given['auto-approve'] || words.includes('-auto-approve');
if (!environment) refuse('deploy', `Name an environment, ${environmentNames}`);
else
  await reportFailure(async () => {
    await synthesise();
    await runDeployment({
      ...toPlace(environment),
      build,
      options: words.filter((word) => word !== '-auto-approve'),
      consent: {
        replace: new Set(given['yes-replace']?.split(',')),
        unreached: given['yes-unreached'] ?? false,
        confirm: isApproved ? async () => true : ask,
      },
    });
  });

/** Builds the functions, the docs and the dashboard; the image's tag follows from the functions and the locks. */
async function build(): Promise<string> {
  await bundle('dist');
  await buildDocs();
  await buildDashboard();
  return imageTag('dist/function');
}
