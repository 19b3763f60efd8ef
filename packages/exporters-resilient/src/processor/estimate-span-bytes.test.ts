import type { Attributes } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { makeSpan } from '../../test/fixtures/spans.ts';
import { estimateSpanBytes } from './estimate-span-bytes.ts';

const bare = estimateSpanBytes(makeSpan({ attributes: {} }));
const extra = (attributes: unknown): number =>
  estimateSpanBytes(makeSpan({ attributes: attributes as Attributes })) - bare;

test('text counts two bytes a character', () => {
  expect(extra({ prompt: 'x'.repeat(1000) })).toBe(64 + 2000);
});

test('bytes, lists and maps count with what they hold', () => {
  expect(extra({ raw: new Uint8Array(1000) })).toBeGreaterThan(1000);
  expect(extra({ list: ['x'.repeat(500), 'y'.repeat(500)] })).toBeGreaterThan(2000);
  expect(extra({ map: { deep: { text: 'x'.repeat(500) } } })).toBeGreaterThan(1000);
});

const message = (text: string): unknown => ({
  role: 'user',
  parts: [{ type: 'text', content: text }],
});
const history = (short: number, long: number): unknown[] => [
  ...Array.from({ length: short }, () => message('short')),
  ...Array.from({ length: long }, () => message('x'.repeat(20_000))),
];

test.each([
  ['messages', history(80, 20), 20],
  ['very many messages', history(2000, 20), 20],
  ['texts', [...Array.from({ length: 300 }, () => 'short'), 'x'.repeat(400_000)], 20],
  [
    'more texts than parts are looked at',
    [...Array.from({ length: 100_000 }, () => ''), 'x'.repeat(400_000)],
    20,
  ],
  [
    'a map',
    Object.fromEntries([
      ...Array.from({ length: 300 }, (_, i) => [`k${i}`, 'short']),
      ['last', 'x'.repeat(400_000)],
    ]),
    20,
  ],
])('what grows towards its end counts with its end: %s', (_name, list, texts) => {
  expect(extra({ list })).toBeGreaterThan(texts * 40_000);
});

test('a list of very many lists goes on as the largest of them', () => {
  const bytes = extra({ list: Array.from({ length: 50_000 }, () => ['x'.repeat(50)]) });

  expect(bytes).toBeGreaterThan(0.9 * 50_000 * 228);
  expect(bytes).toBeLessThan(1.1 * 50_000 * 228);
});

test('a value that holds itself ends', () => {
  const cyclic: unknown[] = [];
  cyclic.push(cyclic, cyclic);

  expect(Number.isFinite(extra({ cyclic }))).toBe(true);
});

test('events, links and the status message count', () => {
  const context = makeSpan().spanContext();
  const attributes = { text: 'x'.repeat(100) };
  const events = [{ name: 'e', time: [1, 0] as [number, number], attributes }];

  expect(estimateSpanBytes(makeSpan({ events })) - bare).toBeGreaterThan(200);
  expect(estimateSpanBytes(makeSpan({ links: [{ context, attributes }] })) - bare).toBeGreaterThan(
    200,
  );
  expect(
    estimateSpanBytes(makeSpan({ status: { code: 2, message: 'x'.repeat(100) } })) - bare,
  ).toBeGreaterThan(200);
});
