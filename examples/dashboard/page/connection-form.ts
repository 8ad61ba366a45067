import type { Connection } from '../service/connection.ts';
import { deployedUrl } from '../service/deployed-url.ts';
import { findElement } from './element.ts';

/** Creates the form for key and base URL. It closes after the first successful read. */
export const createConnectionForm = (onConnect: (entered: Connection) => void) => {
  const key = findElement('key', HTMLInputElement);
  const url = findElement('url', HTMLInputElement);
  const details = findElement('connection', HTMLDetailsElement);
  // Close the form once only, not while the viewer edits it later.
  let hasConnected = false;
  const deployed = deployedUrl();
  // A deployed page belongs to one API: its content security policy allows no other.
  if (deployed) url.closest('label')?.setAttribute('hidden', '');
  url.value = deployed ?? location.origin;
  findElement('connect', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    hasConnected = false;
    onConnect({ key: key.value, url: url.value });
  });
  return {
    fill(connection: Connection): void {
      key.value = connection.key;
      url.value = connection.url;
    },
    connected(): void {
      if (hasConnected) return;
      hasConnected = true;
      details.open = false;
      findElement('connected-to', HTMLElement).textContent = `to ${new URL(url.value).host}`;
    },
    askForKey(): void {
      hasConnected = false;
      details.open = true;
      key.focus();
    },
  };
};
