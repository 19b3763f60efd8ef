import { diag, DiagConsoleLogger, trace, type TracerProvider } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { isTracingOff } from './tracing-off.ts';

const apiGlobals = Symbol.for('opentelemetry.js.api.1');

// In this order: what the API keeps for the process cannot be taken back as a whole.
test('nothing was ever registered: tracing is off, and asking registers nothing', () => {
  expect(apiGlobals in globalThis).toBe(false);

  expect(isTracingOff(trace.getTracer('off'))).toBe(true);
  expect(apiGlobals in globalThis).toBe(false);
});

test('a logger was registered and no provider: tracing is off', () => {
  diag.setLogger(new DiagConsoleLogger());

  // Where this fails, the API keeps its globals elsewhere, and tracing would count as off for ever.
  expect(apiGlobals in globalThis).toBe(true);
  expect(isTracingOff(trace.getTracer('off'))).toBe(true);
});

test('a provider was registered: tracing is on', () => {
  const provider: TracerProvider = { getTracer: () => trace.getTracer('any') };
  const early = trace.getTracer('early');

  trace.setGlobalTracerProvider(provider);

  expect(isTracingOff(early)).toBe(false);
});
