import { diag } from '@opentelemetry/api';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FailureLog } from './failure-log.ts';

const logged = vi.fn<(message: string) => void>();

beforeEach(() => {
  logged.mockReset();
  diag.setLogger({ error: logged, warn: logged, info: logged, debug: logged, verbose: logged });
  logged.mockReset();
});
afterEach(() => diag.disable());

test('the first failure of a kind is logged, all are counted', () => {
  const log = new FailureLog();

  for (let i = 0; i < 3; i++) log.report('redaction', new TypeError('bad'));
  log.report('sampling', 'a string');

  expect(logged.mock.calls).toEqual([
    [
      'llm-otel: redaction failed and was skipped (further failures are only counted): TypeError: bad',
    ],
    ['llm-otel: sampling failed and was skipped (further failures are only counted): a string'],
  ]);
  expect([log.count('redaction'), log.count('sampling'), log.count('other')]).toEqual([3, 1, 0]);
});

test('guarded work gives its value, and undefined when it throws', () => {
  const log = new FailureLog();

  expect(log.guard('work', () => 1)).toBe(1);
  expect(
    log.guard('work', () => {
      throw new Error('no');
    }),
  ).toBeUndefined();
  expect(log.count('work')).toBe(1);
});

test('a callback of the application may throw or reject: both are logged and go no further', async () => {
  const log = new FailureLog();
  const unhandled = vi.fn<(reason: unknown) => void>();
  process.on('unhandledRejection', unhandled);

  log.callback('sync', () => {
    throw new Error('no');
  });
  log.callback('async', () => Promise.reject(new Error('later')));
  log.callback('fine', () => Promise.resolve());
  // Node.js tells of a rejection nobody handles when the microtasks are done.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', unhandled);

  expect([log.count('sync'), log.count('async'), log.count('fine')]).toEqual([1, 1, 0]);
  expect(unhandled).not.toHaveBeenCalled();
});

test('a logger that throws and an error that cannot be printed are survived', () => {
  const log = new FailureLog();
  logged.mockImplementation(() => {
    throw new Error('logger');
  });

  log.report('a', new Error('x'));
  log.report('b', Object.create(null));

  expect(log.count('a') + log.count('b')).toBe(2);
});

test('a callback that throws or rejects is reported, and one that is async is not waited for', async () => {
  const log = new FailureLog();
  const hostile = new Proxy(
    {},
    {
      get() {
        throw new Error('no promise at all');
      },
    },
  );

  log.callback('onExceeded', () => {
    throw new TypeError('at once');
  });
  log.callback('onExceeded', () => Promise.reject(new TypeError('later')));
  log.callback('onExceeded', () => hostile);
  log.callback('onExceeded', () => 'no promise');
  log.callback('onExceeded', () => null);

  expect(log.count('onExceeded')).toBe(1);
  await Promise.resolve();
  expect(log.count('onExceeded')).toBe(3);
});
