import type { ExampleRequest } from '../../../openapi/example-request.ts';
import { toLiteral } from './to-literal.ts';

const WORDS: Record<string, string> = { null: 'None', true: 'True', false: 'False' };

/** A Python script that needs the standard library only. */
export const toPython = (request: ExampleRequest): string => {
  const { query, body, pagedList, replyType } = request;
  const hasQuery = Object.keys(query).length > 0;
  const needsJson = body !== undefined || replyType !== undefined;
  const calls = pagedList
    ? toPages(request, pagedList)
    : replyType === 'application/x-ndjson'
      ? toLines(request)
      : toCall(request);
  const lines = [
    ...(needsJson ? ['import json'] : []),
    'import os',
    'import sys',
    'from urllib.error import HTTPError',
    ...(hasQuery ? ['from urllib.parse import urlencode'] : []),
    'from urllib.request import Request, urlopen',
    '',
    ...(hasQuery ? [`query = ${toValue(query)}`] : []),
    ...(body === undefined ? [] : [`body = ${toValue(body)}`]),
    ...calls,
    'except HTTPError as problem:',
    '    sys.exit(problem.read().decode())',
  ];
  return `${lines.join('\n')}\n`;
};

function toCall(request: ExampleRequest): string[] {
  const { method, body, replyType } = request;
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
    `        print(${replyType ? 'json.load(response)' : 'response.status'})`,
  ];
}

/** Code that requests page after page. */
const toPages = (request: ExampleRequest, list: string): string[] => [
  ...toHeaderLines(request),
  'try:',
  '    while True:',
  `        url = ${toUrl(request)}`,
  '        with urlopen(Request(url, headers=headers), timeout=30) as response:',
  '            page = json.load(response)',
  `        for item in page["${list}"]:`,
  '            print(item)',
  '        if "nextCursor" not in page:',
  '            break',
  '        query["cursor"] = page["nextCursor"]',
];

/** Code that reads the lines of an export, and requests the rest if there is more. */
const toLines = (request: ExampleRequest): string[] => [
  ...toHeaderLines(request),
  'try:',
  '    while True:',
  `        url = ${toUrl(request)}`,
  '        with urlopen(Request(url, headers=headers), timeout=30) as response:',
  '            for line in response:',
  '                item = json.loads(line)',
  '                if "complete" not in item:',
  '                    print(item)',
  '        if item["complete"]:  # the last line; a KeyError means that the reply was cut short',
  '            break',
  '        query["cursor"] = item["nextCursor"]',
];

const toHeaderLines = (request: ExampleRequest): string[] => [
  `headers = {${toHeaders(request).join(', ')}}`,
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
