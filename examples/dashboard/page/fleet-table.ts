import type { Device } from '../../../clients/typescript/src/index.ts';
import type { Fleet } from '../service/read-fleet.ts';
import { createElement, findElement } from './element.ts';
import { formatAge, formatTime } from './format-time.ts';
import { toHash } from './view.ts';

const AGE_MS = 5_000;
const SHOWN = 200;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Creates the list of devices with its search. Rows are reused, to keep the focus. */
export const createFleetTable = ({
  onOpen,
  onChange,
}: {
  onOpen(deviceID: string): void;
  /** The viewer asks for other devices than those that were read. */
  onChange(): void;
}) => {
  const body = findElement('devices', HTMLElement);
  const search = findElement('search', HTMLInputElement);
  const silence = findElement('silence', HTMLSelectElement);
  const onlySilent = findElement('only-silent', HTMLInputElement);
  const more = findElement('more', HTMLButtonElement);
  const rows = new Map<string, HTMLTableRowElement>();
  let fleet: Fleet | undefined;
  let most = SHOWN;

  const silentMs = (): number => Number(silence.value);
  const isSilent = ({ lastReceivedAt }: Device): boolean =>
    Date.now() - Date.parse(lastReceivedAt) > silentMs();
  const find = (): Device[] => {
    const part = search.value.trim().toLowerCase();
    return (fleet?.devices ?? []).filter(({ deviceID }) => deviceID.includes(part));
  };
  const show = (): void => {
    if (!fleet) return;
    const found = find();
    const shown = found.slice(0, most).map((device) => {
      const row = rows.get(device.deviceID) ?? createRow(device.deviceID);
      rows.set(device.deviceID, row);
      fill(row, device, isSilent(device));
      return row;
    });
    const isSame = shown.length === body.children.length;
    if (!isSame || shown.some((row, index) => row !== body.children[index])) {
      body.replaceChildren(...shown);
    }
    findElement('fleet-table', HTMLElement).hidden = shown.length === 0;
    more.hidden = shown.length === found.length;
    setText('fleet-note', toNote(fleet, found, onlySilent.checked));
    const silent = found.filter(isSilent).length;
    const counted = `${count(found.length, 'device')}${fleet.isWhole ? '' : ' or more'}`;
    setText('fleet-count', `${counted}, ${silent.toLocaleString()} silent`);
  };
  // Ages grow, and devices fall silent, even if reading fails.
  setInterval(show, AGE_MS);
  search.addEventListener('input', () => {
    most = SHOWN;
    show();
  });
  findElement('find', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    const text = search.value.trim().toLowerCase();
    const [only, ...others] = find();
    if (UUID.test(text)) {
      search.value = '';
      onOpen(text);
    } else if (only && others.length === 0) onOpen(only.deviceID);
  });
  silence.addEventListener('change', () => (onlySilent.checked ? onChange() : show()));
  onlySilent.addEventListener('change', onChange);
  more.addEventListener('click', () => {
    const first = most;
    most += SHOWN;
    show();
    // The button may be gone.
    body.children[first]?.querySelector('a')?.focus();
  });
  return {
    /** Devices from which nothing was received since then; undefined for all. */
    silentSince: (): Date | undefined =>
      onlySilent.checked ? new Date(Date.now() - silentMs()) : undefined,
    show(read: Fleet): void {
      fleet = read;
      const ids = new Set(read.devices.map(({ deviceID }) => deviceID));
      for (const id of rows.keys()) if (!ids.has(id)) rows.delete(id);
      show();
    },
    forget(): void {
      fleet = undefined;
      rows.clear();
      body.replaceChildren();
    },
  };
};

const createRow = (deviceID: string): HTMLTableRowElement => {
  const href = toHash({ deviceID, eventType: '', other: '', range: { kind: 'data' } });
  const link = createElement('a', deviceID, { href });
  return createElement('tr', [
    createElement('th', link, { scope: 'row' }),
    createElement('td', [
      createElement('time', ''),
      createElement('span', 'Silent', { class: 'badge' }),
    ]),
    createElement('td', createElement('time', ''), { class: 'wide' }),
    createElement('td', '', { class: 'number wide' }),
  ]);
};

function fill(row: HTMLTableRowElement, device: Device, isSilent: boolean): void {
  const [, seen, newest, types] = row.children;
  const badge = seen?.querySelector('span');
  const [received, dated] = [seen?.querySelector('time'), newest?.querySelector('time')];
  if (!badge || !received || !dated || !types) return;
  badge.hidden = !isSilent;
  setAge(received, device.lastReceivedAt);
  setAge(dated, device.lastEventAt);
  setContent(types, device.eventTypeCount.toLocaleString());
}

function setAge(time: HTMLTimeElement, instant: string | undefined): void {
  time.dateTime = instant ?? '';
  time.title = instant === undefined ? '' : formatTime(Date.parse(instant));
  setContent(time, instant === undefined ? 'none' : formatAge(Date.parse(instant)));
}

function toNote(
  { devices, isWhole }: Fleet,
  found: readonly Device[],
  onlySilent: boolean,
): string {
  if (devices.length === 0)
    return onlySilent ? 'No device is silent.' : 'No device has sent anything yet.';
  if (found.length > 0) return '';
  const others = isWhole ? '' : ' among those that are listed';
  return `No device's ID contains this${others}. Enter a whole ID to open a device.`;
}

const setText = (id: string, text: string): void => setContent(findElement(id, HTMLElement), text);

/** Sets a text only if it differs: screen readers announce every change. */
function setContent(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

const count = (number: number, noun: string): string =>
  `${number.toLocaleString()} ${noun}${number === 1 ? '' : 's'}`;
