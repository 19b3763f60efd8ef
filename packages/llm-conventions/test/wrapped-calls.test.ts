import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { expect, test, vi } from 'vitest';
import { WrappedCalls, withWrappedCalls, wrappedCallsOf } from '../src/client/index.ts';
import { createGenAi } from '../src/index.ts';
import { recordSignals } from './record-signals.ts';

const ignored = (): void => undefined;

test('a client below a framework adds no span to its call, and works inside it', () => {
  const { tracer, spans } = recordSignals();
  const genAi = createGenAi({ tracer });
  const calls = new WrappedCalls();
  const outer = genAi.startInference({ provider: 'openai', model: 'm' });
  const close = calls.open('m', outer.context, ignored);

  const inside = withWrappedCalls(ROOT_CONTEXT, calls);
  const inner = context.with(inside, () =>
    genAi.startInference({ provider: 'openai', model: 'm' }),
  );
  expect(trace.getSpanContext(inner.context)).toEqual(outer.span.spanContext());
  inner.end();
  expect(spans()).toEqual([]);
  close();
  outer.end();

  // Over: what comes now is a call of its own.
  context.with(inside, () => genAi.startInference({ provider: 'openai', model: 'm' })).end();
  expect(spans()).toHaveLength(2);
});

test('each of several calls takes one; a retry belongs to the last; another model is none of them', () => {
  const calls = new WrappedCalls();
  const [first, second] = ['a', 'b'].map((name) => ROOT_CONTEXT.setValue(Symbol.for(name), name));
  calls.open('m', first ?? ROOT_CONTEXT, ignored);
  calls.open('m', second ?? ROOT_CONTEXT, ignored);

  expect([calls.claim('m'), calls.claim('m'), calls.claim('m')]).toEqual([first, second, second]);
  expect(calls.claim('other')).toBeUndefined();
  // Whoever does not say which model it is may be any.
  expect(calls.claim(undefined)).toBe(second);
});

test('who leaves is told, once', () => {
  const calls = new WrappedCalls();
  const leave = vi.fn<() => void>();
  calls.open('m', ROOT_CONTEXT, leave);

  calls.leaveAll();
  calls.leaveAll();

  expect(leave).toHaveBeenCalledTimes(1);
  expect(calls.claim('m')).toBeUndefined();
});

test('a context can be freed of them', () => {
  const inside = withWrappedCalls(ROOT_CONTEXT, new WrappedCalls());

  expect(wrappedCallsOf(inside)).toBeDefined();
  expect(wrappedCallsOf(withWrappedCalls(inside, undefined))).toBeUndefined();
});
