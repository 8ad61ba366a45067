import type { Client } from '../../clients/typescript/src/index.ts';
import { createConnectionForm } from './page/connection-form.ts';
import { findElement } from './page/element.ts';
import { createFleetTable } from './page/fleet-table.ts';
import { createNavigation } from './page/navigation.ts';
import { createNumberFormat } from './page/number-format.ts';
import { createSeriesPanel } from './page/series-panel.ts';
import { createStatus } from './page/status.ts';
import { createTypesTable } from './page/types-table.ts';
import type { View } from './page/view.ts';
import { toApiFailure } from './service/api-failure.ts';
import type { Connection } from './service/connection.ts';
import { connectTo, readLocalConnection } from './service/connection.ts';
import type { Mode, Work } from './service/updates.ts';
import { createUpdates } from './service/updates.ts';
import { createDeviceView } from './views/device-view.ts';
import { createFleetView } from './views/fleet-view.ts';

const READ_SOON_MS = 5_000;

/** Connects the parts: the viewer's choices make the view, and updates keep it current. */
export const startDashboard = async (): Promise<void> => {
  const pace = findElement('pace', HTMLSelectElement);
  const refresh = findElement('refresh', HTMLButtonElement);
  let connection: Connection | undefined;
  let client: Client | undefined;
  let numbers = createNumberFormat();
  let current: Pick<Work, 'read' | 'toFollow' | 'pollMs'> | undefined;

  const status = createStatus();
  const form = createConnectionForm(connect);
  const types = createTypesTable(
    () => numbers,
    (eventType) => navigation.go({ eventType, ...withoutOther(eventType) }),
  );
  const series = createSeriesPanel(
    () => numbers,
    (choice) => navigation.go(choice),
  );
  const fleet = createFleetTable({
    onOpen: (deviceID) => navigation.go({ ...NOTHING, deviceID }),
    onChange: restart,
  });
  const updates = createUpdates({
    read: async (signal) => current?.read(signal),
    toFollow: () => current?.toFollow(),
    pollMs: () => current?.pollMs() ?? READ_SOON_MS,
    current(now) {
      status.current(now);
      form.connected();
    },
    failed(failure, retryMs) {
      status.failed(failure, retryMs);
      if (failure.status === 403) form.askForKey();
    },
    toFailure: (error) => toApiFailure(error, connection?.url ?? location.origin),
  });
  const navigation = createNavigation((view, before) => {
    const isOther = view.deviceID !== before.deviceID;
    if (isOther) forget();
    restart();
    // Tells viewers who cannot see it that the page is another one.
    const heading = view.deviceID === '' ? 'fleet-heading' : 'device-name';
    if (isOther) findElement(heading, HTMLElement).focus();
  });

  function connect(entered: Connection): void {
    connection = entered;
    client = connectTo(entered);
    fleet.forget();
    forget();
    restart();
  }

  /** Hides the data of another device or another API. */
  function forget(): void {
    status.reset();
    types.forget();
    numbers = createNumberFormat();
    findElement('panels', HTMLElement).hidden = true;
    findElement('device-seen', HTMLElement).textContent = '';
  }

  function restart(): void {
    updates.stop();
    const view = navigation.view();
    showPart(view);
    if (!client) return;
    refresh.disabled = false;
    const settle = (eventType: string): void => navigation.settle({ eventType });
    const [arrived, readSoon] = [
      () => status.current('live'),
      () => updates.readWithin(READ_SOON_MS),
    ];
    const parts = { types, series, view: navigation.view, settle, arrived, readSoon };
    current =
      view.deviceID === '' ? createFleetView(client, fleet) : createDeviceView(client, parts);
    if (view.deviceID !== '') series.loading(view);
    status.loading();
    updates.start();
  }

  function withoutOther(eventType: string): Partial<View> {
    return navigation.view().other === eventType ? { other: '' } : {};
  }

  pace.addEventListener('change', () => {
    const mode = toMode(pace.value);
    updates.setMode(mode);
    if (mode === 'off') status.paused();
  });
  refresh.addEventListener('click', restart);
  findElement('zone', HTMLElement).textContent = Intl.DateTimeFormat().resolvedOptions().timeZone;
  restart();
  const local = await readLocalConnection();
  if (!local || client) return;
  form.fill(local);
  connect(local);
};

const NOTHING = { eventType: '', other: '', range: { kind: 'data' } } as const;

const toMode = (text: string): Mode => (text === 'live' || text === 'off' ? text : Number(text));

/** Shows the fleet or the device, and names it. */
function showPart({ deviceID }: View): void {
  const isFleet = deviceID === '';
  findElement('fleet', HTMLElement).hidden = !isFleet;
  findElement('device', HTMLElement).hidden = isFleet;
  findElement('device-name', HTMLElement).textContent = deviceID;
  document.title = `${isFleet ? 'Devices' : deviceID} – Device dashboard`;
}
