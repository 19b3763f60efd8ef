// What a JavaScript application may pass where something else is meant.
import { diag } from '@opentelemetry/api';
import { expect, test, vi } from 'vitest';
import {
  baggageItem,
  bindEmitter,
  copyBaggageToSpans,
  injectCloudEvent,
  injectEnvelope,
  injectMessage,
  loadB3Propagator,
  propagatorByHost,
  w3cBaggagePropagator,
  w3cPropagator,
  w3cTraceContextPropagator,
} from './index.ts';

const hosts = ['a.internal'];
const trusted = w3cPropagator();

test.each<[string, (options: never) => unknown, unknown]>([
  [
    'copyBaggageToSpans.keyz is not an option: did you mean copyBaggageToSpans.keys?',
    copyBaggageToSpans,
    { keyz: [] },
  ],
  ['copyBaggageToSpans.items is [5]: use a list of what', copyBaggageToSpans, { items: [5] }],
  ['copyBaggageToSpans.items is "a": use a list', copyBaggageToSpans, { items: 'a' }],
  ['options of copyBaggageToSpans is undefined: use an object', copyBaggageToSpans, undefined],
  ['options of copyBaggageToSpans is "a list": use an object', copyBaggageToSpans, ['session.id']],
  ['w3cPropagator.baggageKeyz is not an option', w3cPropagator, { baggageKeyz: [] }],
  ['options of w3cPropagator is null: use an object', w3cPropagator, null],
  ['w3cBaggagePropagator.keys is not an option', w3cBaggagePropagator, { keys: [] }],
  ['w3cTraceContextPropagator.random is not an', w3cTraceContextPropagator, { random: true }],
  ['propagatorByHost.host is not an option', propagatorByHost, { host: 'a', hosts, trusted }],
  ['propagatorByHost.trusted is undefined: use a propagator', propagatorByHost, { hosts }],
  ['options of propagatorByHost is undefined', propagatorByHost, undefined],
  ['options of baggageItem is undefined', baggageItem, undefined],
])('%s', (message, make, options) => {
  expect(() => make(options as never)).toThrow(message);
});

test('an encoding of B3 under another name is told', async () => {
  await expect(loadB3Propagator({ encodings: 'multi' } as never)).rejects.toThrow(
    'loadB3Propagator.encodings is not an option: did you mean loadB3Propagator.encoding?',
  );
});

test.each<object>([
  new Date(0),
  /x/,
  new URL('http://a.internal'),
  new Map(),
  new Error('e'),
  Object('text') as object,
  new Uint8Array(1),
  [1],
])('%s is passed on as it is, and can be used', (message) => {
  for (const sent of [
    injectEnvelope(message),
    injectCloudEvent(message),
    injectMessage('kafka', message),
  ]) {
    expect(sent).toBe(message);
    expect(() => JSON.stringify(sent)).not.toThrow();
  }
});

test.each<object>([
  {
    get [Symbol.toStringTag](): string {
      throw new Error('no name');
    },
  },
  {
    get body(): string {
      throw new Error('no body');
    },
  },
])('what cannot be copied is passed on as it is', (message) => {
  expect(injectEnvelope(message)).toBe(message);
  expect(injectCloudEvent(message)).toBe(message);
  expect(injectMessage('kafka', message)).toBe(message);
});

test('what is no emitter is passed on as it is, and told once', () => {
  const warn = vi.fn<(message: string) => void>();
  diag.setLogger({ error: warn, warn, info: warn, debug: warn, verbose: warn });
  warn.mockClear();
  try {
    for (const emitter of [null, undefined, 5, {}])
      expect(bindEmitter(emitter as never)).toBe(emitter);
  } finally {
    diag.disable();
  }

  expect(warn).toHaveBeenCalledOnce();
  expect(warn.mock.calls[0]?.[0]).toContain('it has no method on: pass an EventEmitter');
});
