import { ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { type NestedSpan, NestedSpans, noteCallBelow } from './nested-spans.ts';

const context = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };

/** As far as they are looked at, spans of the SDK. */
function openSpan(): Span & { ended: boolean } {
  return Object.assign(trace.wrapSpanContext(context), { ended: false });
}

function below(parent: Span): typeof ROOT_CONTEXT {
  return trace.setSpan(ROOT_CONTEXT, parent);
}

function depth(nested: NestedSpan | undefined): number {
  let spans = 0;
  for (let each = nested?.around; each !== undefined; each = each.around) spans++;
  return spans;
}

describe('spans that stand in one another', () => {
  test.each([1, 2, 5])(
    'are let go in an endless chain of which each begins in the one before, and %i are open at a time',
    (atATime) => {
      const spans = new NestedSpans();
      const open = [openSpan()];
      let deepest = 0;
      for (let n = 0; n < 1000; n++) {
        const span = openSpan();
        deepest = Math.max(deepest, depth(spans.started(span, below(open.at(-1)!))));
        open.push(span);
        if (open.length <= atATime) continue;
        const over = open.shift()!;
        over.ended = true;
        spans.ended(over);
      }
      expect(deepest).toBeLessThanOrEqual(atATime + 1);
    },
  );

  test('one that begins in a span that is over stands in the next one that is open', () => {
    const spans = new NestedSpans();
    const [outer, middle, inner] = [openSpan(), openSpan(), openSpan()];
    const between = spans.started(middle, below(outer));
    spans.ended(middle);
    const nested = spans.started(inner, below(middle));

    noteCallBelow(nested?.around, { usage: { inputTokens: 1 }, models: [], isAnswer: true });
    expect(spans.ended(outer).below.usage).toMatchObject({ inputTokens: 1 });
    expect(between?.below.usage).toBeUndefined();
  });

  test('spans of other processes, and those that were over before anything began in them, are none', () => {
    const spans = new NestedSpans();
    expect(spans.started(openSpan(), ROOT_CONTEXT)).toBeUndefined();
    expect(spans.started(openSpan(), below(trace.wrapSpanContext(context)))).toBeUndefined();
    expect(
      spans.started(openSpan(), below({ ...openSpan(), ended: true } as Span)),
    ).toBeUndefined();
  });
});
