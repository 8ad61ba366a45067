import type { AddressInfo } from 'node:net';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lintImportDocument } from '../../gateway/lint/lint-import-document.ts';
import { createGateway } from '../../gateway/local/gateway.ts';
import { createHttpServer } from '../../gateway/local/http-server.ts';
import { problemTypes } from '../../generated/problem-types.ts';
import { addressOf, all, environmentOf, named, only, synth } from './synth.ts';

const stack = synth();
const production = environmentOf('production');
const DOCS = {
  domain: 'docs.example.org',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/a',
};
const DOMAIN = {
  name: 'events.example.org',
  certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/b',
};
const REDIRECTS = 'aws_api_gateway_base_path_mapping';
const withDomain = { ...production, api: { ...production.api, domain: DOMAIN } };

describe('the docs site', () => {
  it('has its address among the outputs', () => {
    expect(stack.output.docs_url?.value).toBe(
      `https://\${${addressOf(stack, 'aws_cloudfront_distribution')}.domain_name}`,
    );
    expect(stack.output).not.toHaveProperty('docs_target');
  });

  it('is a bucket that nobody but its own distribution reads', () => {
    const { policy } = only(stack, 'aws_s3_bucket_policy');

    expect(only(stack, 'aws_s3_bucket_public_access_block')).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(JSON.parse(policy as string).Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: 's3:GetObject',
        Resource: `\${${addressOf(stack, 'aws_s3_bucket')}.arn}/*`,
        Condition: {
          StringEquals: {
            'AWS:SourceArn': `\${${addressOf(stack, 'aws_cloudfront_distribution')}.arn}`,
          },
        },
      },
    ]);
  });

  it('lets browsers run and load its own files alone', () => {
    expect(named(stack, 'aws_cloudfront_response_headers_policy', 'cdn_headers')).toMatchObject({
      security_headers_config: {
        content_security_policy: {
          content_security_policy: expect.stringMatching(
            /^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'$/,
          ),
        },
        content_type_options: { override: true },
        referrer_policy: { referrer_policy: 'no-referrer' },
        strict_transport_security: { access_control_max_age_sec: 31_536_000 },
      },
    });
  });

  it('answers 404, with a page, what is not there', () => {
    const { custom_error_response: responses } = only(stack, 'aws_cloudfront_distribution');

    expect(responses).toMatchObject(
      [403, 404].map((code) => ({
        error_code: code,
        response_code: 404,
        response_page_path: '/404.html',
      })),
    );
  });

  it.each([
    ['/', '/index.html'],
    ['/problems/forbidden/', '/problems/forbidden/index.html'],
    ['/assets/style-1.css', '/assets/style-1.css'],
    ['/a.b/c/', '/a.b/c/index.html'],
    ['/problems/forbidden', { leadsTo: '/problems/forbidden/' }],
    ['/a.b/c', { leadsTo: '/a.b/c/' }],
    ['//example.org/x', { leadsTo: '/example.org/x/' }],
    ['/\\example.org/x', { leadsTo: '/example.org/x/' }],
  ])('finds the file of %s', (uri, want) => {
    const { code, runtime } = only(stack, 'aws_cloudfront_function');
    const found = runInNewContext(`${code}; handler(event)`, { event: { request: { uri } } });

    expect(runtime).toBe('cloudfront-js-2.0');
    expect(found.uri ?? { leadsTo: found.headers.location.value }).toEqual(want);
    expect(found.statusCode).toBe(typeof want === 'string' ? undefined : 308);
  });

  it('is under a domain of its own where it is given one', () => {
    const own = synth({ ...production, docs: DOCS });

    expect(only(own, 'aws_cloudfront_distribution')).toMatchObject({
      aliases: ['docs.example.org'],
      viewer_certificate: {
        acm_certificate_arn: DOCS.certificateArn,
        ssl_support_method: 'sni-only',
        minimum_protocol_version: 'TLSv1.2_2021',
      },
    });
    expect(own.output.docs_url?.value).toBe('https://docs.example.org');
    expect(own.output.docs_target?.value).toBe(
      `\${${addressOf(own, 'aws_cloudfront_distribution')}.domain_name}`,
    );
  });

  it('is left out where the environment has no docs', () => {
    const off = synth({ ...withDomain, docs: false });

    expect(all(off, 'aws_cloudfront_distribution')).toEqual([]);
    expect(all(off, 'aws_s3_bucket')).toEqual([]);
    expect(all(off, REDIRECTS)).toHaveLength(1);
    expect(off.output).not.toHaveProperty('docs_url');
  });
});

