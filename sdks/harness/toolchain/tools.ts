import { execaSync } from 'execa';

/** A compiler or runtime that must be installed, since no registry has it. */
export type Tool = { name: string; isInstalled: () => boolean };

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

/** hey-api and orval need Node 22.18: the Node that runs, or one from npm, which has it for Linux on x64. */
export const hasNewNode = major > 22 || (major === 22 && minor >= 18);
export const newNode: Tool = {
  name: 'Node 22.18',
  isInstalled: () => hasNewNode || (process.platform === 'linux' && process.arch === 'x64'),
};
export const java: Tool = { name: 'JDK 11', isInstalled: () => works('javac', '-version') };
export const maven: Tool = { name: 'Maven', isInstalled: () => works('mvn', '--version') };
export const go: Tool = { name: 'Go', isInstalled: () => works('go', 'version') };
export const python: Tool = {
  name: 'Python 3.11 with venv',
  isInstalled: () =>
    works('python3', '-c', 'import sys, ensurepip; assert sys.version_info >= (3, 11)'),
};
export const gcc: Tool = {
  name: 'gcc with libcurl',
  isInstalled: () => works('gcc', '-E', '-include', 'curl/curl.h', '-x', 'c', '/dev/null'),
};

function works(command: string, ...args: string[]): boolean {
  return !execaSync(command, args, { stdio: 'ignore', reject: false }).failed;
}

/** Describes the versions of the compilers, for the report. */
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
