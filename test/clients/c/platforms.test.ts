import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { API_KEY, useLocalService } from '../../harness/local-service.ts';
import { hasCompiler, hasCppCompiler, run, SANITIZERS, useCompiler } from './compiler.ts';

// Without a network first, then three batches.
const OUTCOMES = 'no network\ndone\ndone\ndone\n';

const service = useLocalService();
const compiler = useCompiler();

describe.skipIf(!hasCompiler)('a platform of the C client', () => {
  const start = (program: string) => {
    const deviceID = randomUUID();
    return run(program, [service.url(), deviceID], { API_KEY });
  };

  it.skipIf(!hasCppCompiler)('keeps the connection of an ESP32, and bounds TLS', async () => {
    const program = await compiler.compileCpp(
      ['test/esp32.cpp'],
      ['-Itest/arduino-stubs', '-Iplatforms', '-I.', '-include', 'Arduino.h'],
    );

    await expect(start(program)).resolves.toBe(`${OUTCOMES}1 connections, 15 s for TLS\n`);
  });

  it('keeps the connection of FreeRTOS', async () => {
    const sources = [
      'test/freertos.c',
      'platforms/freertos_platform.c',
      'test/posix_transport.c',
      'iot_events_http.c',
    ];
    const flags = [...SANITIZERS, '-Itest/freertos-stubs', '-I.'];
    const program = await compiler.compileProgram(sources, flags);

    await expect(start(program)).resolves.toBe(`${OUTCOMES}1 connections\n`);
  });
});
