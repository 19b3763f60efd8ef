import { diag } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../clock.ts';
import type { LedgerSnapshot } from '../ledger.ts';
import type { TimeLimit } from '../sdk-types.ts';
import { flushAtProcessEnd } from './process-end.ts';

const done = { complete: true, problems: [] };

function telemetry() {
  return {
    forceFlush: vi.fn<(limit?: TimeLimit) => Promise<typeof done>>(async () => done),
    shutdown: vi.fn<(limit?: TimeLimit) => Promise<typeof done>>(async () => done),
  };
}

const removals: (() => void)[] = [];
const listen: typeof flushAtProcessEnd = (...args) => {
  const remove = flushAtProcessEnd(...args);
  removals.push(remove);
  return remove;
};

afterEach(() => {
  for (const remove of removals.splice(0)) remove();
  vi.restoreAllMocks();
});

test('an empty event loop flushes, once', () => {
  const ours = telemetry();
  const remove = listen(ours, { timeoutMillis: 7 });

  process.emit('beforeExit', 0);
  process.emit('beforeExit', 0);
  remove();

  expect(ours.forceFlush.mock.calls).toEqual([[{ timeoutMillis: 7 }]]);
  expect(ours.shutdown).not.toHaveBeenCalled();
});

describe('an empty event loop', () => {
  const theirs = (): void => undefined;
  afterEach(() => void process.off('beforeExit', theirs));
  const ledger = (signal: 'traces' | 'metrics' | 'logs', ended: number) =>
    [{ signal, ended }] as unknown as LedgerSnapshot[];
  const empties = async (): Promise<void> => {
    process.emit('beforeExit', 0);
    await Promise.resolve();
  };

  test('flushes again for what was recorded since, and not for what a flush itself makes', async () => {
    let [spans, points] = [1, 0];
    const ours = {
      ...telemetry(),
      ledger: () => [...ledger('traces', spans), ...ledger('metrics', points)],
    };
    ours.forceFlush.mockImplementation(async () => {
      points += 5;
      return done;
    });
    listen(ours);

    await empties();
    await empties();
    expect(ours.forceFlush).toHaveBeenCalledTimes(1);
    spans += 1;
    await empties();
    await empties();
    expect(ours.forceFlush).toHaveBeenCalledTimes(2);
  });

  test('flushes a second time where others may have measured something in between', async () => {
    const ours = telemetry();
    listen(ours);
    process.on('beforeExit', theirs);

    for (let time = 0; time < 5; time++) await empties();

    expect(ours.forceFlush).toHaveBeenCalledTimes(2);
  });

  test('holds the process up only so often where nothing can be sent', async () => {
    let spans = 0;
    const ours = { ...telemetry(), ledger: () => ledger('logs', (spans += 1)) };
    ours.forceFlush.mockResolvedValue({ complete: false, problems: [] });
    listen(ours);

    for (let time = 0; time < 9; time++) await empties();

    expect(ours.forceFlush).toHaveBeenCalledTimes(3);
  });

  test('after a signal that others handle is a flush while they work on, and then the shutdown', async () => {
    let spans = 1;
    const ours = { ...telemetry(), ledger: () => ledger('traces', spans) };
    process.on('SIGHUP', theirs);
    listen(ours, { signals: ['SIGHUP'], beforeExit: false });
    process.emit('SIGHUP', 'SIGHUP');
    process.off('SIGHUP', theirs);
    process.on('beforeExit', theirs);

    await empties();
    spans += 1;
    await empties();
    expect(ours.shutdown).not.toHaveBeenCalled();
    await empties();
    await empties();

    // The first one is that of the signal.
    expect(ours.forceFlush).toHaveBeenCalledTimes(3);
    expect(ours.shutdown).toHaveBeenCalledTimes(1);
  });
});

