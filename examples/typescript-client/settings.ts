/** Where the service is, and which device this is; each can be set in the environment. */
export const settings = {
  baseUrl: process.env.BASE_URL ?? 'http://localhost:8080',
  apiKey: process.env.API_KEY ?? 'local-development-key',
  deviceID: process.env.DEVICE_ID ?? '8f188304-e7b3-4a16-a243-b9470468478a',
  intervalMs: Number(process.env.INTERVAL_MS ?? 1000),
};

/** The type of the device's events; each has a number. */
export const EVENT_TYPE = 'free_memory_mb';
