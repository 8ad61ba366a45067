import type { Client, Device, Event } from '../../../clients/typescript/src/index.ts';
import { createElement, findElement } from '../page/element.ts';
import { formatAge, formatTime } from '../page/format-time.ts';
import type { createSeriesPanel } from '../page/series-panel.ts';
import type { createTypesTable } from '../page/types-table.ts';
import type { View } from '../page/view.ts';
import { toChosen } from '../page/view.ts';
import type { Overview, Picture } from '../service/feed.ts';
import { createFeed } from '../service/feed.ts';
import { followDevice, MAX_FOLLOWED } from '../service/follow-device.ts';
import type { Work } from '../service/updates.ts';

/** What shows a device. */
export type Parts = {
  types: ReturnType<typeof createTypesTable>;
  series: ReturnType<typeof createSeriesPanel>;
  /** The view as it is now. */
  view(): View;
  /** Fills in the event type that the viewer has not chosen. */
  settle(eventType: string): void;
  /** Called when something of the stream was shown. */
  arrived(): void;
  /** Asks for a read soon: a summary changes with every event. */
  readSoon(): void;
};

const POLL_MS = 5_000;
const DRAW_MS = 200;

/** A device: read once, then followed by a stream of its event types, and read again where there is none. */
export const createDeviceView = (
  client: Client,
  parts: Parts,
): Pick<Work, 'read' | 'toFollow' | 'pollMs'> => {
  const feed = createFeed(client, parts.view().deviceID);
  let shown: Overview | undefined;
  let timer: number | undefined;

  const showOverview = (overview: Overview): void => {
    shown = overview;
    const { device, latest } = overview;
    if (parts.view().eventType === '') choose(latest);
    showDevice(device);
    findElement('panels', HTMLElement).hidden = false;
    parts.types.show(latest, toChosen(parts.view()));
    parts.series.offer(latest, parts.view());
  };
  /** Chooses a type to start with: the first with numbers, if there is one. */
  const choose = (latest: readonly Event[]): void => {
    const first = latest.find(({ value }) => typeof value === 'number') ?? latest[0];
    if (!first) return;
    parts.settle(first.eventType);
    parts.series.loading(parts.view());
  };
  /** Draws what has arrived, not more often than an eye can tell. */
  const drawSoon = (overview: Overview, picture: Picture): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      showOverview(overview);
      parts.series.show(picture, overview.latest);
      parts.arrived();
    }, DRAW_MS);
  };
  return {
    async read(signal) {
      const overview = await feed.overview(signal);
      showOverview(overview);
      const view = parts.view();
      if (view.eventType === '') return;
      const picture = await feed.picture(toChosen(view), view.range, signal);
      clearTimeout(timer);
      parts.series.show(picture, overview.latest);
    },
    toFollow() {
      const view = parts.view();
      const chosen = toChosen(view);
      const all = (shown?.latest ?? []).map(({ eventType }) => eventType);
      const eventTypes = [...new Set([...chosen, ...all])].slice(0, MAX_FOLLOWED);
      if (eventTypes.length === 0) return undefined;
      const onEvent = (event: Event): void => {
        const added = feed.add(event, chosen, view.range);
        if (!added) return;
        drawSoon(added.overview, added.picture);
        if (!added.isWhole) parts.readSoon();
      };
      const series = { deviceID: view.deviceID, eventTypes };
      const key = JSON.stringify([...eventTypes].sort());
      return { key, follow: followDevice(client, series, onEvent) };
    },
    pollMs: () => POLL_MS,
  };
};

function showDevice({ deviceID, lastReceivedAt }: Device): void {
  const seen = Date.parse(lastReceivedAt);
  const time = createElement('time', formatAge(seen), {
    datetime: lastReceivedAt,
    title: formatTime(seen),
  });
  findElement('device-name', HTMLElement).textContent = deviceID;
  findElement('device-seen', HTMLElement).replaceChildren('Last seen ', time);
}
