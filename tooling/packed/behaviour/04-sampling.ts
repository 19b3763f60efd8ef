import assert from 'node:assert/strict';
import { withSpan } from '@llm-otel/core';
import { trace } from '@opentelemetry/api';
import { observed, test } from './support.ts';

const errorsOnly = {
  version: 1,
  rules: [
    { name: 'errors', when: { error: true }, keep: 'all' },
    { name: 'rest', keep: 'none' },
  ],
} as const;

test('a trace with an error is kept whole and one without is left out, both counted', async () => {
  const { spans, ledger } = await observed({ sampling: errorsOnly }, () => {
    const tracer = trace.getTracer('app');
    const root = (name: string, fails: boolean): void =>
      withSpan(tracer, name, {}, () =>
        withSpan(tracer, `${name} child`, {}, (child) => {
          if (fails) child.setStatus({ code: 2, message: 'broken' });
        }),
      );
    root('good', false);
    root('bad', true);
  });

  assert.deepEqual(spans.map(({ name }) => name).toSorted(), ['bad', 'bad child']);
  assert.equal(ledger.ended, 4);
  assert.deepEqual(ledger.sampledOut, { rest: 2 });
});

test('a ratio keeps or drops whole traces', async () => {
  const { spans } = await observed(
    { sampling: { version: 1, rules: [{ name: 'some', keep: { ratio: 0.5 } }] } },
    () => {
      const tracer = trace.getTracer('app');
      for (let index = 0; index < 200; index++)
        withSpan(tracer, 'root', {}, () => withSpan(tracer, 'child', {}, () => undefined));
    },
  );

  const byTrace = Map.groupBy(spans, ({ traceId }) => traceId);
  // 200 fair coins: fewer than 50 or more than 150 heads has a chance below one in 10^12.
  assert.ok(byTrace.size >= 50 && byTrace.size <= 150, `${byTrace.size} of 200 traces`);
  assert.ok([...byTrace.values()].every((trace) => trace.length === 2));
});
