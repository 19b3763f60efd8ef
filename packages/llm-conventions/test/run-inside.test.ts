import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';
import { Operation, runInside, signalSource } from '../src/index.ts';
import { recordSignals } from './record-signals.ts';

afterEach(() => context.disable());

/** Like the promises of API clients: methods of its own, and `then` gives a plain promise. */
class ClientPromise<T> extends Promise<T> {
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  withResponse(): string {
    return 'response';
  }
}

function ending(): { context: typeof ROOT_CONTEXT; end: () => void; fail: () => void } {
  return { context: ROOT_CONTEXT, end: vi.fn<() => void>(), fail: vi.fn<() => void>() };
}

test('a client’s own promise comes back as it is and still ends the operation', async () => {
  const operation = ending();
  const failing = ending();
  const error = new Error('no');

  const promise = runInside(operation, () => ClientPromise.resolve(1) as ClientPromise<number>);
  const rejected = runInside(failing, () => ClientPromise.reject(error));

  expect(promise.withResponse()).toBe('response');
  expect(await promise).toBe(1);
  await expect(rejected).rejects.toBe(error);
  expect(operation.end).toHaveBeenCalledOnce();
  expect(failing.fail).toHaveBeenCalledOnce();
});

test('a result that is still at work takes over the end of the operation, promised or not', async () => {
  const operation = ending();
  const goOn = (result: unknown): unknown => (result === 'stream' ? 'observed' : undefined);

  expect(runInside(operation, () => 'stream', goOn)).toBe('observed');
  expect(await runInside(operation, async () => 'stream', goOn)).toBe('observed');
  expect(operation.end).not.toHaveBeenCalled();
  // The client's promise brings what it brings: nobody else could end the operation.
  expect(await runInside(operation, () => ClientPromise.resolve('stream'), goOn)).toBe('stream');
  expect(operation.end).toHaveBeenCalledOnce();
  expect(runInside(operation, () => 'text', goOn)).toBe('text');
  expect(operation.end).toHaveBeenCalledTimes(2);
  runInside(
    operation,
    () => 'stream',
    () => {
      throw new Error('cannot tell');
    },
  );
  expect(operation.end).toHaveBeenCalledTimes(3);
});

test('a lazy thenable is handed on without being asked', () => {
  // oxlint-disable-next-line unicorn/no-thenable
  const lazy = { then: vi.fn<() => void>() };

  // oxlint-disable-next-line typescript/no-misused-promises
  expect(runInside(ending(), () => lazy)).toBe(lazy);
  expect(lazy.then).not.toHaveBeenCalled();
});

test('an error that cannot be read still ends the span', () => {
  const { tracer, meter, spans } = recordSignals();
  const refusing = new Proxy(new Error('x'), {
    get() {
      throw new Error('no');
    },
    getPrototypeOf() {
      throw new Error('no');
    },
  });

  new Operation({ name: 'x', kind: 0 }, signalSource('test', { tracer, meter })()).fail(refusing);

  expect(spans()[0]?.attributes).toEqual({ 'error.type': '_OTHER' });
});
