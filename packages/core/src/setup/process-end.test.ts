import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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

describe('a signal that the application handles', () => {
  const theirs = vi.fn<() => void>();
  beforeEach(() => void process.on('SIGHUP', theirs));
  afterEach(() => {
    process.off('SIGHUP', theirs);
    theirs.mockReset();
  });
  const signal = async (): Promise<void> => {
    process.emit('SIGHUP', 'SIGHUP');
    await new Promise((resolve) => void setImmediate(resolve));
  };

  test('stays with the application, which goes on and is recorded until it has nothing left to do', async () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    const ours = telemetry();
    flushAtProcessEnd(ours, { signals: ['SIGHUP'], timeoutMillis: 7 });

    await signal();

    expect(ours.forceFlush.mock.calls).toEqual([[{ timeoutMillis: 7 }]]);
    expect(ours.shutdown).not.toHaveBeenCalled();
    expect(theirs).toHaveBeenCalledOnce();

    process.emit('beforeExit', 0);
    process.emit('beforeExit', 0);

    expect(ours.shutdown.mock.calls).toEqual([[{ timeoutMillis: 7 }]]);
    expect(ours.forceFlush).toHaveBeenCalledOnce();
    expect(kill).not.toHaveBeenCalled();
    expect(process.listenerCount('SIGHUP')).toBe(1);
  });

  test('stays with the application also where it listens only once, and did so before', async () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    process.off('SIGHUP', theirs);
    process.once('SIGHUP', theirs);
    const ours = telemetry();
    flushAtProcessEnd(ours, { signals: ['SIGHUP'] });

    await signal();

    expect(theirs).toHaveBeenCalledTimes(1);
    expect(ours.forceFlush).toHaveBeenCalledTimes(1);
    expect(ours.shutdown).not.toHaveBeenCalled();
    expect(kill).not.toHaveBeenCalled();
  });

  test('says that the process ends, so that its end is waited for without beforeExit, too', async () => {
    const ours = telemetry();
    flushAtProcessEnd(ours, { signals: ['SIGHUP'], beforeExit: false });
    process.emit('beforeExit', 0);
    expect(ours.forceFlush).not.toHaveBeenCalled();

    await signal();
    process.emit('beforeExit', 0);

    expect(ours.shutdown).toHaveBeenCalledOnce();
  });

  test('leaves nothing listening after it was removed', async () => {
    const before = process.listenerCount('beforeExit');
    const remove = flushAtProcessEnd(telemetry(), { signals: ['SIGHUP'] });

    await signal();
    remove();

    expect(process.listenerCount('beforeExit')).toBe(before);
  });
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
