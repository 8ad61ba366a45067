import type { lintSource } from '@secretlint/core';

type Rule = Extract<
  Parameters<typeof lintSource>[0]['options']['config']['rules'][number]['rule'],
  { messages: unknown }
>;

/** Patterns for keys that secretlint does not know. */
const KEYS: Record<string, RegExp> = {
  // A UUID, like any device id: only the name in front of it marks it as a key.
  AtlasPrivateKey: /private_?key\W{1,5}[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/gi,
  AtlasServiceAccount: /\bmdb_sa_sk_[\w-]{20,}/g,
  // A key that this service creates (src/access/api-key.ts).
  CreatedKey: /\biot_[\da-f]{12}_[\w-]{49}/g,
  // API Gateway's keys have 20 to 128 letters and digits.
  ApiKey: /api[-_]?key\W{1,5}(?=[a-z]*\d)[a-z\d]{20,128}\b/gi,
};

/** A rule of secretlint that finds these keys. */
export const serviceKeys: Rule = {
  messages: Object.fromEntries(Object.keys(KEYS).map((name) => [name, { en: () => name }])),
  meta: {
    id: 'service-keys',
    recommended: true,
    type: 'scanner',
    supportedContentTypes: ['text'],
  },
  create: (context) => ({
    file({ content }) {
      const translate = context.createTranslator(serviceKeys.messages);
      for (const [name, pattern] of Object.entries(KEYS)) {
        for (const { index, 0: text } of content.matchAll(pattern)) {
          context.report({ message: translate(name), range: [index, index + text.length] });
        }
      }
    },
  }),
};
