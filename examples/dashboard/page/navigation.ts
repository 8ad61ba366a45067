import type { View } from './view.ts';
import { parseView, toHash } from './view.ts';

/** The view and the page's address, which always say the same. */
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
    /** A choice of the viewer: a step to go back over. */
    go(change: Partial<View>): void {
      const next = { ...view, ...change };
      history.pushState(null, '', toHash(next));
      move(next);
    },
    /** What the viewer left open; no step. */
    settle(change: Partial<View>): void {
      view = { ...view, ...change };
      history.replaceState(null, '', toHash(view));
    },
  };
};
