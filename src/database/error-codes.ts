/** Codes of MongoDB's errors: https://www.mongodb.com/docs/manual/reference/error-codes/ */
export const errorCodes = { commandNotFound: 59, duplicateKey: 11_000 } as const;

export const hasCode = (error: unknown, code: number): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
