import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sketchSpans, type Sketch } from '../../test/traces.ts';
import { printTree } from './print-tree.ts';
import { descend, spanTree, type SpanNode } from './span-tree.ts';

test('spans are put together by their parent ids, children by start time', () => {
  const spans = sketchSpans({ name: 'run', children: [{ name: 'chat' }, { name: 'tool' }] });

  const { roots, orphans } = spanTree(spans.toReversed());

  expect(roots.map(({ span }) => span.name)).toEqual(['run']);
  expect(roots[0]?.children.map(({ span }) => span.name)).toEqual(['chat', 'tool']);
  expect(roots[0]?.children[0]?.parent).toBe(roots[0]);
  expect(orphans).toEqual([]);
});

test('a span whose parent is missing is an orphan and keeps its children', () => {
  const spans = sketchSpans({
    name: 'run',
    children: [{ name: 'step', children: [{ name: 'chat' }] }],
  });

  const { roots, orphans } = spanTree(spans.slice(1));

  expect(roots).toEqual([]);
  expect(orphans.map(({ span }) => span.name)).toEqual(['step']);
  expect(orphans[0]?.children).toHaveLength(1);
});

test('a span with a parent in another process is a root, unless that parent is here too', () => {
  const [client, server] = sketchSpans({
    name: 'client',
    children: [{ name: 'server', flags: 0x301 }],
  });

  expect(spanTree([server!]).roots).toHaveLength(1);
  expect(spanTree([client!, server!]).roots.map(({ span }) => span.name)).toEqual(['client']);
});

test('spans of several traces do not mix, even with equal span ids', () => {
  const [first] = sketchSpans({ name: 'a' });
  const [second] = sketchSpans({ name: 'b', traceId: 'f'.repeat(32) });

  const { roots, duplicates } = spanTree([first!, second!]);

  expect(roots).toHaveLength(2);
  expect(duplicates).toEqual([]);
});

test('a span that comes twice is reported and left out', () => {
  const [span] = sketchSpans({ name: 'run' });

  const { roots, duplicates } = spanTree([span!, span!]);

  expect(roots).toHaveLength(1);
  expect(duplicates.map(({ name }) => name)).toEqual(['run']);
});

test('parents that form a ring end in an orphan, not in an endless loop', () => {
  const [a, b] = sketchSpans({ name: 'a' }, { name: 'b' });
  const ring = [
    { ...a!, parentSpanId: b!.spanId },
    { ...b!, parentSpanId: a!.spanId },
  ];

  const { roots, orphans } = spanTree(ring);

  expect(roots).toEqual([]);
  expect(orphans.map(({ span }) => span.name)).toEqual(['b']);
  expect(spanTree([{ ...a!, parentSpanId: a!.spanId }]).orphans).toHaveLength(1);
});

test('whatever the parents, every span is in the tree exactly once', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(12)), { maxLength: 12 }), (parents) => {
      const flat = sketchSpans(...parents.map((_, index): Sketch => ({ name: `span ${index}` })));
      const spans = flat.map((span, index) => {
        const parent = parents[index];
        const parentSpanId = (n: number): string => (n + 1).toString(16).padStart(16, '0');
        return Object.assign(span, {
          parentSpanId: parent === null || parent === undefined ? undefined : parentSpanId(parent),
        });
      });

      const { roots, orphans } = spanTree(spans);
      const reached: SpanNode[] = [...roots, ...orphans].flatMap((node) =>
        Array.from(descend(node)),
      );

      expect(reached.map(({ span }) => span.name).toSorted()).toEqual(
        spans.map(({ name }) => name).toSorted(),
      );
    }),
  );
});

test('a tree prints as indented text', () => {
  const spans = sketchSpans({
    name: 'run',
    children: [
      {
        name: 'chat gpt',
        kind: 2,
        status: { code: 2, message: 'quota' },
        attributes: { 'gen_ai.request.model': 'gpt', big: 2n ** 60n, list: [1, { a: null }] },
        children: [{ name: 'lost', kind: 9, status: { code: 7 } }],
      },
    ],
  });

  expect(printTree(spanTree(spans))).toBe(`- run (internal, 1.5 ms)
  - chat gpt (client, 1.5 ms, error, 'quota')
      gen_ai.request.model = 'gpt'
      big = 1152921504606846976n
      list = [ 1, { a: null } ]
    - lost (unspecified, 1.5 ms, unknown)`);
  expect(printTree(spanTree([spans[1]!, spans[2]!, spans[2]!]), { attributes: false }))
    .toBe(`orphan, its parent 0000000000000001 is missing:
  - chat gpt (client, 1.5 ms, error, 'quota')
    - lost (unspecified, 1.5 ms, unknown)
duplicate: lost (span id 0000000000000003)`);
  expect(printTree(spanTree([]))).toBe('(no spans)');
});
