import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attempt } from '../tools/run.ts';
import type { StateResource } from '../tools/terraform.ts';
import { findContractFaults } from './find-contract-faults.ts';

/** A function that runs another image than the one that was built, where requests or deployments reach it. */
export type StaleFunction = { kind: 'function'; name: string; message: string };

/** A stage that serves another contract than the one that Terraform says it imported. */
export type StaleStage = {
  kind: 'stage';
  apiId: string;
  /** The import document. */
  body: string;
  /** The address of the deployment in Terraform, which is a copy of the API. */
  deployment: string;
  message: string;
};

export type StalePart = StaleFunction | StaleStage;

/**
 * Asks AWS, not Terraform, what runs: Terraform's state keeps what was planned if an update fails half-way, and is
 * satisfied the next time. A question that fails counts as stale.
 */
export const findStaleParts = (
  state: readonly StateResource[],
  { tag, region }: { tag: string; region: string },
): StalePart[] => [...findStaleFunctions(state, tag, region), ...findStaleStages(state, region)];

function findStaleFunctions(
  state: readonly StateResource[],
  tag: string,
  region: string,
): StaleFunction[] {
  const aliases = state
    .filter(({ type }) => type === 'aws_lambda_alias')
    .map(
      ({ values }) =>
        [String(values.function_name).split(':').at(-1) ?? '', String(values.name)] as const,
    );
  const versions = state
    .filter(({ type }) => type === 'aws_lambda_function')
    .map(({ values }) => [String(values.function_name), String(values.version)] as const);
  return [...aliases, ...versions].flatMap(([name, qualifier]): StaleFunction[] => {
    const of = ['--function-name', name, '--qualifier', qualifier, '--region', region];
    const answer = attempt('aws', 'lambda', 'get-function', ...of, '--output', 'json');
    const runs = 'fault' in answer ? answer.fault : toTag(answer.output);
    if (runs === tag) return [];
    return [
      {
        kind: 'function',
        name,
        message: `${name}:${qualifier} runs ${runs}, not the image ${tag}`,
      },
    ];
  });
}

const toTag = (output: string): string =>
  String(JSON.parse(output).Code?.ImageUri ?? 'no image')
    .split(':')
    .at(-1) ?? '';

function findStaleStages(state: readonly StateResource[], region: string): StaleStage[] {
  return state
    .filter(({ type }) => type === 'aws_api_gateway_stage')
    .flatMap(({ values }): StaleStage[] => {
      const apiId = String(values.rest_api_id);
      const isOfApi = (resource: StateResource) =>
        resource.type === 'aws_api_gateway_deployment' && resource.values.rest_api_id === apiId;
      const api = state.find(
        ({ type, values: of }) => type === 'aws_api_gateway_rest_api' && of.id === apiId,
      );
      const deployment = state.find(isOfApi)?.address;
      if (typeof api?.values.body !== 'string' || !deployment) return [];
      const body = api.values.body;
      const faults = compare(body, exportStage(apiId, String(values.stage_name), region));
      if (faults.length === 0) return [];
      const message = `the stage ${values.stage_name} of ${api.values.name} serves another contract: ${toSummary(faults)}`;
      return [{ kind: 'stage', apiId, body, deployment, message }];
    });
}

function exportStage(apiId: string, stage: string, region: string): ReturnType<typeof attempt> {
  const directory = mkdtempSync(join(tmpdir(), 'iot-events-export-'));
  const file = join(directory, 'export.json');
  try {
    const of = ['--rest-api-id', apiId, '--stage-name', stage, '--export-type', 'oas30'];
    const form = ['--accepts', 'application/json', '--region', region];
    const answer = attempt('aws', 'apigateway', 'get-export', ...of, ...form, file);
    return 'fault' in answer ? answer : { output: readFileSync(file, 'utf8') };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function compare(body: string, exported: ReturnType<typeof attempt>): string[] {
  return 'fault' in exported
    ? [`it cannot be exported: ${exported.fault}`]
    : findContractFaults(JSON.parse(body), JSON.parse(exported.output));
}

const toSummary = (faults: string[]): string =>
  [...faults.slice(0, 5), ...(faults.length > 5 ? [`and ${faults.length - 5} more`] : [])].join(
    '; ',
  );
