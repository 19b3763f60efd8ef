import { ROOT_CONTEXT } from '@opentelemetry/api';
import { NO_SPAN } from '@llm-otel/core';
import { expect, test, vi } from 'vitest';
import { OpenOperations } from './open-operations.ts';

const opened = () => ({
  span: NO_SPAN,
  context: ROOT_CONTEXT,
  ended: false,
  end: vi.fn<() => void>(),
  fail: vi.fn<() => void>(),
});

test('what has not ended is ended once, and named, the first five', () => {
  const open = new OpenOperations();
  const done = open.add('step done', opened());
  done.ended = true;
  expect(open.endAll()).toBeUndefined();

  const all = Array.from({ length: 7 }, (_, index) => open.add(`step ${index}`, opened()));
  expect(open.endAll()?.message).toContain(
    'ended with it: step 0, step 1, step 2, step 3, step 4 and 2 more.',
  );
  expect(open.endAll()).toBeUndefined();
  for (const { end } of all) expect(end).toHaveBeenCalledOnce();
  expect(done.end).not.toHaveBeenCalled();
});

test('a run of many remembers a thousand, and makes room where some have ended', () => {
  const open = new OpenOperations();
  const all = Array.from({ length: 1500 }, (_, index) => open.add(`${index}`, opened()));
  for (const one of all.slice(1)) one.ended = true;
  const last = open.add('last', opened());

  expect(open.endAll()?.message).toContain('ended with it: 0, last.');
  expect(last.end).toHaveBeenCalledOnce();
});
