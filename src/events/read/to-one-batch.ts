/** Lets one reply have so many documents, and say that they are all. By default, the first has 101. */
export const toOneBatch = (documents: number) => ({ batchSize: documents + 1 });
