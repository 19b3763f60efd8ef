import { type Context, createContextKey, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SmallContext } from './small-context.ts';

const keys = ['a', 'b', 'c', 'd'].map(createContextKey);
const key = fc.constantFrom(...keys);
const steps = fc.array(
  fc.oneof(
    fc.record({ set: key, value: fc.oneof(fc.nat(9), fc.constant(undefined)) }),
    fc.record({ remove: key }),
  ),
);

test('values are set, overwritten and removed as on the context of the API, whatever it stands on', () => {
  fc.assert(
    fc.property(steps, steps, (before, after) => {
      let theirs: Context = ROOT_CONTEXT;
      for (const step of before) theirs = applied(theirs, step);
      let ours = SmallContext.on(theirs);
      for (const step of after) {
        const [lastOfOurs, seen] = [ours, keys.map((name) => ours.getValue(name))];
        theirs = applied(theirs, step);
        ours = applied(ours, step);
        expect(keys.map((name) => ours.getValue(name))).toEqual(
          keys.map((name) => theirs.getValue(name)),
        );
        // The one before has not changed.
        expect(keys.map((name) => lastOfOurs.getValue(name))).toEqual(seen);
      }
    }),
  );
});

function applied(
  context: Context,
  step: { set: symbol; value: unknown } | { remove: symbol },
): Context {
  return 'set' in step ? context.setValue(step.set, step.value) : context.deleteValue(step.remove);
}

test('the helpers of the API take it for any other context', () => {
  const spanContext = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };
  const context = trace.setSpanContext(SmallContext.on(ROOT_CONTEXT), spanContext);

  expect(trace.getSpanContext(context)).toEqual(spanContext);
  expect(trace.getSpan(trace.deleteSpan(context))).toBeUndefined();
});

test('a context that already is one is used as it is', () => {
  const context = SmallContext.on(ROOT_CONTEXT).setValue(keys[0] as symbol, 1);

  expect(SmallContext.on(context)).toBe(context);
  expect(SmallContext.on(ROOT_CONTEXT)).toBe(SmallContext.on(ROOT_CONTEXT));
});

test('a value that is overwritten again and again is not kept alive', () => {
  let context = SmallContext.on(ROOT_CONTEXT);
  const name = keys[0] as symbol;
  for (let at = 0; at < 1000; at++) context = context.setValue(name, at);
  expect(context.getValue(name)).toBe(999);
  // Nothing but the last value is left once that one is removed.
  expect(context.deleteValue(name).getValue(name)).toBeUndefined();
});
