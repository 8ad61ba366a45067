import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from '../tools/read-stack.ts';
import { findResources } from '../tools/read-stack.ts';
import { attempt } from '../tools/run.ts';
import type { StateResource } from '../tools/terraform.ts';
import { askAws } from './ask-aws.ts';
import type { ContractDocument } from './contract-document.ts';
import { findContractFaults } from './find-contract-faults.ts';
import { findFingerprints } from './find-fingerprints.ts';
import type { StaleStage, Unproved } from './stale-part.ts';

export type StageProps = { state: readonly StateResource[]; stack: Stack; region: string };

type Stage = {
  name: string;
  api: string;
  url: string;
  /** The document that was synthesised: in the state is what Terraform believes it has imported. */
  wanted: ContractDocument;
  part: Omit<StaleStage, 'message'>;
};

/** Finds the stages that serve another contract than the one that was synthesised. */
export const findStaleStages = (props: StageProps): (StaleStage | Unproved)[] =>
  findStages(props).flatMap(({ name, api, wanted, part }): (StaleStage | Unproved)[] => {
    // To import what the state has would not help.
    if (toFingerprint(JSON.parse(part.body)) !== toFingerprint(wanted)) {
      const message = `${api}: Terraform has imported another contract than the one that was synthesised`;
      return [{ kind: 'unapplied', message }];
    }
    const canary = findCanary(part.apiId, name, props.region);
    if (canary) return [{ ...part, message: canary }];
    const faults = compare(wanted, exportStage(part.apiId, name, props.region));
    if (faults.length === 0) return [];
    const message = `the stage ${name} of ${api} serves another contract: ${toSummary(faults)}`;
    return [{ ...part, message }];
  });

const toFingerprint = (document: ContractDocument): string => findFingerprints(document).join();

/** The stages whose API is imported from a document. */
export const findStages = ({ state, stack }: StageProps): Stage[] => {
  const wanted = new Map(
    findResources(stack, 'aws_api_gateway_rest_api').map(({ address, values }) => [
      address,
      values.body,
    ]),
  );
  return state
    .filter(({ type }) => type === 'aws_api_gateway_stage')
    .flatMap(({ values }): Stage[] => {
      const apiId = String(values.rest_api_id);
      const api = state.find(
        ({ type, values: of }) => type === 'aws_api_gateway_rest_api' && of.id === apiId,
      );
      const deployment = state.find(
        ({ type, values: of }) => type === 'aws_api_gateway_deployment' && of.rest_api_id === apiId,
      );
      const body = wanted.get(api?.address ?? '');
      if (typeof body !== 'string' || !api || !deployment) return [];
      return [
        {
          name: String(values.stage_name),
          api: String(api.values.name),
          url: String(values.invoke_url),
          wanted: JSON.parse(body),
          part: {
            kind: 'stage',
            apiId,
            body: String(api.values.body ?? '{}'),
            deployment: deployment.address,
          },
        },
      ];
    });
};

/** A canary is another deployment than the one that is exported. */
function findCanary(apiId: string, stage: string, region: string): string | undefined {
  const of = ['--rest-api-id', apiId, '--stage-name', stage];
  const asked = askAws(region, 'apigateway', 'get-stage', ...of);
  if ('fault' in asked) return `the stage ${stage} is unknown: ${asked.fault}`;
  const share = Number(asked.answer.canarySettings?.percentTraffic ?? 0);
  return share > 0
    ? `a canary answers ${share} % of the requests to the stage ${stage}`
    : undefined;
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

function compare(wanted: ContractDocument, exported: ReturnType<typeof attempt>): string[] {
  return 'fault' in exported
    ? [`it cannot be exported: ${exported.fault}`]
    : findContractFaults(wanted, JSON.parse(exported.output));
}

const toSummary = (faults: string[]): string =>
  [...faults.slice(0, 5), ...(faults.length > 5 ? [`and ${faults.length - 5} more`] : [])].join(
    '; ',
  );
