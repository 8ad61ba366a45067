import type { ApiFailure } from '../service/api-failure.ts';
import type { Pace } from '../service/updates.ts';
import { findElement } from './element.ts';
import { formatTime } from './format-time.ts';

const STATES = {
  idle: 'Not connected',
  loading: 'Loading …',
  live: 'Live',
  polling: 'Polling',
  paused: 'Paused',
  stale: 'Stale',
  failed: 'Failed',
} as const;
type State = keyof typeof STATES;

/** Creates the status line: how current the data is, and why it is not. */
export const createStatus = () => {
  let updatedAt: number | undefined;
  const show = (state: State): void => {
    document.body.dataset.state = state;
    setText('state', STATES[state]);
    const isOld = state === 'stale' || state === 'paused';
    const words = isOld ? 'Last updated' : 'Updated';
    setText('updated', updatedAt === undefined ? '' : `${words} ${formatTime(updatedAt)}`);
  };
  const failure = findElement('failure', HTMLElement);
  return {
    loading(): void {
      if (updatedAt === undefined) show('loading');
    },
    current(pace: Pace): void {
      updatedAt = Date.now();
      failure.hidden = true;
      show(pace);
    },
    /** The data is as old as it was. */
    paused: () => updatedAt !== undefined && failure.hidden && show('paused'),
    failed({ title, message }: ApiFailure, retryMs: number | undefined): void {
      setText('failure-title', `${title}.`);
      setText('failure-detail', message);
      const next =
        retryMs === undefined ? '' : `Trying again at ${formatTime(Date.now() + retryMs)}.`;
      setText('failure-next', next);
      failure.hidden = false;
      show(updatedAt === undefined ? 'failed' : 'stale');
    },
    /** Forgets the last update and the failure; called when the view changes. */
    reset(): void {
      updatedAt = undefined;
      failure.hidden = true;
    },
  };
};

/** Sets a text only if it differs: screen readers announce every change. */
function setText(id: string, text: string): void {
  const element = findElement(id, HTMLElement);
  if (element.textContent !== text) element.textContent = text;
}
