import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Script } from 'node:vm';
import type { StaticFiles } from '../../scripts/local/pages/static-files.ts';
import { toMediaType } from '../../scripts/local/pages/to-media-type.ts';
import { named, only, synth } from '../cdktf/synth.ts';

type Outcome = { uri: string } | { statusCode: number; headers: { location: { value: string } } };

/**
 * Serves the files as CloudFront would, with its function, headers policies and page for missing paths.
 * @param apiOrigin stands for that of the deployment's API
 */
export const startCloudFront = async (
  files: StaticFiles,
  apiOrigin = 'https://events.example.org',
  port = 0,
): Promise<{ url: string; server: Server }> => {
  const stack = synth();
  const { code } = only(stack, 'aws_cloudfront_function');
  const script = new Script(`${code}; handler({ request: { uri } })`);
  const headers = toHeaders(named(stack, 'aws_cloudfront_response_headers_policy', 'cdn_headers'));
  const ofDashboard = toHeaders(
    named(stack, 'aws_cloudfront_response_headers_policy', 'dashboard'),
    apiOrigin,
  );
  const server = createServer(({ url = '/' }, response) => {
    const uri = url.replace(/\?.*/, '');
    const outcome: Outcome = script.runInNewContext({ uri });
    if ('statusCode' in outcome) {
      response.writeHead(outcome.statusCode, { Location: outcome.headers.location.value });
      return response.end();
    }
    const name = outcome.uri.slice(1);
    const file = files.get(name);
    const type = toMediaType(file ? name : '404.html');
    const own = outcome.uri.startsWith('/dashboard/') ? ofDashboard : headers;
    response.writeHead(file ? 200 : 404, { ...own, 'Content-Type': type });
    return response.end(file ?? files.get('404.html'));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, server };
};

function toHeaders(policy: Record<string, unknown>, apiOrigin = ''): Record<string, string> {
  const config = policy.security_headers_config as Record<string, Record<string, string>>;
  return {
    'Content-Security-Policy': (
      config.content_security_policy?.content_security_policy ?? ''
    ).replace(/https:\/\/\$\{aws_api_gateway_rest_api[^;]*/, apiOrigin),
    'Referrer-Policy': config.referrer_policy?.referrer_policy ?? '',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': config.frame_options?.frame_option ?? '',
  };
}
