import type { Connection } from '../service/connection.ts';
import { deployedUrl } from '../service/deployed-url.ts';
import { findElement } from './element.ts';

/** What the viewer entered. */
export type Entered = Connection & { deviceID: string };

/** Creates the form for device, key and base URL. It closes after the first successful read. */
export const createConnectionForm = (onConnect: (entered: Entered) => void) => {
  const device = findElement('device', HTMLInputElement);
  const key = findElement('key', HTMLInputElement);
  const url = findElement('url', HTMLInputElement);
  const details = findElement('connection', HTMLDetailsElement);
  // Close the form once only, not while the viewer edits it later.
  let hasConnected = false;
  const deployed = deployedUrl();
  // A deployed page belongs to one API: its content security policy allows no other.
  if (deployed) url.closest('label')?.setAttribute('hidden', '');
  findElement('connect', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    hasConnected = false;
    onConnect({ deviceID: device.value.toLowerCase(), key: key.value, url: url.value });
  });
  return {
    fill(entered: Partial<Entered>): void {
      device.value = entered.deviceID ?? '';
      key.value = entered.key ?? '';
      url.value = deployed ?? entered.url ?? location.origin;
    },
    connected(): void {
      if (hasConnected) return;
      hasConnected = true;
      details.open = false;
      const { host } = new URL(url.value);
      findElement('connected-to', HTMLElement).textContent = `${device.value} at ${host}`;
    },
    askForKey(): void {
      hasConnected = false;
      details.open = true;
      key.focus();
    },
  };
};