test('a signal that only we listen to is sent again after the shutdown', async () => {
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  const ours = telemetry();
  listen(ours, { signals: ['SIGHUP'] });

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
  // Seconds lie between two of them.
  let now = 0;
  const clock = { ...systemClock, monotonicMillis: () => (now += 1000) };
  const signal = async (): Promise<void> => {
    process.emit('SIGHUP', 'SIGHUP');
    await new Promise((resolve) => void setImmediate(resolve));
  };

  test('stays with the application, which goes on and is recorded until it has nothing left to do', async () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    const ours = telemetry();
    listen(ours, { signals: ['SIGHUP'], timeoutMillis: 7 });

    await signal();

    expect(ours.forceFlush.mock.calls).toEqual([[{ timeoutMillis: 7 }]]);
    expect(ours.shutdown).not.toHaveBeenCalled();
    expect(theirs).toHaveBeenCalledOnce();

    process.emit('beforeExit', 0);
    process.emit('beforeExit', 0);

    expect(ours.shutdown.mock.calls).toEqual([[{ timeoutMillis: 7 }]]);
    expect(ours.forceFlush).toHaveBeenCalledOnce();
    expect(kill).not.toHaveBeenCalled();
  });

  test('stays with the application also where it listens only once, and did so before', async () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    process.off('SIGHUP', theirs);
    process.once('SIGHUP', theirs);
    const ours = telemetry();
    listen(ours, { signals: ['SIGHUP'] });

    await signal();

    expect(theirs).toHaveBeenCalledTimes(1);
    expect(ours.forceFlush).toHaveBeenCalledTimes(1);
    expect(ours.shutdown).not.toHaveBeenCalled();
    expect(kill).not.toHaveBeenCalled();
  });

  test('is a flush each time it comes, and ends the process once nobody handles it any more', async () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    const ours = telemetry();
    listen(ours, { signals: ['SIGHUP'] }, clock);

    await signal();
    await signal();
    expect(ours.forceFlush).toHaveBeenCalledTimes(2);
    expect(ours.shutdown).not.toHaveBeenCalled();

    process.off('SIGHUP', theirs);
    await signal();
    expect(ours.shutdown).toHaveBeenCalledOnce();
    expect(kill.mock.calls).toEqual([[process.pid, 'SIGHUP']]);
  });

  test('is the same one where it comes twice at once, as from a terminal and from npm', async () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    const ours = telemetry();
    listen(ours, { signals: ['SIGHUP'] }, { ...systemClock, monotonicMillis: () => 7 });

    await signal();
    await signal();

    expect(ours.forceFlush).toHaveBeenCalledOnce();
    expect(ours.shutdown).not.toHaveBeenCalled();
    expect(kill).not.toHaveBeenCalled();
  });

  test('ends the process where it is raised again by whoever has handled it, however soon', async () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    const ours = telemetry();
    listen(ours, { signals: ['SIGHUP'] }, { ...systemClock, monotonicMillis: () => 7 });

    await signal();
    process.off('SIGHUP', theirs);
    await signal();

    await vi.waitFor(() => expect(kill.mock.calls).toEqual([[process.pid, 'SIGHUP']]));
    expect(ours.shutdown).toHaveBeenCalledOnce();
  });

  test('leaves another signal as it was', async () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    const ours = telemetry();
    listen(ours, { signals: ['SIGHUP', 'SIGBREAK'] });

    await signal();
    process.emit('SIGBREAK', 'SIGBREAK');
    await vi.waitFor(() => expect(kill.mock.calls).toEqual([[process.pid, 'SIGBREAK']]));

    expect(ours.shutdown).toHaveBeenCalledOnce();
  });

  test('says that the process ends, so that its end is waited for without beforeExit, too', async () => {
    const ours = telemetry();
    listen(ours, { signals: ['SIGHUP'], beforeExit: false });
    process.emit('beforeExit', 0);
    expect(ours.forceFlush).not.toHaveBeenCalled();

    await signal();
    process.emit('beforeExit', 0);

    expect(ours.shutdown).toHaveBeenCalledOnce();
  });

  test('leaves nothing listening after it was removed', async () => {
    const before = process.listenerCount('beforeExit');
    const remove = listen(telemetry(), { signals: ['SIGHUP'] });

    await signal();
    remove();

    expect(process.listenerCount('beforeExit')).toBe(before);
  });
});

