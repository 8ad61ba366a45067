import { posix } from 'node:path';
import { Marked } from 'marked';
import { gfmHeadingId } from 'marked-gfm-heading-id';
import { highlight } from './highlight.ts';
import { toPath, toRoot } from './to-path.ts';

export type Source = {
  /** The path in the folder of sources, such as `problems/clock-skew.md`. */
  name: string;
  markdown: string;
};

/** Renders a source as HTML; a link to another source becomes a link to its page. */
export const toHtml = ({ name, markdown }: Source): string => {
  const marked = new Marked(gfmHeadingId(), {
    walkTokens(token) {
      if (token.type === 'link') token.href = toHref(name, token.href);
    },
    renderer: {
      // The keyboard scrolls what is wider than a phone: that needs focus.
      code({ text, lang = 'text' }) {
        const code = `<code class="language-${lang}">${highlight(text, lang)}\n</code>`;
        return `<pre tabindex="0">${code}</pre>\n`;
      },
    },
  });
  return marked
    .parse(markdown, { async: false })
    .replace(/<(h\d) id="([^"]+)">(.*)<\/\1>/g, '<$1 id="$2"><a href="#$2">$3</a></$1>')
    .replaceAll('<table>', '<div class="table" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>');
};

function toHref(from: string, href: string): string {
  if (/^([a-z]+:|#)/.test(href)) return href;
  const [file = '', fragment] = href.split('#');
  const target = posix.join(posix.dirname(from), file);
  const path = target.endsWith('.md') ? toPath(target) : target;
  return toRoot(toPath(from)) + path + (fragment === undefined ? '' : `#${fragment}`);
}
