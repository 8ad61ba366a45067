import type { Entered } from './page/connection-form.ts';
import { createConnectionForm } from './page/connection-form.ts';
import { findElement } from './page/element.ts';
import { createLatestTable } from './page/latest-table.ts';
import { createNavigation } from './page/navigation.ts';
import { createSeriesPanel } from './page/series-panel.ts';
import { createStatus } from './page/status.ts';
import type { Event } from './service/api.ts';
import { createApi } from './service/api.ts';
import type { ApiFailure } from './service/api-failure.ts';
import { storedConnection } from './service/connection.ts';
import type { Feed } from './service/feed.ts';
import { createFeed } from './service/feed.ts';
import { createPoller } from './service/poller.ts';

/** Connects the parts: the viewer's choices make the view, a feed reads its data, and the panels show them. */
export const startDashboard = (): void => {
  const live = findElement('live', HTMLInputElement);
  const refresh = findElement('refresh', HTMLButtonElement);
  const panels = findElement('panels', HTMLElement);
  let connection = storedConnection.read();
  let feed: Feed | undefined;

  const status = createStatus();
  const form = createConnectionForm(connect);
  const series = createSeriesPanel((range) => navigation.go({ range }));
  const types = createLatestTable((eventType) => navigation.go({ eventType }));
  const poller = createPoller({ work, done, failed });
  const navigation = createNavigation((view, before) => {
    if (view.deviceID !== before.deviceID) forget();
    restart();
  });

  function connect({ deviceID, ...entered }: Entered): void {
    connection = entered;
    storedConnection.write(entered);
    forget();
    const isOther = deviceID !== navigation.view().deviceID;
    navigation.go(isOther ? { deviceID, eventType: '' } : {});
  }

  /** Hides the data of another device or another API. */
  function forget(): void {
    status.reset();
    panels.hidden = true;
  }

  function restart(): void {
    const view = navigation.view();
    form.fill({ ...connection, deviceID: view.deviceID });
    if (!connection || view.deviceID === '') return;
    feed = createFeed(createApi(connection));
    refresh.disabled = false;
    series.loading(view);
    status.loading();
    poller.start();
  }

  async function work(signal: AbortSignal): Promise<void> {
    if (!feed) return;
    const latest = await feed.latest(navigation.view(), signal);
    if (navigation.view().eventType === '') chooseType(latest);
    const view = navigation.view();
    panels.hidden = false;
    types.show(latest, view.eventType);
    if (view.eventType === '') return;
    const newest = latest.find(({ eventType }) => eventType === view.eventType);
    const label = await feed.label(view, signal);
    series.show(await feed.picture(view, newest, signal), newest, label);
  }

  /** Chooses a type to start with: the first with numbers, if there is one. */
  function chooseType(latest: readonly Event[]): void {
    const first = latest.find(({ value }) => typeof value === 'number') ?? latest[0];
    if (!first) return;
    navigation.settle({ eventType: first.eventType });
    series.loading(navigation.view());
  }

  function done(): void {
    status.current(live.checked);
    form.connected();
  }

  function failed(failure: ApiFailure, retryMs: number | undefined): void {
    status.failed(failure, retryMs);
    if (failure.status === 403) form.askForKey();
  }

  live.addEventListener('change', () => {
    poller.setLive(live.checked);
    if (!live.checked) status.paused();
  });
  refresh.addEventListener('click', restart);
  findElement('zone', HTMLElement).textContent = Intl.DateTimeFormat().resolvedOptions().timeZone;
  restart();
};
