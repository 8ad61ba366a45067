import { posix } from 'node:path';
import { Marked } from 'marked';
import { toPath, toRoot } from './to-path.ts';

export type Source = {
  /** As seen from the folder of sources, such as `problems/clock-skew.md`. */
  name: string;
  markdown: string;
};

/** The HTML of a source; where it links to another source, it leads to that one's page. */
export const toHtml = ({ name, markdown }: Source): string => {
  const marked = new Marked({
    walkTokens(token) {
      if (token.type === 'link') token.href = toHref(name, token.href);
    },
    renderer: {
      heading({ tokens, depth, text }) {
        const id = toId(text);
        const label = this.parser.parseInline(tokens);
        return `<h${depth} id="${id}"><a href="#${id}">${label}</a></h${depth}>\n`;
      },
    },
  });
  return (
    marked
      .parse(markdown, { async: false })
      // What is wider than a phone is scrolled by itself; for that, the keyboard must get there.
      .replaceAll('<pre>', '<pre tabindex="0">')
      .replaceAll('<table>', '<div class="table" tabindex="0"><table>')
      .replaceAll('</table>', '</table></div>')
  );
};

/** As GitHub makes it, but for letters that are not ASCII. */
const toId = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');

function toHref(from: string, href: string): string {
  if (/^([a-z]+:|#)/.test(href)) return href;
  const [file = '', fragment] = href.split('#');
  const target = posix.join(posix.dirname(from), file);
  const path = target.endsWith('.md') ? toPath(target) : target;
  return toRoot(toPath(from)) + path + (fragment === undefined ? '' : `#${fragment}`);
}
