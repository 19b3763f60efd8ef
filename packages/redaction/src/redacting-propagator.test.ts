import {
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  type TextMapPropagator,
} from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { openAiKey } from '../test/made-secrets.ts';
import { redactingPropagator } from './redacting-propagator.ts';
import { createRedactor } from './redactor.ts';

/** Writes baggage as the W3C header does. */
const header: TextMapPropagator = {
  inject(context, carrier, setter) {
    const entries = propagation.getBaggage(context)?.getAllEntries() ?? [];
    const text = entries.map(([key, { value }]) => `${key}=${encodeURIComponent(value)}`).join(',');
    if (text !== '') setter.set(carrier, 'baggage', text);
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

test('reading, and the names of the headers, are those of the propagator behind', () => {
  const wrapped = redactingPropagator(createRedactor())(header);

  expect(wrapped.fields()).toEqual(['baggage']);
  expect(wrapped.extract(ROOT_CONTEXT, {}, { get: () => undefined, keys: () => [] })).toBe(
    ROOT_CONTEXT,
  );
  const off = createRedactor({ version: 1, enabled: false });
  expect(injected(off, { note: openAiKey })).toBe(`note=${openAiKey}`);
});