describe('who listens to tidy up, and ends the process where nobody else listens', () => {
  const VERSION_4 = Symbol.for('signal-exit emitter');
  afterEach(() => {
    Reflect.deleteProperty(process, '__signal_exit_emitter__');
    Reflect.deleteProperty(globalThis, VERSION_4);
  });

  test.each<[string, object, PropertyKey]>([
    ['version 3', process, '__signal_exit_emitter__'],
    ['version 4', globalThis, VERSION_4],
  ])('handles no signal, and does not end it before us: %s', async (_, owner, key) => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    Object.defineProperty(owner, key, { value: { count: 1 }, configurable: true });
    let alone = 0;
    const tidy = (): void => void (process.listenerCount('SIGHUP') === 1 && alone++);
    process.on('SIGHUP', tidy);
    const ours = telemetry();
    listen(ours, { signals: ['SIGHUP'] });

    process.emit('SIGHUP', 'SIGHUP');
    expect(alone).toBe(0);
    await vi.waitFor(() => expect(kill).toHaveBeenCalledWith(process.pid, 'SIGHUP'));

    expect(ours.shutdown).toHaveBeenCalledOnce();
    // The signal that is sent again finds nobody else.
    process.emit('SIGHUP', 'SIGHUP');
    expect(alone).toBe(1);
    process.off('SIGHUP', tidy);
  });
});

test('the first process of a container, which a signal does not end, goes on and is recorded; it is told once', async () => {
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  const { pid } = process;
  Object.defineProperty(process, 'pid', { value: 1, configurable: true, writable: true });
  const warn = vi.spyOn(diag, 'warn');
  const ours = telemetry();
  let now = 0;
  const clock = { ...systemClock, monotonicMillis: () => (now += 1000) };
  listen(ours, { signals: ['SIGHUP'] }, clock);

  for (let times = 0; times < 2; times++) process.emit('SIGHUP', 'SIGHUP');
  await new Promise((resolve) => void setImmediate(resolve));
  Object.defineProperty(process, 'pid', { value: pid, configurable: true, writable: true });

  expect(ours.forceFlush).toHaveBeenCalledTimes(2);
  expect(ours.shutdown).not.toHaveBeenCalled();
  expect(kill).not.toHaveBeenCalled();
  expect(warn.mock.calls).toEqual([[expect.stringMatching(/^llm-otel: SIGHUP does not end this/)]]);
});

describe('two that are ended by one signal', () => {
  test('take each other for nobody, and the last one to be done ends the process', async () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    const [fast, slow] = [telemetry(), telemetry()];
    let finish = (): void => undefined;
    slow.shutdown.mockReturnValue(
      new Promise((resolve) => {
        finish = () => resolve(done);
      }),
    );
    for (const each of [slow, fast]) listen(each, { signals: ['SIGHUP'] });

    process.emit('SIGHUP', 'SIGHUP');
    await vi.waitFor(() => expect(process.listenerCount('SIGHUP')).toBe(1));
    expect(kill).not.toHaveBeenCalled();

    finish();
    await vi.waitFor(() => expect(kill.mock.calls).toEqual([[process.pid, 'SIGHUP']]));
  });
});

test('a second signal ends the process at once, one that comes with the first does not', async () => {
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  const ours = telemetry();
  ours.shutdown.mockReturnValue(new Promise(() => undefined));
  let now = 1000;
  listen(ours, { signals: ['SIGHUP'] }, { ...systemClock, monotonicMillis: () => now });

  process.emit('SIGHUP', 'SIGHUP');
  now += 499;
  process.emit('SIGHUP', 'SIGHUP');
  expect(kill).not.toHaveBeenCalled();
  now += 1;
  process.emit('SIGHUP', 'SIGHUP');

  expect(kill.mock.calls).toEqual([[process.pid, 'SIGHUP']]);
  expect(process.listenerCount('SIGHUP')).toBe(0);
});

test('nothing is left listening after it was removed', () => {
  const before = process.listenerCount('beforeExit');
  const remove = listen(telemetry(), { signals: ['SIGHUP'] });

  expect(process.listenerCount('SIGHUP')).toBe(1);
  remove();

  expect([process.listenerCount('SIGHUP'), process.listenerCount('beforeExit')]).toEqual([
    0,
    before,
  ]);
});
