import type { Connection } from '../service/connection.ts';
import { findElement } from './element.ts';

export type Entered = Connection & { deviceID: string };

/** The form of device, key and address; folded once they have proved right. */
export const createConnectionForm = (onConnect: (entered: Entered) => void) => {
  const device = findElement('device', HTMLInputElement);
  const key = findElement('key', HTMLInputElement);
  const url = findElement('url', HTMLInputElement);
  const details = findElement('connection', HTMLDetailsElement);
  // Not while the viewer writes the next one.
  let isProved = false;
  findElement('connect', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    isProved = false;
    onConnect({ deviceID: device.value.toLowerCase(), key: key.value, url: url.value });
  });
  return {
    fill(entered: Partial<Entered>): void {
      device.value = entered.deviceID ?? '';
      key.value = entered.key ?? '';
      url.value = entered.url ?? location.origin;
    },
    connected(): void {
      if (isProved) return;
      isProved = true;
      details.open = false;
      const { host } = new URL(url.value);
      findElement('connected-to', HTMLElement).textContent = `${device.value} at ${host}`;
    },
    askForKey(): void {
      isProved = false;
      details.open = true;
      key.focus();
    },
  };
};
