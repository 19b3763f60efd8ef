import {
  baggageEntryMetadataFromString,
  createTraceState,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { openAiKey } from '../test/made-secrets.ts';
import { redactingPropagator } from './redacting-propagator.ts';
import { createRedactor } from './redactor.ts';

/** Writes baggage and trace state as the W3C headers do. */
const header: TextMapPropagator = {
  inject(context, carrier, setter) {
    const entries = propagation.getBaggage(context)?.getAllEntries() ?? [];
    const text = entries
      .map(([key, { value, metadata }]) =>
        [`${key}=${encodeURIComponent(value)}`, ...(metadata ? [metadata.toString()] : [])].join(
          ';',
        ),
      )
      .join(',');
    if (text !== '') setter.set(carrier, 'baggage', text);
    const state = trace.getSpanContext(context)?.traceState?.serialize() ?? '';
    if (state !== '') setter.set(carrier, 'tracestate', state);
  },
  extract: (context) => context,
  fields: () => ['baggage'],
};

function injected(redactor = createRedactor(), entries: Record<string, string>): string {
  const values = Object.entries(entries).map(([key, value]) => [key, { value }]);
  const baggage = propagation.createBaggage(Object.fromEntries(values));
  const carrier: Record<string, string> = {};
  const context = propagation.setBaggage(ROOT_CONTEXT, baggage);
  redactingPropagator(redactor)(header).inject(context, carrier, defaultTextMapSetter);
  return decodeURIComponent(carrier.baggage ?? '');
}

describe('baggage that is about to be injected', () => {
  test('loses its secrets and keeps the rest', () => {
    expect(injected(createRedactor(), { tenant: 'acme', note: openAiKey, api_key: 'x1' })).toBe(
      'tenant=acme,note=[REDACTED:openai_api_key],api_key=[REDACTED:sensitive_key]',
    );
  });

  test('loses an entry whose key is a secret, or of which nothing is left', () => {
    const removing = createRedactor({ version: 1, actions: { default: 'remove' } });

    expect(injected(removing, { tenant: 'acme', note: openAiKey, [openAiKey]: 'x' })).toBe(
      'tenant=acme',
    );
  });

  test('stays as it is in the process', () => {
    const baggage = propagation.createBaggage({ note: { value: openAiKey } });
    const context = propagation.setBaggage(ROOT_CONTEXT, baggage);
    redactingPropagator(createRedactor())(header).inject(context, {}, defaultTextMapSetter);

    expect(propagation.getBaggage(context)?.getEntry('note')?.value).toBe(openAiKey);
  });

  test('does not leave at all when it cannot be read', () => {
    const redactor = createRedactor();
    const context = propagation.setBaggage(ROOT_CONTEXT, {
      ...propagation.createBaggage({ a: { value: openAiKey } }),
      getAllEntries: () => {
        throw new Error('unreadable');
      },
    });
    const carrier = {};
    redactingPropagator(redactor)(header).inject(context, carrier, defaultTextMapSetter);

    expect(carrier).toEqual({});
    expect(redactor.report().failed).toBe(1);
  });
});

describe('properties of an entry', () => {
  function injectedWith(properties: string): string | undefined {
    const metadata = baggageEntryMetadataFromString(properties);
    const baggage = propagation.createBaggage({ tenant: { value: 'acme', metadata } });
    const carrier: Record<string, string> = {};
    const context = propagation.setBaggage(ROOT_CONTEXT, baggage);
    redactingPropagator(createRedactor())(header).inject(context, carrier, defaultTextMapSetter);
    expect(baggage.getEntry('tenant')?.metadata).toBe(metadata);
    return carrier.baggage;
  }

  test('stay as they are when they hold nothing to hide', () => {
    expect(injectedWith('ttl=30;tier=gold; flag')).toBe('tenant=acme;ttl=30;tier=gold; flag');
  });

  test('go one by one when they do', () => {
    expect(injectedWith(`ttl=30;password=letmein;tier=gold;${openAiKey}`)).toBe(
      'tenant=acme;ttl=30;tier=gold',
    );
    expect(injectedWith(`note=${openAiKey}`)).toBe('tenant=acme');
  });
});

describe('the trace state that is about to be injected', () => {
  function injectedState(state: string, redactor = createRedactor()): unknown {
    const spanContext = {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      traceFlags: 1,
      traceState: createTraceState(state),
    };
    const carrier: Record<string, string> = {};
    const context = trace.setSpanContext(ROOT_CONTEXT, spanContext);
    redactingPropagator(redactor)(header).inject(context, carrier, defaultTextMapSetter);
    expect(spanContext.traceState.serialize()).toBe(state);
    return carrier.tracestate;
  }

  test('loses the members that hold something to hide, and stays a list', () => {
    expect(injectedState(`ot=th:c,key=${openAiKey},congo=t61rcWkgMzE`)).toBe(
      'ot=th:c,congo=t61rcWkgMzE',
    );
    expect(injectedState(`key=${openAiKey}`)).toBeUndefined();
  });

  test('is that of the span when redaction is off', () => {
    const off = createRedactor({ version: 1, enabled: false });
    expect(injectedState(`key=${openAiKey}`, off)).toBe(`key=${openAiKey}`);
  });
});

test('reading, and the names of the headers, are those of the propagator behind', () => {
  const wrapped = redactingPropagator(createRedactor())(header);

  expect(wrapped.fields()).toEqual(['baggage']);
  expect(wrapped.extract(ROOT_CONTEXT, {}, { get: () => undefined, keys: () => [] })).toBe(
    ROOT_CONTEXT,
  );
  const off = createRedactor({ version: 1, enabled: false });
  expect(injected(off, { note: openAiKey })).toBe(`note=${openAiKey}`);
});
