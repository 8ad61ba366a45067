import type { ExampleRequest } from '../../openapi/example-request.ts';
import { toArduino } from './samples/to-arduino.ts';
import { toC } from './samples/to-c.ts';
import { toCurl } from './samples/to-curl.ts';
import { toPython } from './samples/to-python.ts';
import { toTypescript } from './samples/to-typescript.ts';

export type SampleLanguage = {
  /** Redoc's name for the language, for highlighting. */
  lang: string;
  label: string;
  /** Extension of the files in generated/samples. */
  extension: string;
  write(request: ExampleRequest): string;
};

/** The languages of the code samples, in the order of their tabs. */
export const SAMPLE_LANGUAGES: readonly SampleLanguage[] = [
  { lang: 'curl', label: 'curl', extension: 'sh', write: toCurl },
  { lang: 'TypeScript', label: 'TypeScript', extension: 'ts', write: toTypescript },
  { lang: 'Python', label: 'Python', extension: 'py', write: toPython },
  { lang: 'C', label: 'C', extension: 'c', write: toC },
  { lang: 'C++', label: 'Arduino', extension: 'ino', write: toArduino },
];
