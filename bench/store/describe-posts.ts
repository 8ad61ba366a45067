import type { Chart, Section, Table, Target } from '../report/section.ts';
import { toPercentile, toSpread, toText } from '../report/statistics.ts';
import type { PostResult } from './measure-posts.ts';

/** What single events cost. */
export const describePosts = (
  posts: PostResult[],
): Pick<Section, 'tables' | 'charts' | 'targets'> => ({
  tables: [toTable(posts)],
  charts: [toChart(posts)],
  targets: toTargets(posts),
});

const toRate = ({ latencies, rates }: PostResult) => ({
  rate: toSpread(rates),
  p50: toPercentile(latencies, 0.5),
  p99: toPercentile(latencies, 0.99),
});

const findOther = (posts: PostResult[], { size, writers }: PostResult): PostResult | undefined =>
  posts.find(
    (post) => post.design.name === 'unbounded' && post.size === size && post.writers === writers,
  );

/** How many times the other design's rate. */
function toRatio(posts: PostResult[], post: PostResult): number {
  const other = findOther(posts, post);
  return other ? toRate(post).rate.median / toRate(other).rate.median : Number.NaN;
}

const toTable = (posts: PostResult[]): Table => ({
  title: 'POST: events a second (median of the rounds, quartiles) and milliseconds',
  columns: [
    'events in the day',
    'writers',
    'design',
    'events/s',
    'quartiles',
    'p50',
    'p99',
    'n',
    'ratio',
  ],
  rows: posts.map((post) => {
    const { rate, p50, p99 } = toRate(post);
    return [
      post.size.toLocaleString('en'),
      String(post.writers),
      post.design.title,
      toText(rate.median),
      `${toText(rate.low)}–${toText(rate.high)}`,
      toText(p50),
      toText(p99),
      String(post.latencies.length),
      post.design.name === 'ours' ? `${toText(toRatio(posts, post))}×` : '1×',
    ];
  }),
});

const toChart = (posts: PostResult[]): Chart => ({
  name: 'store-post',
  title: 'Single events into a day that already has so many, one writer',
  unit: 'events/s',
  scale: 'log',
  bars: posts
    .filter(({ writers }) => writers === 1)
    .map((post) => ({
      label: `${post.size.toLocaleString('en')}: ${post.design.title}`,
      spread: toRate(post).rate,
      isOurs: post.design.name === 'ours',
    })),
});

function toTargets(posts: PostResult[]): Target[] {
  const ours = (size: number) =>
    posts.filter((post) => post.design.name === 'ours' && post.size === size);
  return [10_000, 50_000]
    .flatMap((size) =>
      ours(size).flatMap((post): Target[] => {
        const what = `POST rate with ${size.toLocaleString('en')} events in the day, ${post.writers} writers, times the unbounded design’s`;
        return [{ what, got: toRatio(posts, post), atLeast: size === 10_000 ? 30 : 150 }];
      }),
    )
    .concat(
      ours(50_000).flatMap((post): Target[] => {
        const empty = ours(0).find(({ writers }) => writers === post.writers);
        if (!empty) return [];
        const what = `p50 with 50,000 events in the day, ${post.writers} writers, to an empty day’s`;
        return [{ what, got: toRate(post).p50 / toRate(empty).p50, atMost: 2 }];
      }),
    );
}
