import { createRequire } from 'node:module';
import infrastructure from '../../cdktf/package.json' with { type: 'json' };

const { resolve } = createRequire(new URL('../../cdktf/package.json', import.meta.url));

/** The packages of cdktf/ that are not installed: `npm install --workspaces=false` leaves them out. */
export const findMissingPackages = (): string[] =>
  Object.keys(infrastructure.dependencies).filter((name) => {
    try {
      resolve(`${name}/package.json`);
      return false;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND';
    }
  });
