import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A step that a page tells its reader to do. */
export type Step =
  | { kind: 'insert'; file: string; above: string; text: string }
  | { kind: 'create' | 'replace'; file: string; text: string }
  | { kind: 'run'; command: string };

/** Reads the steps of a section: each fenced block, with the words before it. */
export const readSteps = (page: string, heading: string): Step[] => {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  const blocks = [...section.matchAll(/([^\n]*\n?[^\n]*)\n\n```(\w+)\n(.*?)```/gs)];
  return blocks.map(([, words = '', language, text = '']): Step => {
    if (language === 'sh') return { kind: 'run', command: text.trim() };
    const [, file, above] = /In `([^`]+)`, above the line\s+`([^`]+)`$/i.exec(words) ?? [];
    if (file && above) return { kind: 'insert', file, above, text };
    const [, created] = /new file\s+`([^`]+)`$/.exec(words) ?? [];
    if (created) return { kind: 'create', file: created, text };
    const [, replaced] = /replace\s+`([^`]+)`$/.exec(words) ?? [];
    if (replaced) return { kind: 'replace', file: replaced, text };
    throw new Error(`It is not said where this goes: ${text}`);
  });
};

/** Applies a step to the copy; commands are left to the caller. */
export const follow = (directory: string, step: Exclude<Step, { kind: 'run' }>): void => {
  const path = join(directory, step.file);
  if (step.kind !== 'insert') {
    if (step.kind === 'replace') rmSync(path);
    writeFileSync(path, step.text, { flag: 'wx' });
    return;
  }
  const lines = readFileSync(path, 'utf8').split('\n');
  const places = lines.flatMap((line, index) => (line === step.above ? [index] : []));
  const [place] = places;
  if (place === undefined || places.length > 1)
    throw new Error(`${step.file} has ${places.length} lines ${step.above}`);
  lines.splice(place, 0, step.text.replace(/\n$/, ''));
  writeFileSync(path, lines.join('\n'));
};
