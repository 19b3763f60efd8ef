import type { ReadableLogRecord, ReadableSpan } from '@llm-otel/core';
import { expect, test } from 'vitest';
import { cutLogAttributes, cutSpanAttributes } from './attribute-lengths.ts';

const long = 'x'.repeat(100);
const cut = 'x'.repeat(80);
const spanOf = (members: object): ReadableSpan =>
  ({
    attributes: {},
    events: [],
    links: [],
    resource: { attributes: {} },
    ...members,
  }) as unknown as ReadableSpan;

test('values of spans, of their events and of their links are cut, and nothing else is', () => {
  const context = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };
  const span = spanOf({
    name: long,
    attributes: { text: long, list: [long, 'short'], count: 7 },
    events: [{ name: long, time: [0, 0], attributes: { text: long } }],
    links: [{ context, attributes: { text: long } }, { context }],
    status: { code: 2, message: long },
    resource: { attributes: { text: long } },
    instrumentationScope: { name: long },
  });

  expect(cutSpanAttributes(80).transform(span)).toMatchObject({
    name: long,
    attributes: { text: cut, list: [cut, 'short'], count: 7 },
    events: [{ name: long, attributes: { text: cut } }],
    links: [{ context, attributes: { text: cut } }, { context }],
    status: { code: 2, message: long },
    resource: { attributes: { text: long } },
    instrumentationScope: { name: long },
  });
  expect(span.attributes['text']).toBe(long);
});

test('values of log records are cut at any depth, and bodies are not', () => {
  const record = {
    body: { text: long },
    attributes: { text: long, map: { list: [{ text: long }, 7] }, bytes: new Uint8Array(100) },
    resource: { attributes: { text: long } },
  } as unknown as ReadableLogRecord;

  expect(cutLogAttributes(80).transform(record)).toMatchObject({
    body: { text: long },
    attributes: { text: cut, map: { list: [{ text: cut }, 7] }, bytes: new Uint8Array(80) },
    resource: { attributes: { text: long } },
  });
});

test('what is not longer is the same object', () => {
  const span = spanOf({ attributes: { text: cut, list: [cut] }, events: [{ name: 'e' }] });
  const record = { body: long, attributes: { map: { text: cut } } } as unknown as ReadableLogRecord;

  expect(cutSpanAttributes(80).transform(span)).toBe(span);
  expect(cutLogAttributes(80).transform(record)).toBe(record);
});

test('no cut goes through a placeholder, and a value within itself ends', () => {
  const attributes: Record<string, unknown> = {
    text: `${'x'.repeat(70)} [REDACTED:openai_api_key] y`,
    __proto__: null,
  };
  attributes['self'] = attributes;

  const { attributes: left } = cutLogAttributes(80).transform({
    attributes,
  } as unknown as ReadableLogRecord);

  expect(left['text']).toBe(`${'x'.repeat(70)} `);
});
