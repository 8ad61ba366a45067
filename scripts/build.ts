import { relative } from 'node:path';
import { bundle } from './bundle/bundle.ts';
import { imageTag } from './bundle/image-tag.ts';
import { commands } from './command-line/commands.ts';
import { readCommand, refuse } from './command-line/read-command.ts';

const { words } = readCommand('build', commands.build);
const [directory = 'dist', ...others] = words;
if (others.length > 0) refuse('build', `There is one directory: ${others.join(' ')} is too much`);
const files = await bundle(directory).catch(({ message }: Error) => {
  console.error(`✖ ${message}`);
  process.exit(1);
});
for (const { file, bytes } of files) {
  console.log(`${relative('.', file).padEnd(32)} ${(bytes / 1024).toFixed(1).padStart(8)} KiB`);
}
const tag = imageTag(`${directory}/function`);
console.log(`image tag ${tag}`);

// Set while the image is built: the bundle must be the one that gave the deployment its tag.
const { IMAGE_TAG } = process.env;
if (IMAGE_TAG && IMAGE_TAG !== tag) {
  console.error(
    `✖ The tag should be ${IMAGE_TAG}: node_modules differs from package-lock.json; run npm ci, then deploy again`,
  );
  process.exit(1);
}
