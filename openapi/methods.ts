/** What an operation of the contract may have for a method. */
export const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
