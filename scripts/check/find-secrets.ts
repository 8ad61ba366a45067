import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import { serviceKeys } from './service-keys.ts';

// Its profiler searches all earlier marks at each one: on this repository, 17 s for a scan of one second.
secretLintProfiler.mark = () => undefined;

// Not its filter, by which a comment could hide a secret without a reason.
const SCANNERS = rules.filter(({ meta }) => !meta.id.endsWith('-filter-comments'));
// Key ids too: where one is, the key is not far. An account's number alone opens nothing.
const AWS = { options: { enableIDScanRule: true }, allowMessageIds: ['AWSAccountID'] };

/** The secrets of a text, each with its line; never the secret itself, which would be in CI's log. */
export const findSecrets = async (path: string, content: string): Promise<string[]> => {
  const { messages } = await lintSource({
    source: { filePath: path, content, contentType: 'text' },
    options: {
      config: {
        rules: [...SCANNERS, serviceKeys].map((rule) => ({
          id: rule.meta.id,
          rule,
          ...(rule.meta.id.endsWith('-aws') && AWS),
        })),
      },
    },
  });
  return messages.map(
    ({ loc, messageId }) => `${path}:${loc.start.line} has what looks like a secret (${messageId})`,
  );
};
