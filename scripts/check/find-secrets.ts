import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import { serviceKeys } from './service-keys.ts';

// Its profiler searches all earlier marks at each one: on this repository, 17 s for a scan of one second.
secretLintProfiler.mark = () => undefined;

// Without the filter by which a comment could hide a secret.
const SCANNERS = rules.filter(({ meta }) => !meta.id.endsWith('-filter-comments'));
// Key ids too, since the key is often nearby; an account number alone gives no access.
const AWS = { options: { enableIDScanRule: true }, allowMessageIds: ['AWSAccountID'] };

/** Finds the secrets in a text; reports their lines, never the secrets, since CI logs the report. */
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
