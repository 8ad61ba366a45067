import type { Problem } from '../reply.ts';
import { TYPE, toInstant } from '../values.ts';

/** An event as the service sends it. */
export const toEvent = (deviceID: string, value: unknown) => ({
  deviceID,
  eventType: TYPE,
  date: toInstant(0),
  value,
});

/** A problem with two errors. */
export const toProblem = (type: string, status: number, code = 'format'): Problem => ({
  type,
  title: 'Title',
  status,
  detail: 'Detail',
  requestId: '0c8a7e5e-7b0a-4a53-b4d4-3b8a2f9d5c11',
  errors: [
    { code, pointer: '/date', detail: 'is wrong' },
    { code, parameter: 'deviceID', detail: 'is wrong' },
  ],
});
