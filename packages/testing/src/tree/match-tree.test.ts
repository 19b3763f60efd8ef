import { AssertionError } from 'node:assert';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sketchSpans, type Sketch } from '../../test/traces.ts';
import { expectTree, findSpan, matchSpan, matchTree } from './match-tree.ts';
import { spanMatchers, type SpanMatchers } from './span-matchers.ts';
import type { SpanPattern } from './span-pattern.ts';
import { spanTree } from './span-tree.ts';

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void>, T> extends SpanMatchers<R> {}
}

const chat: Sketch = {
  name: 'chat gpt',
  kind: 2,
  attributes: { model: 'gpt', tokens: 42, messages: [{ role: 'user' }] },
  events: [{ name: 'first token', timeUnixNano: 1n, attributes: {}, droppedAttributesCount: 0 }],
};
const failed: Sketch = { name: 'search', status: { code: 2, message: 'no index' } };
const run = sketchSpans({ name: 'run', children: [chat, failed] });

const problems = (...patterns: SpanPattern[]): readonly string[] =>
  matchTree(run, ...patterns).problems;
const siblings = (...names: string[]): ReturnType<typeof sketchSpans> =>
  sketchSpans({ name: 'run', children: names.map((name) => ({ name })) });

test('a tree fits a pattern that names what matters', () => {
  expectTree(run, {
    name: /^run$/g,
    kind: 'internal',
    status: 'unset',
    children: [
      {
        name: 'chat gpt',
        kind: 2,
        attributes: {
          model: /^g/,
          tokens: (tokens: number) => tokens > 40,
          messages: [{ role: 'user' }],
          absent: undefined,
        },
        events: [/first/],
        children: [],
      },
      { name: 'search', status: { code: 'error', message: /index/ } },
    ],
  });
});

test('what is not in the pattern is not looked at', () => {
  expect(problems({ name: 'run' })).toEqual([]);
});

test('every difference is named with the way to its span', () => {
  const atLeast = (tokens: number): boolean => tokens > 100;

  expect(
    problems({
      name: 'run',
      kind: 'client',
      children: [
        {
          name: 'chat gpt',
          kind: 1,
          attributes: { model: 'claude', tokens: atLeast, other: 'x', messages: undefined },
          events: ['last token'],
          status: 'ok',
        },
        { name: 'search', status: { code: 'error', message: 'full' }, children: [{ name: 'a' }] },
      ],
    }),
  ).toEqual([
    'run: kind is internal, wanted client',
    'run > chat gpt: kind is client, wanted server',
    'run > chat gpt: status is unset, wanted ok',
    "run > chat gpt: attribute model is 'gpt', wanted 'claude'",
    'run > chat gpt: attribute tokens is 42, wanted what atLeast accepts',
    "run > chat gpt: attribute other is missing, wanted 'x'",
    "run > chat gpt: attribute messages is [ { role: 'user' } ], wanted none",
    "run > chat gpt: event 'last token' is missing (events: [ 'first token' ])",
    "run > search: status message is 'no index', wanted 'full'",
    'run > search: child a is missing',
  ]);
});

