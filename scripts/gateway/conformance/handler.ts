/** The function behind every gateway that is compared: a module in CommonJS. It does what the query's `want` says. */
export const HANDLER = `
const results = {
  key: { statusCode: 200, body: '', cookies: [] },
  text: 'text',
  list: [1],
  body: { statusCode: 200, body: { a: 1 } },
  status: { statusCode: 'test', body: '' },
  header: { statusCode: 200, body: '', headers: { x: 'a\\nb' } },
  renamed: { statusCode: 200, body: '', headers: { Date: 'a', Server: 'b', 'WWW-Authenticate': 'c' } },
  long: { statusCode: 200, body: 'x'.repeat(10_000) },
  bytes: { statusCode: 200, body: '/9j/AIA=', isBase64Encoded: true, headers: { 'Content-Type': 'image/png' } },
};
exports.handler = async (event) => {
  const { want } = event.queryStringParameters ?? {};
  if (want === 'error') throw new Error('secret');
  if (want === 'slow') await new Promise((resolve) => setTimeout(resolve, 3_000));
  return results[want] ?? { statusCode: 200, body: JSON.stringify(event) };
};
`;
