import { execaSync } from 'execa';

/** What is not from a registry: a compiler or runtime that must be there. */
export type Tool = { name: string; isThere: () => boolean };

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

/** hey-api and orval want Node 22.18: this one, or one that npm has for Linux. */
export const hasNewNode = major > 22 || (major === 22 && minor >= 18);
export const newNode: Tool = {
  name: 'Node 22.18',
  isThere: () => hasNewNode || (process.platform === 'linux' && process.arch === 'x64'),
};
export const java: Tool = { name: 'JDK 11', isThere: () => works('javac', '-version') };
export const maven: Tool = { name: 'Maven', isThere: () => works('mvn', '--version') };
export const go: Tool = { name: 'Go', isThere: () => works('go', 'version') };
export const python: Tool = {
  name: 'Python 3.11 with venv',
  isThere: () =>
    works('python3', '-c', 'import sys, ensurepip; assert sys.version_info >= (3, 11)'),
};
export const gcc: Tool = {
  name: 'gcc with libcurl',
  isThere: () => works('gcc', '-E', '-include', 'curl/curl.h', '-x', 'c', '/dev/null'),
};

function works(command: string, ...args: string[]): boolean {
  return !execaSync(command, args, { stdio: 'ignore', reject: false }).failed;
}

/** What the SDKs are compiled with, for the report. */
export const describeTools = (): string =>
  [
    ['node', '--version'],
    ['javac', '-version'],
    ['python3', '--version'],
    ['go', 'env', 'GOVERSION'],
    ['gcc', '-dumpfullversion'],
  ]
    .map(([command = '', ...args]) => {
      const { stdout } = execaSync(command, args, { reject: false });
      const [version = 'none'] = /\d+(\.\d+)+/.exec(stdout ?? '') ?? [];
      return `${command} ${version}`;
    })
    .join(', ');
