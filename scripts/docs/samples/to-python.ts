import type { ExampleRequest } from '../../../openapi/example-request.ts';
import { toLiteral } from './to-literal.ts';

const WORDS: Record<string, string> = { null: 'None', true: 'True', false: 'False' };

/** A Python script that needs the standard library only. */
export const toPython = (request: ExampleRequest): string => {
  const { query, body, isPaged, hasReply } = request;
  const hasQuery = Object.keys(query).length > 0;
  const needsJson = body !== undefined || hasReply;
  const lines = [
    ...(needsJson ? ['import json'] : []),
    'import os',
    'import sys',
    'from urllib.error import HTTPError',
    ...(hasQuery ? [`from urllib.parse import urlencode${isPaged ? ', urljoin' : ''}`] : []),
    'from urllib.request import Request, urlopen',
    '',
    ...(hasQuery ? [`query = ${toValue(query)}`] : []),
    ...(body === undefined ? [] : [`body = ${toValue(body)}`]),
    ...(isPaged ? toPages(request) : toCall(request)),
    'except HTTPError as problem:',
    '    sys.exit(problem.read().decode())',
  ];
  return `${lines.join('\n')}\n`;
};

function toCall(request: ExampleRequest): string[] {
  const { method, body, hasReply } = request;
  const headers = toHeaders(request);
  const options = [
    ...(method === 'GET' ? [] : [`method="${method}"`]),
    ...(headers.length > 0 ? [`headers={${headers.join(', ')}}`] : []),
    ...(body === undefined ? [] : ['data=json.dumps(body).encode()']),
  ].map((option) => `    ${option},`);
  return [
    ...(options.length === 0
      ? [`request = Request(${toUrl(request)})`]
      : ['request = Request(', `    ${toUrl(request)},`, ...options, ')']),
    'try:',
    '    with urlopen(request, timeout=30) as response:',
    `        print(${hasReply ? 'json.load(response)' : 'response.status'})`,
  ];
}

/** Code that follows the links from page to page. */
const toPages = (request: ExampleRequest): string[] => [
  `url = ${toUrl(request)}`,
  `headers = {${toHeaders(request).join(', ')}}`,
  'try:',
  '    while url:',
  '        with urlopen(Request(url, headers=headers), timeout=30) as response:',
  '            for item in json.load(response):',
  '                print(item)',
  '            link = response.headers["Link"]  # to the next page, if there is one',
  '            url = link and urljoin(url, link[1 : link.index(">")])',
];

const toUrl = ({ path, query }: ExampleRequest): string =>
  Object.keys(query).length > 0
    ? `os.environ["BASE_URL"] + "${path}?" + urlencode(query)`
    : `os.environ["BASE_URL"] + "${path}"`;

const toHeaders = ({ needsKey, body }: ExampleRequest): string[] => [
  ...(needsKey ? ['"x-api-key": os.environ["API_KEY"]'] : []),
  ...(body === undefined ? [] : ['"content-type": "application/json"']),
];

/** JSON, but for Python's own words; a line that ends in one of JSON's is no text. */
const toValue = (value: unknown): string =>
  toLiteral(value, 4).replace(
    /(?<=^\s*|: )(null|true|false)(?=,?$)/gm,
    (word) => WORDS[word] ?? word,
  );