describe('the dashboard', () => {
  const policyOf = (of: typeof stack) =>
    (
      named(of, 'aws_cloudfront_response_headers_policy', 'dashboard') as {
        security_headers_config: {
          content_security_policy: { content_security_policy: string };
        };
      }
    ).security_headers_config.content_security_policy.content_security_policy;
  const toId = (of: typeof stack) => {
    const [id] = Object.keys(of.resource.aws_api_gateway_rest_api ?? {});
    return `\${aws_api_gateway_rest_api.${id}.id}`;
  };

  it('is served by the distribution of the docs, with headers of its own', () => {
    const { default_cache_behavior: docs, ordered_cache_behavior: others } = only(
      stack,
      'aws_cloudfront_distribution',
    ) as unknown as { default_cache_behavior: object; ordered_cache_behavior: object[] };

    expect(others).toHaveLength(1);
    expect(others[0]).toEqual({
      ...docs,
      path_pattern: '/dashboard/*',
      response_headers_policy_id: expect.stringContaining('dashboard-headers'),
    });
    expect(stack.output.dashboard_url?.value).toBe(`${stack.output.docs_url?.value}/dashboard/`);
  });

  it('may send requests to the API of the deployment alone', () => {
    const own = synth({ ...withDomain, docs: DOCS });

    expect(policyOf(stack)).toContain(
      `; connect-src https://${toId(stack)}.execute-api.eu-west-1.amazonaws.com; `,
    );
    expect(policyOf(own)).toContain('; connect-src https://events.example.org; ');
    expect(policyOf(own)).toMatch(
      /^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'$/,
    );
  });

  it('is told the URL of the API', () => {
    const pageOf = (of: typeof stack) => named(of, 'aws_s3_object', 'page');

    expect(pageOf(stack)).toMatchObject({
      key: 'dashboard/index.html',
      content_type: 'text/html; charset=utf-8',
    });
    expect(pageOf(synth(withDomain)).content).toContain('https://events.example.org/v1');
  });
});

describe("the API's own domain", () => {
  const both = synth({ ...withDomain, docs: DOCS });

  const { body } = named(both, 'aws_api_gateway_rest_api', 'problems');
  const document: object = JSON.parse(body as string);
  const server = createHttpServer(createGateway(document, { stage: { name: 'problems' } }));
  /** As the local gateway has it; the base path is gone when API Gateway looks for a route. */
  const get = (path: string) => {
    const { port } = server.address() as AddressInfo;
    return fetch(`http://localhost:${port}${path}`, { redirect: 'manual' });
  };
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, 'localhost', resolve)));
  afterAll(() => server.close());

  it.each(Object.keys(problemTypes))('leads from /problems/%s to its page', async (type) => {
    const { status, headers } = await get(`/${type}`);

    expect(status).toBe(308);
    expect(headers.get('location')).toBe(`https://docs.example.org/problems/${type}/`);
  });

  it('answers a problem for any other', async () => {
    const response = await get('/nothing');

    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ type: '/problems/not-found' });
  });

  it('does so under /problems, by what API Gateway takes', () => {
    expect(named(both, REDIRECTS, 'problems')).toMatchObject({ base_path: 'problems' });
    expect(lintImportDocument(document)).toEqual([]);
  });

  it('leaves the API itself as it is', () => {
    const bodyOf = (of: typeof both) =>
      Object.entries(of.resource.aws_api_gateway_rest_api ?? {}).find(([id]) =>
        id.startsWith('api_'),
      )?.[1].body;

    expect(bodyOf(both)).toBe(bodyOf(stack));
    expect(bodyOf(both)).toContain('/events');
    expect(all(stack, REDIRECTS)).toEqual([]);
  });
});
