import { diag } from '@opentelemetry/api';
import { describe, expect, test, vi } from 'vitest';
import { callOfSignal, observeStreamHelper } from './stream-helper.ts';

/** A helper as those of the clients: it aborts its request when its reader leaves. */
class Helper {
  readonly controller: AbortController = new AbortController();

  [Symbol.asyncIterator](): AsyncIterator<number> {
    const { controller } = this;
    return {
      next: () => Promise.resolve({ value: 1, done: false }),
      return() {
        controller.abort();
        return Promise.resolve({ value: undefined, done: true });
      },
    };
  }
}

const observed = <T>(helper: T): T => observeStreamHelper(() => helper, undefined, []) as T;

async function leave(iterable: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of iterable) break;
}

describe('a helper that is left', () => {
  test('is the same object, and its call ends as left before the request is aborted', async () => {
    const helper = new Helper();
    const told: string[] = [];
    helper.controller.signal.addEventListener('abort', () => told.push('aborted'));

    expect(observed(helper)).toBe(helper);
    expect(Object.keys(helper)).toEqual(['controller']);
    callOfSignal(helper.controller.signal, () => told.push('left'));
    await leave(helper);

    expect(told).toEqual(['left', 'aborted']);
  });

  test('ends the last of its calls, also one that begins before the helper is there', async () => {
    const told: string[] = [];
    const helper = observeStreamHelper(
      () => {
        const made = new Helper();
        callOfSignal(made.controller.signal, () => told.push('first'));
        callOfSignal(made.controller.signal, () => told.push('second'));
        return made;
      },
      undefined,
      [],
    );

    await leave(helper as Helper);

    expect(told).toEqual(['second']);
  });

  test('ends a call that begins after that', async () => {
    const helper = observed(new Helper());
    const left = vi.fn<() => void>();

    await leave(helper);
    callOfSignal(helper.controller.signal, left);

    expect(left).toHaveBeenCalledOnce();
  });

  test('a loop with tools ends the call of the answer it has handed out', async () => {
    const answer = new Helper();
    const left = vi.fn<() => void>();
    callOfSignal(answer.controller.signal, left);
    async function* loop() {
      yield answer;
    }

    await leave(observed(loop()));

    expect(left).toHaveBeenCalledOnce();
  });

  test('is left all the same where that cannot be recorded', async () => {
    vi.spyOn(diag, 'warn').mockReturnValue();
    const helper = observed(new Helper());
    callOfSignal(helper.controller.signal, () => {
      throw new Error('no');
    });

    await leave(helper);

    expect(helper.controller.signal.aborted).toBe(true);
  });
});

test('a loop with tools that fails fails as it did', async () => {
  const failure = new Error('no');
  async function* loop() {
    yield await Promise.reject<number>(failure);
  }

  await expect(leave(observed(loop()))).rejects.toBe(failure);
});

test.each([
  ['at once', { value: 1, done: false }],
  ['with nothing', Promise.resolve(undefined)],
])('a stand-in of a loop that answers %s is read as it was', async (_how, step) => {
  const loop = observed({
    [Symbol.asyncIterator]: () => ({ next: () => step, return: () => step }),
  });

  expect(loop[Symbol.asyncIterator]().next()).toBe(step);
  await Promise.resolve();
});

test('one that is taken back is not left', async () => {
  const helper = observed(new Helper());
  const left = vi.fn<() => void>();
  callOfSignal(helper.controller.signal, left);

  helper.controller.abort();

  expect(left).not.toHaveBeenCalled();
});

test.each([
  ['nothing', undefined],
  ['a promise', Promise.resolve(1)],
  ['an iterator that cannot be left', { [Symbol.asyncIterator]: () => ({ next: () => 1 }) }],
  [
    'one that throws when it is looked at',
    {
      get [Symbol.asyncIterator](): never {
        throw new Error('no');
      },
    },
  ],
])('%s stays what it is', (_what, answer) => {
  vi.spyOn(diag, 'warn').mockReturnValue();
  expect(observed(answer)).toBe(answer);
});

test('what is no signal belongs to no helper', () => {
  for (const signal of [undefined, null, 7, 'signal'])
    expect(() => callOfSignal(signal, () => undefined)).not.toThrow();
});
