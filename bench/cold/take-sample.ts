import type { APIGatewayProxyEvent } from 'aws-lambda';
import { loadHandler } from '../harness/load-handler.ts';
import type { Sample } from './cold-result.ts';

const [, , file = '', request = ''] = process.argv;
void takeSample(file, JSON.parse(request));

/** Measures from the moment at which Lambda's runtime begins to load the function. */
async function takeSample(file: string, request: APIGatewayProxyEvent): Promise<void> {
  const start = performance.now();
  const call = await loadHandler(file);
  const loaded = performance.now();
  const { statusCode } = await call(request);
  const first = performance.now() - loaded;
  const sample: Sample = { load: loaded - start, first, status: statusCode };
  process.stdout.write(JSON.stringify(sample));
  process.exit(statusCode === 201 ? 0 : 1);
}
