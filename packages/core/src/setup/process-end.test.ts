import { afterEach, expect, test, vi } from 'vitest';
import type { TimeLimit } from '../sdk-types.ts';
import { flushAtProcessEnd } from './process-end.ts';

const done = { complete: true, problems: [] };

function telemetry() {
  return {
    forceFlush: vi.fn<(limit?: TimeLimit) => Promise<typeof done>>(async () => done),
    shutdown: vi.fn<(limit?: TimeLimit) => Promise<typeof done>>(async () => done),
  };
}

afterEach(() => void vi.restoreAllMocks());

test('an empty event loop flushes, once', () => {
  const ours = telemetry();
  const remove = flushAtProcessEnd(ours, { timeoutMillis: 7 });

  process.emit('beforeExit', 0);
  process.emit('beforeExit', 0);
  remove();

  expect(ours.forceFlush.mock.calls).toEqual([[{ timeoutMillis: 7 }]]);
  expect(ours.shutdown).not.toHaveBeenCalled();
});

test('a signal that only we listen to is sent again after the shutdown', async () => {
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  const ours = telemetry();
  flushAtProcessEnd(ours, { signals: ['SIGHUP'] });

  process.emit('SIGHUP', 'SIGHUP');
  await vi.waitFor(() => expect(kill).toHaveBeenCalledWith(process.pid, 'SIGHUP'));

  expect(ours.shutdown.mock.calls).toEqual([[{ timeoutMillis: 5000 }]]);
  expect(process.listenerCount('SIGHUP')).toBe(0);
});

test('a signal that the application handles stays with the application', async () => {
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  const theirs = vi.fn<() => void>();
  process.on('SIGHUP', theirs);
  const ours = telemetry();
  flushAtProcessEnd(ours, { signals: ['SIGHUP'], beforeExit: false });

  process.emit('SIGHUP', 'SIGHUP');
  await new Promise((resolve) => void setImmediate(resolve));
  process.off('SIGHUP', theirs);

  expect(ours.shutdown).toHaveBeenCalledOnce();
  expect(theirs).toHaveBeenCalledOnce();
  expect(kill).not.toHaveBeenCalled();
});

test('nothing is left listening after it was removed', () => {
  const before = process.listenerCount('beforeExit');
  const remove = flushAtProcessEnd(telemetry(), { signals: ['SIGHUP'] });

  expect(process.listenerCount('SIGHUP')).toBe(1);
  remove();

  expect([process.listenerCount('SIGHUP'), process.listenerCount('beforeExit')]).toEqual([
    0,
    before,
  ]);
});
