import { afterEach, expect, test, vi } from 'vitest';

// API 1.9 has no logs of its own: `@opentelemetry/api-logs` keeps the provider for every copy of itself to find.
const KEY = Symbol.for('io.opentelemetry.js.api.logs');

afterEach(() => {
  Reflect.deleteProperty(globalThis, KEY);
  vi.doUnmock('@opentelemetry/api');
  vi.resetModules();
});

test('beside API 1.9 the provider that api-logs keeps is used', async () => {
  vi.doMock('@opentelemetry/api', async (original) => ({
    ...(await original<object>()),
    logs: undefined,
  }));
  const { globalLoggerProvider } = await import('../src/logger-provider.ts');
  expect(globalLoggerProvider()).toBeUndefined();
  const provider = { getLogger: () => ({ emit: () => undefined }) };

  Reflect.set(globalThis, KEY, (version: number) => (version === 1 ? provider : undefined));

  expect(globalLoggerProvider()).toBe(provider);
});
