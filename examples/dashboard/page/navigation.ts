import type { View } from './view.ts';
import { parseView, toHash } from './view.ts';

/** Keeps the view and the page's URL in sync. */
export const createNavigation = (onMove: (view: View, before: View) => void) => {
  let view = parseView(location.hash);
  const move = (next: View): void => {
    const before = view;
    view = next;
    onMove(view, before);
  };
  window.addEventListener('hashchange', () => move(parseView(location.hash)));
  return {
    view: () => view,
    /** Changes the view, and adds an entry to the history. */
    go(change: Partial<View>): void {
      const next = { ...view, ...change };
      history.pushState(null, '', toHash(next));
      move(next);
    },
    /** Fills in what the viewer has not chosen, without an entry in the history. */
    settle(change: Partial<View>): void {
      view = { ...view, ...change };
      history.replaceState(null, '', toHash(view));
    },
  };
};
