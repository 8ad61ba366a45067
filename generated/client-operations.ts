// Made from openapi/openapi.yaml by scripts/generate.ts: do not edit.
export const operations = {
  listEvents: ['GET', '/events', 'query', [200]],
  addEvent: ['POST', '/events', 'body', [200, 201]],
  deleteEvents: ['DELETE', '/events', 'query', [200, 204]],
  addEvents: ['POST', '/events/batch', 'body', [207]],
  listLatestEvents: ['GET', '/events/latest', 'query', [200]],
  summarizeEvents: ['GET', '/events/summary', 'query', [200]],
  exportEvents: ['GET', '/events/export', 'query', [200]],
  streamEvents: ['GET', '/events/live', 'query', [200]],
  listDevices: ['GET', '/devices', 'query', [200]],
  getDevice: ['GET', '/devices/{deviceID}', undefined, [200]],
  deleteDevice: ['DELETE', '/devices/{deviceID}', undefined, [204]],
  listDeviceEventTypes: ['GET', '/devices/{deviceID}/event-types', 'query', [200]],
  getHealth: ['GET', '/health', undefined, [200]],
  getReadiness: ['GET', '/health/ready', undefined, [200]],
} as const;
