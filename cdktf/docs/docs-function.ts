/**
 * What CloudFront runs for each request (JavaScript runtime 2.0): a directory's page is its index.html, and is
 * asked for with a slash at the end, as its links are relative. Two slashes at the start would lead to
 * another site.
 */
export const DOCS_FUNCTION = `function handler(event) {
  var request = event.request;
  var path = request.uri.replace(/^[\\/\\\\]+/, '/');
  var isFile = path.lastIndexOf('.') > path.lastIndexOf('/');
  if (!isFile && !path.endsWith('/')) {
    return {
      statusCode: 308,
      statusDescription: 'Permanent Redirect',
      headers: { location: { value: path + '/' } },
    };
  }
  request.uri = isFile ? path : path + 'index.html';
  return request;
}
`;
