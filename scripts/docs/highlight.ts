import { createCssVariablesTheme, createHighlighterCoreSync } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import c from 'shiki/langs/c.mjs';
import cpp from 'shiki/langs/cpp.mjs';
import json from 'shiki/langs/json.mjs';
import python from 'shiki/langs/python.mjs';
import shell from 'shiki/langs/shellscript.mjs';
import typescript from 'shiki/langs/typescript.mjs';

const theme = createCssVariablesTheme({ name: 'site', variablePrefix: '--' });
const highlighter = createHighlighterCoreSync({
  engine: createJavaScriptRegexEngine(),
  langs: [c, cpp, json, python, shell, typescript],
  themes: [theme],
});

/** The kinds of tokens that docs/site/assets/style.css colours, as classes. */
export const KINDS = ['comment', 'constant', 'function', 'keyword', 'string-expression'];

/**
 * Renders code as HTML. Tokens have a class for their kind, so that pages need neither scripts nor inline
 * styles. Throws on a language whose grammar is not loaded above.
 */
export const highlight = (code: string, lang = 'text'): string => {
  // With a limit of time per line, a busy machine would leave lines without colours.
  const options = { lang, theme: 'site', tokenizeTimeLimit: 0 };
  const { tokens } = highlighter.codeToTokens(code, options);
  return tokens.map((line) => line.map(toSpan).join('')).join('\n');
};

function toSpan({ content, color = '' }: { content: string; color?: string }): string {
  const kind = KINDS.find((name) => color === `var(--token-${name})`);
  const text = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return kind ? `<span class="${kind}">${text}</span>` : text;
}
