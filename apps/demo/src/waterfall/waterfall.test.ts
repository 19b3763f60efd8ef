import { expect, test } from 'vitest';
import { ansiPaint, noPaint } from './paint.ts';
import { traceTrees, type TraceSpan } from './trace-tree.ts';
import { waterfall } from './waterfall.ts';

const MS = 1_000_000n;

function span(
  id: string,
  parent: string,
  name: string,
  from: number,
  to: number,
  more: Partial<TraceSpan> = {},
): TraceSpan {
  return {
    traceId: 't',
    spanId: id,
    parentSpanId: parent,
    name,
    service: 'desk',
    startNanos: BigInt(from) * MS,
    endNanos: BigInt(to) * MS,
    attributes: {},
    linkedSpanIds: [],
    ...more,
  };
}

const SPANS = [
  span('1', '', 'invoke_workflow answer_ticket', 0, 1000),
  span('3', '1', 'invoke_agent writer', 500, 1000),
  span('2', '1', 'execute_tool currency_rate_of_the_day', 100, 200, {
    error: { type: 'ECONNREFUSED', message: 'connect\nrefused' },
  }),
  span('4', '3', 'chat claude-haiku-4-5', 500, 900, {
    attributes: {
      'gen_ai.usage.input_tokens': 1204,
      'gen_ai.usage.output_tokens': 310,
      'llm_otel.cost.micro_usd': 2754,
      'gen_ai.response.time_to_first_chunk': 0.2,
    },
  }),
  span('5', '1', 'process refunds', 950, 1000, { service: 'worker', linkedSpanIds: ['2'] }),
];

for (const columns of [70, 80, 100, 140]) {
  test(`no line is wider than ${columns} columns`, () => {
    const lines = waterfall(SPANS, { columns, paint: noPaint });

    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
  });
}

test('children stand below their parent in order of their start', () => {
  const names = waterfall(SPANS, { columns: 140, paint: noPaint })
    .slice(1, -1)
    .map((line) => line.split(/ {2,}[░█]/)[0]);

  expect(names).toEqual([
    'invoke_workflow answer_ticket',
    '├─ execute_tool currency_rate_of_the_day',
    '│    ✗ ECONNREFUSED: connect refused',
    '├─ invoke_agent writer',
    '│  └─ chat claude-haiku-4-5',
    '└─ process refunds [worker]',
    '     ↪ linked to execute_tool currency_rate_of_the_day',
  ]);
});

test('a model call shows tokens, cost and the time to the first token', () => {
  const line = waterfall(SPANS, { columns: 80, paint: noPaint }).find((text) =>
    text.includes('chat'),
  );

  expect(line).toMatch(/░+█+ +400 ms +200 ms +1204→310 +\$0\.0028$/);
});

test('a span without figures shows none: unknown is absent, not zero', () => {
  const line = waterfall(SPANS, { columns: 80, paint: noPaint }).find((text) =>
    text.includes('writer'),
  );

  expect(line).toMatch(/500 ms$/);
});

test('the last line sums tokens and cost, and counts services and errors', () => {
  expect(waterfall(SPANS, { columns: 80, paint: noPaint }).at(-1)).toBe(
    '5 spans · 2 services · 1.00 s · 1 error · tokens 1204→310 · cost $0.0028',
  );
});

test('an error stands on one line whatever its message holds', () => {
  const line = waterfall(SPANS, { columns: 80, paint: noPaint }).find((text) => text.includes('✗'));

  expect(line).toContain('✗ ECONNREFUSED: connect refused');
});

test('colour changes no character of the text', () => {
  const painted = waterfall(SPANS, { columns: 100, paint: ansiPaint }).join('\n');

  // oxlint-disable-next-line no-control-regex
  expect(painted.replaceAll(/\u001B\[\d+m/g, '')).toBe(
    waterfall(SPANS, { columns: 100, paint: noPaint }).join('\n'),
  );
});

test('a span whose parent did not arrive becomes a root and is reported as an orphan', () => {
  const orphan = span('9', 'gone', 'lost', 0, 1);

  expect(traceTrees([orphan])[0]?.orphan).toBe(true);
  expect(waterfall([orphan], { columns: 80, paint: noPaint }).at(-1)).toContain('1 orphans');
});

test('an empty trace says so', () => {
  expect(waterfall([], { columns: 80, paint: noPaint })).toEqual(['no spans']);
});
