import type { Tally } from '../ledger/tally.ts';

type Screen = { isTTY?: boolean; columns?: number; write(text: string): unknown };

/** Shows progress: on a terminal in one line that changes, elsewhere in a new line every five seconds. */
export type Progress = {
  start(toLine: () => string): void;
  stop(): void;
  /** Prints a line that stays. */
  say(line: string): void;
};

export const createProgress = (screen: Screen): Progress => {
  let timer: NodeJS.Timeout | undefined;
  const clear = screen.isTTY ? '\r\x1b[K' : '';
  return {
    start(toLine) {
      clearInterval(timer);
      const show = (): void => {
        // A wrapped line could not be overwritten.
        const line = toLine().slice(0, screen.columns && screen.columns - 1);
        screen.write(screen.isTTY ? `${clear}${line}` : `${line}\n`);
      };
      timer = setInterval(show, screen.isTTY ? 1_000 : 5_000);
    },
    stop() {
      clearInterval(timer);
      screen.write(clear);
    },
    say: (line) => void screen.write(`${clear}${line}\n`),
  };
};

/** @param elapsedMs since the run began */
export const toProgressLine = (
  { counts, writes }: Tally,
  { elapsedMs, backlog }: { elapsedMs: number; backlog: number },
): string => {
  const { p50, p99 } = writes.recent();
  const figures: [name: string, figure: number | string][] = [
    ['sent', counts.sent],
    ['acknowledged', counts.acknowledged],
    ['duplicates', counts.duplicates],
    ['rejected', counts.rejected],
    ['shed', counts.shed],
    ['retries', counts.retries],
    ['p50', `${p50} ms`],
    ['p99', `${p99} ms`],
    ['backlog', backlog],
  ];
  const texts = figures.map(([name, figure]) => `${name} ${figure.toLocaleString('en')}`);
  return `${toClock(elapsedMs)}  ${texts.join('  ')}`;
};

function toClock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
