import type { Environment } from '../../cdktf/environment/environments.ts';
import { environments } from '../../cdktf/environment/environments.ts';
import type { Place } from './run-deployment.ts';

/** The folder of locks, which is in git. */
export const LOCKS = 'locks';

/** The environment of that name; undefined if there is none. */
export const findEnvironment = (name = ''): Environment | undefined =>
  environments.find((environment) => environment.name === name);

/** The names of the environments, for people. */
export const environmentNames = environments.map(({ name }) => name).join(' or ');

/** Where `npm run synth` and Terraform have an environment. */
export const toPlace = ({ name, region }: Environment): Place => ({
  name: `iot-events-${name}`,
  region,
  directory: `cdktf.out/stacks/${name}`,
  locks: LOCKS,
  env: process.env,
});

/** Runs a step; ends the process with exit code 1 and a line for each reason if it fails. */
export const reportFailure = async (run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    const reasons = error instanceof AggregateError ? error.errors : [error];
    for (const reason of reasons)
      console.error(`✖ ${reason instanceof Error ? reason.message : reason}`);
    process.exitCode = 1;
  }
};
