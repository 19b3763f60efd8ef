// The last defence with processes that run out of memory: by default it has to act before V8 does.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

function run(mode: string, heapMegabytes: number, app = 'memory-app'): Promise<End> {
  return start([`--max-old-space-size=${heapMegabytes}`, fixture(app), mode]);
}

const fixture = (name: string): string => join(import.meta.dirname, `fixtures/${name}.ts`);

function start(args: readonly string[]): Promise<End> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  onTestFinished(() => void child.kill('SIGKILL'));
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, output }));
  });
}

test('without a limit a process whose telemetry waits in memory ends for lack of it', async () => {
  const end = await run('unlimited', 256);

  expect(end.code).not.toBe(0);
  expect(end.output).toContain('heap out of memory');
});

test.each([60, 100, 128, 256])(
  'with it, a process with a heap of %d MB lives',
  async (heapMegabytes) => {
    const end = await run('limited', heapMegabytes);

    expect(end).toMatchObject({ code: 0, signal: null });
    // What was held when it began to drop: by far the most of the heap.
    const held = Number(/queued (\d+)/.exec(end.output)?.[1]);
    // In a small one the young generation takes much of it.
    expect(held * 20_000).toBeGreaterThan(heapMegabytes * 1e6 * (heapMegabytes < 128 ? 0.1 : 0.3));
    expect(end.output).toContain('memory_limit');
  },
);

test('without a limit a worker whose telemetry waits in memory ends for lack of it', async () => {
  const end = await start([fixture('memory-worker'), 'unlimited', '64']);

  expect(end.code).not.toBe(0);
  expect(end.output).toContain('memory limit');
});

test.each([
  ['64'],
  ['128'],
  // Its young generation as well: smaller than V8 would have it, and nearly as large as the old one.
  ['64', '8'],
  ['64', '48'],
])('with it, a worker thread that may have %s MB lives', async (...limits) => {
  const end = await start([fixture('memory-worker'), 'limited', ...limits]);

  expect(end).toMatchObject({ code: 0, signal: null });
  const held = Number(/queued (\d+)/.exec(end.output)?.[1]);
  expect(held * 20_000).toBeGreaterThan(Number(limits[0]) * 1e6 * 0.1);
  expect(end.output).toContain('memory_limit');
});

test('a process whose heap is half in use by what it needs, and else by garbage, loses nothing once it has been collected', async () => {
  const end = await run('220', 400, 'churning-app');

  const { collections, ended, dropped } = JSON.parse(end.output) as Record<string, number>;
  expect(collections).toBe(5);
  expect(ended).toBeGreaterThan(100);
  expect(dropped).toBe(0);
});
