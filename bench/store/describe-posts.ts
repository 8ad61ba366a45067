import type { Chart, Section, Table, Target } from '../report/section.ts';
import { toPercentile, toRatio, toSpread, toText } from '../report/statistics.ts';
import type { PostResult, Setting } from './measure-posts.ts';

/** Describes what single events cost. */
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

const isSame = (a: Setting, b: Setting): boolean =>
  a.size === b.size && a.writers === b.writers && a.values === b.values;

const findOther = (posts: PostResult[], post: PostResult): PostResult | undefined =>
  posts.find((other) => other.design.name === 'unbounded' && isSame(other, post));

const toSettingText = ({ size, values }: Setting): string =>
  size === 0
    ? 'no events'
    : `${size.toLocaleString('en')} ${values === 'numbers' ? 'numbers' : 'pairs of readings'}`;

/** The rate as a multiple of the other design's. */
const toOther = (posts: PostResult[], post: PostResult): number =>
  toRatio(post.rates, findOther(posts, post)?.rates ?? []);

const toTable = (posts: PostResult[]): Table => ({
  title: 'POST: events per second (median and quartiles of the rounds) and milliseconds',
  columns: ['in the day', 'writers', 'design', 'events/s', 'quartiles', 'p50', 'p99', 'n', 'ratio'],
  rows: posts.map((post) => {
    const { rate, p50, p99 } = toRate(post);
    return [
      toSettingText(post),
      String(post.writers),
      post.design.title,
      toText(rate.median),
      `${toText(rate.low)}–${toText(rate.high)}`,
      toText(p50),
      toText(p99),
      String(post.latencies.length),
      post.design.name === 'ours' ? `${toText(toOther(posts, post))}×` : '1×',
    ];
  }),
});

const toChart = (posts: PostResult[]): Chart => ({
  name: 'store-post',
  title: 'Single events added to a day that has events already, one writer',
  unit: 'events/s',
  scale: 'log',
  bars: posts
    .filter(({ writers }) => writers === 1)
    .map((post) => ({
      label: `${toSettingText(post)}: ${post.design.title}`,
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
        const what = `POST rate with ${toSettingText(post)} in the day, ${toWriters(post)}, as a multiple of the unbounded design’s`;
        return [{ what, got: toOther(posts, post), atLeast: size === 10_000 ? 30 : 150 }];
      }),
    )
    .concat(
      ours(50_000).flatMap((post): Target[] => {
        const empty = ours(0).find((other) => isSame(other, { ...post, size: 0 }));
        if (!empty) return [];
        const what = `p50 with ${toSettingText(post)} in the day, ${toWriters(post)}, relative to an empty day`;
        return [{ what, got: toRate(post).p50 / toRate(empty).p50, atMost: 2 }];
      }),
    );
}

const toWriters = ({ writers }: Setting): string =>
  writers === 1 ? 'one writer' : `${writers} writers`;
