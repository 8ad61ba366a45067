/** The path of a source's page, relative to the site's root: `sending/` for `sending.md`. */
export const toPath = (source: string): string =>
  source.replace(/\.md$/, '/').replace(/(^|\/)index\/$/, '$1');

/** The relative link from a page to the site's root; the site may be served at any path. */
export const toRoot = (path: string): string => '../'.repeat(path.split('/').length - 1) || './';
