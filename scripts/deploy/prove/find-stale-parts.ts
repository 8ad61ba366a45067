import type { Stack } from '../tools/read-stack.ts';
import type { StateResource } from '../tools/terraform.ts';
import { askAws } from './ask-aws.ts';
import { askHealth } from './ask-health.ts';
import type { StageProps } from './find-stale-stages.ts';
import { findStages, findStaleStages } from './find-stale-stages.ts';
import type { StaleFunction, StalePart, Unproved } from './stale-part.ts';

export type ProofProps = {
  /** What was synthesised. */
  stack: Stack;
  tag: string;
  region: string;
  /** For how long a stage may answer as before. */
  patienceMs?: number;
};

/**
 * Finds what is not as it was synthesised. Asks AWS, not Terraform, what runs: Terraform's state keeps what was planned
 * if an update fails half-way, and is satisfied the next time. A question that fails counts as stale.
 */
export const findStaleParts = async (
  state: readonly StateResource[],
  { stack, tag, region, patienceMs = 60_000 }: ProofProps,
): Promise<StalePart[]> => {
  const props = { state, stack, region };
  const stale = [
    ...findUnapplied(state, stack),
    ...findStaleFunctions(state, tag, region),
    ...findSharedAliases(state, region),
    ...findStaleStages(props),
  ];
  // It would only say the same.
  return stale.length > 0 ? stale : findStaleHealth(props, tag, patienceMs);
};

/** An apply of a part, such as with `-target`, leaves resources out. */
function findUnapplied(state: readonly StateResource[], { resource }: Stack): Unproved[] {
  const made = new Set(state.map(({ address }) => address.replace(/\[.*/, '')));
  return Object.entries(resource)
    .flatMap(([type, resources]) => Object.keys(resources).map((id) => `${type}.${id}`))
    .filter((address) => !made.has(address))
    .map((address) => ({ kind: 'unapplied', message: `${address} was not made` }));
}

function findStaleFunctions(
  state: readonly StateResource[],
  tag: string,
  region: string,
): StaleFunction[] {
  const versions = state
    .filter(({ type }) => type === 'aws_lambda_function')
    .map(({ values }) => [String(values.function_name), String(values.version)] as const);
  return [...findAliases(state), ...versions].flatMap(([name, qualifier]): StaleFunction[] => {
    const of = ['--function-name', name, '--qualifier', qualifier];
    const asked = askAws(region, 'lambda', 'get-function', ...of);
    const faults =
      'fault' in asked ? [`runs ${asked.fault}`] : findFunctionFaults(asked.answer, tag);
    return faults.map((fault) => ({
      kind: 'function',
      name,
      message: `${name}:${qualifier} ${fault}`,
    }));
  });
}

type FunctionAnswer = {
  Code?: { ImageUri?: string };
  Configuration?: { State?: string; StateReasonCode?: string };
};

function findFunctionFaults({ Code, Configuration }: FunctionAnswer, tag: string): string[] {
  const runs = String(Code?.ImageUri ?? 'no image')
    .split(':')
    .at(-1);
  if (runs !== tag) return [`runs ${runs}, not the image ${tag}`];
  const { State = 'Active', StateReasonCode } = Configuration ?? {};
  // AWS lets a function rest that nobody calls, and wakes it up.
  return ['Active', 'Inactive'].includes(State) ? [] : [`is ${State} (${StateReasonCode})`];
}

/** An alias may send a share of its requests to another version, whose image nobody has asked for. */
function findSharedAliases(state: readonly StateResource[], region: string): StaleFunction[] {
  return findAliases(state).flatMap(([name, alias]): StaleFunction[] => {
    const of = ['--function-name', name, '--name', alias];
    const asked = askAws(region, 'lambda', 'get-alias', ...of);
    if ('fault' in asked) {
      return [{ kind: 'function', name, message: `${name}:${alias} is unknown: ${asked.fault}` }];
    }
    const shares = Object.entries(asked.answer.RoutingConfig?.AdditionalVersionWeights ?? {});
    return shares.map(([version, share]) => ({
      kind: 'function',
      name,
      message: `${name}:${alias} sends ${Number(share) * 100} % of its requests to version ${version}`,
    }));
  });
}

const findAliases = (state: readonly StateResource[]): (readonly [name: string, alias: string])[] =>
  state
    .filter(({ type }) => type === 'aws_lambda_alias')
    .map(({ values }) => [
      String(values.function_name).split(':').at(-1) ?? '',
      String(values.name),
    ]);

/** Whether a request through the stage comes to the image that was built. */
async function findStaleHealth(
  props: StageProps,
  tag: string,
  patienceMs: number,
): Promise<StalePart[]> {
  const asked = findStages(props).flatMap((stage) => {
    const { paths = {}, info = {} } = stage.wanted;
    if (!paths['/health']) return [];
    const url = `${stage.url}/health`;
    const answer = askHealth({ url, build: tag, version: info.version ?? '', patienceMs });
    return [{ stage, url, answer }];
  });
  const parts = asked.map(async ({ stage, url, answer }): Promise<StalePart[]> => {
    const found = await answer;
    if (found.kind === 'right') return [];
    const message = `GET ${url} cannot be answered here: ${found.reason}. AWS says that image and contract are right, but no request has gone through the stage`;
    return found.kind === 'unreached'
      ? [{ kind: 'unreached', message }]
      : [{ ...stage.part, message: `GET ${url}: ${found.reason}` }];
  });
  return (await Promise.all(parts)).flat();
}
