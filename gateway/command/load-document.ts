import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';
import { CommandError } from './command-error.ts';

/** Reads a document in YAML or JSON. */
export const loadDocument = async (path: string): Promise<unknown> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new CommandError(`${path} cannot be read: ${firstLine(error)}`);
  }
  try {
    return load(text, { filename: path });
  } catch (error) {
    throw new CommandError(
      `${path} is neither YAML nor JSON: ${firstLine(error)}. Tags such as !Sub belong to a template: resolve it first`,
    );
  }
};

const firstLine = (error: unknown): string =>
  String((error as Error).message).split('\n', 1)[0] ?? '';