describe('children', () => {
  test('a missing and an unexpected one are told apart', () => {
    const match = matchTree(siblings('plan', 'chat', 'tool'), {
      name: 'run',
      children: [{ name: 'plan' }, { name: 'tool' }, { name: 'answer' }],
    });

    expect(match.problems).toEqual([
      'run: child answer is missing',
      'run: child chat is unexpected',
    ]);
  });

  test('the order of their start counts', () => {
    const children = [{ name: 'b' }, { name: 'a' }];

    expect(matchTree(siblings('a', 'b'), { name: 'run', children }).problems).toEqual([
      'run: child b is in another place',
    ]);
    expect(matchTree(siblings('a', 'b'), { name: 'run', children, anyOrder: true }).matches).toBe(
      true,
    );
  });

  test('more of them are allowed on demand, in order still', () => {
    const spans = siblings('a', 'x', 'b', 'y');
    const pattern = (...names: string[]): SpanPattern => ({
      name: 'run',
      allowMore: true,
      children: names.map((name) => ({ name })),
    });

    expect(matchTree(spans, pattern('a', 'b')).matches).toBe(true);
    expect(matchTree(spans, pattern('b', 'a')).matches).toBe(false);
    expect(matchTree(spans, { ...pattern('b', 'a'), anyOrder: true }).matches).toBe(true);
    expect(matchTree(spans, pattern('a', 'c')).problems).toEqual(['run: child c is missing']);
  });

  test('the same pattern object may stand twice', () => {
    const a = { name: 'a' };

    expect(matchTree(siblings('a', 'a'), { name: 'run', children: [a, a] }).matches).toBe(true);
    expect(
      matchTree(siblings('a'), { name: 'run', children: [a, a], anyOrder: true }).matches,
    ).toBe(false);
  });

  test('in any order a wide pattern leaves its span to a narrow one', () => {
    const children = [{ name: /./ }, { name: /a|b/ }, { name: 'a' }];

    expect(
      matchTree(siblings('a', 'b', 'c'), { name: 'run', anyOrder: true, children }).matches,
    ).toBe(true);
  });

  test('in any order the closest span of that name is reported', () => {
    const spans = sketchSpans({
      name: 'run',
      children: [
        { name: 'chat', attributes: { turn: 1 } },
        { name: 'chat', attributes: { turn: 2 } },
      ],
    });
    const children = [
      { name: 'chat', attributes: { turn: 2 } },
      { name: 'chat', attributes: { turn: 3 } },
    ];

    expect(matchTree(spans, { name: 'run', anyOrder: true, children }).problems).toEqual([
      'run > chat: attribute turn is 1, wanted 3',
    ]);
  });

  test('a tree always fits the pattern made of itself, and no longer with a child more', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const { tree: sketch } = fc.letrec<{ tree: Sketch }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.record({ name }),
        fc.record({ name, children: fc.array(tie('tree'), { maxLength: 3 }) }),
      ),
    }));
    const patternOf = ({ name, children = [] }: Sketch, anyOrder: boolean): SpanPattern => ({
      name,
      anyOrder,
      children: children.map((child) => patternOf(child, anyOrder)),
    });

    fc.assert(
      fc.property(sketch, fc.boolean(), (root, anyOrder) => {
        const pattern = patternOf(root, anyOrder);
        const renamed = { ...root, children: [...(root.children ?? []), { name: 'z' }] };

        expect(matchTree(sketchSpans(root), pattern).problems).toEqual([]);
        expect(matchTree(sketchSpans(renamed), pattern).problems).toEqual([
          `${root.name}: child z is unexpected`,
        ]);
      }),
    );
  });
});

test('several roots need several patterns', () => {
  const spans = sketchSpans({ name: 'first' }, { name: 'second' });

  expect(matchTree(spans, { name: 'first' }, { name: 'second' }).matches).toBe(true);
  expect(matchTree(spans, { name: 'first' }).problems).toEqual(['root second is unexpected']);
  expect(matchTree([], { name: 'first' }).problems).toEqual(['root first is missing']);
});

test('orphans and duplicates never match', () => {
  const [, child] = sketchSpans({ name: 'run', children: [{ name: 'chat' }] });
  const [root] = sketchSpans({ name: 'run' });

  expect(matchTree([child!]).problems).toEqual([
    'chat: is an orphan, its parent 0000000000000001 is missing',
  ]);
  expect(matchTree([root!, root!], { name: 'run' }).problems).toEqual([
    'run: came twice (0000000000000001)',
  ]);
});

test('the failure prints the differences and the actual tree', () => {
  const failure = (): void => expectTree(spanTree(run), { name: 'run', children: [] });

  expect(failure).toThrow(AssertionError);
  expect(failure).toThrow(`the spans do not match:
  run: child chat gpt is unexpected
  run: child search is unexpected
actual spans:
  - run (internal, 1.5 ms)
    - chat gpt (client, 1.5 ms)
        model = 'gpt'
        tokens = 42
        messages = [ { role: 'user' } ]
    - search (internal, 1.5 ms, error, 'no index')`);
});

test('one span is found wherever it is', () => {
  expect(findSpan(run, { name: /^chat/, children: [] })?.parent?.span.name).toBe('run');
  expect(findSpan(run, { name: 'chat gpt', kind: 'server' })).toBeUndefined();
  expect(matchSpan(run, { name: 'search', status: 'ok' }).problems).toEqual([
    'search: status is error, wanted ok',
  ]);
  expect(matchSpan([], { name: 'search' }).message).toContain('there are no spans');
});

describe('matchers for expect.extend', () => {
  expect.extend(spanMatchers);

  test('a tree that fits passes, and fails when negated', () => {
    expect(run).toMatchSpanTree({ name: 'run' });
    expect(() => expect(run).not.toMatchSpanTree({ name: 'run' })).toThrow(
      /the spans match, and should not\nactual spans:\n {2}- run/,
    );
  });

  test('a tree that does not fit fails with the differences', () => {
    expect(() => expect(run).toMatchSpanTree({ name: 'walk' })).toThrow('root walk is missing');
  });

  test('toHaveSpan looks everywhere', () => {
    expect(run).toHaveSpan({ name: 'search', status: 'error' });
    expect(run).not.toHaveSpan({ name: 'plan' });
  });
});
