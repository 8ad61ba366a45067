import { execaSync } from 'execa';
import { PLATFORM } from '../bundle/image-tag.ts';
import type { BaseImages } from './locks/base-images.ts';
import { toBuildArguments } from './locks/base-images.ts';
import { read, run, succeeds } from './tools/run.ts';

export type Image = {
  repository: string;
  tag: string;
  region: string;
  /** What it is built on, with digests. */
  baseImages: BaseImages;
};

/** Builds the image and pushes it to ECR, unless ECR has the tag, which is a hash of the image's content. */
export const pushImage = ({ repository, tag, region, baseImages }: Image): void => {
  const at = ['--region', region];
  const image = ['--repository-name', repository, '--image-ids', `imageTag=${tag}`];
  if (succeeds('aws', 'ecr', 'describe-images', ...image, ...at)) {
    console.log(`The image ${repository}:${tag} exists already`);
    return;
  }
  const names = ['--repository-names', repository, '--query', 'repositories[0].repositoryUri'];
  const uri = read('aws', 'ecr', 'describe-repositories', ...names, '--output', 'text', ...at);
  // Lambda accepts neither image indexes nor attestations.
  const options = ['--platform', PLATFORM, '--provenance=false', '--sbom=false'];
  const given = ['--build-arg', `IMAGE_TAG=${tag}`, ...toBuildArguments(baseImages)];
  run('docker', 'build', ...options, ...given, '--tag', `${uri}:${tag}`, '.');
  // Piped, since everyone on the machine can read a password on a command line.
  const password = read('aws', 'ecr', 'get-login-password', ...at);
  const login = ['login', '--username', 'AWS', '--password-stdin', uri.split('/', 1).join()];
  execaSync('docker', login, { input: password, stdio: ['pipe', 'inherit', 'inherit'] });
  run('docker', 'push', `${uri}:${tag}`);
};
