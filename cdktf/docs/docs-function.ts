/**
 * The function that CloudFront runs for each request (JavaScript runtime 2.0). It serves index.html for a directory,
 * and redirects a directory without a trailing slash, since the links of a page are relative. It collapses leading
 * slashes: a redirect to `//host` would leave the site.
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
