import { toRoot } from './to-path.ts';

export type PageParts = {
  title: string;
  /** Relative to the site's root: `sending/`. */
  path: string;
  /** HTML of the content, with the id `main`. */
  main: string;
  head?: string;
  /** Prefix of links to the root; relative, except on the page for missing paths. */
  root?: string;
};

/** The parts that all pages share. */
export type Site = {
  name: string;
  /** The contract's version. */
  version: string;
  assets: { style: string; colours: string; logo: string; pages: string; search: string };
};

const NAVIGATION = [
  ['Getting started', ''],
  ['Sending', 'sending/'],
  ['Reading', 'reading/'],
  ['Event types', 'event-types/'],
  ['Keys', 'keys/'],
  ['Errors', 'errors/'],
  ['Reference', 'reference/'],
  ['Changelog', 'changelog/'],
] as const;

/** Renders a page of the site as an HTML document. */
export const toPage = (site: Site, { title, path, main, ...more }: PageParts): string => {
  const { head = '', root = toRoot(path) } = more;
  const { style, colours, logo, pages, search } = site.assets;
  // The reference has a search of its own.
  const isProse = path !== 'reference/';
  const links = NAVIGATION.map(([label, to]) => {
    const isHere =
      to === path ||
      (to === 'errors/' && path.startsWith('problems/')) ||
      (to === 'event-types/' && path.startsWith(to));
    return `<li><a href="${root}${to}"${isHere ? ' aria-current="page"' : ''}>${label}</a></li>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title} – ${site.name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="${root}${logo}" type="image/svg+xml">
<script src="${root}${colours}"></script>
${isProse ? `<script type="module" src="${root}${pages}"></script>` : ''}
${head}
<link rel="stylesheet" href="${root}${style}">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="site">
<a class="brand" href="${root}"><img src="${root}${logo}" alt="" width="28" height="28">${site.name}</a>
<nav aria-label="Pages"><ul>${links.join('')}</ul></nav>
${isProse ? toSearch(root, search) : ''}
</header>
${main}
<footer class="site">${site.name} ${site.version} · <a class="footer-link" href="${root}openapi.json">openapi.json</a> · <a class="footer-link" href="${root}licences.txt">licences</a></footer>
</body>
</html>
`;
};

/** Shown by the script that makes it work. */
const toSearch = (root: string, index: string): string =>
  `<form class="search" role="search" hidden><input type="search" aria-label="Search guides and reference" placeholder="Search" data-root="${root}" data-index="${root}${index}"><ul aria-live="polite"></ul></form>`;
