import type { CorpusRequest } from '../../openapi/corpus.ts';
import { createCorpus } from '../../openapi/corpus.ts';

type Corpus = { part: string; tags: string[]; create(deviceID: () => string): CorpusRequest[] };

/** What a quick run sends of the corpus, and all of it: `it.each(CORPORA)`. */
export const CORPORA: Corpus[] = [
  {
    part: 'each rule broken, and a part of the pairs',
    tags: [],
    create: (deviceID) =>
      createCorpus(deviceID).filter(
        (request, index) => hasOneMutation(request) || index % 48 === 0,
      ),
  },
  { part: 'all requests', tags: ['long'], create: createCorpus },
];

/** A title is the operation and its mutations, separated by commas. */
export const hasOneMutation = ({ title }: CorpusRequest): boolean => title.split(', ').length <= 2;
