import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { SDKS } from '../places.ts';

/** Copies the driver's module into the directory. */
export const copyGoModule = (name: string, directory: string): void => {
  copyFileSync(join(SDKS, 'harness/serve.go'), join(directory, 'serve.go'));
  for (const file of ['driver.go', 'go.mod', 'go.sum']) {
    const source = join(SDKS, name, file);
    if (existsSync(source)) copyFileSync(source, join(directory, file));
  }
};

/** Checks and compiles the driver; returns the command that starts it. */
export const buildGo = async (directory: string): Promise<string[]> => {
  await execa('go', ['vet', '-mod=readonly', '.', './events'], { cwd: directory });
  await execa('go', ['build', '-mod=readonly', '-o', 'driver', '.'], { cwd: directory });
  return [join(directory, 'driver')];
};
