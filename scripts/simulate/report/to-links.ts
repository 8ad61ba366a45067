import { isLoopback } from '../../shared/is-loopback.ts';

const SHOWN = 3;

/** Names some of the devices, and where to look at them: `npm start` serves the dashboard, a deployment does not. */
export const toLinks = (url: URL, devices: readonly { id: string }[]): string => {
  const dashboard = new URL('/dashboard/', url).href;
  const hasDashboard = isLoopback(url.hostname);
  const lines = devices
    .slice(0, SHOWN)
    .map(({ id }) => `  ${hasDashboard ? `${dashboard}#device=${id}` : id}`);
  const rest = devices.length > SHOWN ? `  and ${devices.length - SHOWN} more` : [];
  const head = hasDashboard ? `Look at them on ${dashboard}, such as` : 'Some of them are';
  return [head, ...lines, rest].flat().join('\n');
};
