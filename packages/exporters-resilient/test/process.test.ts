import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { startOtlpSink, unreachableUrl } from '@llm-otel/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startRawServer } from './fixtures/raw-server.ts';
import { temporaryFolder } from './fixtures/record-logs.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

interface Child {
  readonly output: Promise<string>;
  readonly exitCode: Promise<number | null>;
  /** Resolves once the child has written `text`. */
  wrote(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

function startChild(url: string, mode: string, ...more: string[]): Child {
  const app = mode === 'stock' ? 'fixtures/stock-app.ts' : 'fixtures/child-app.ts';
  const child = spawn(process.execPath, [join(import.meta.dirname, app), url, mode, ...more], {
    stdio: ['ignore', 'pipe', mode === 'throw' ? 'ignore' : 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const exitCode = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return {
    exitCode,
    output: exitCode.then(() => text),
    wrote: (expected) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (text.includes(expected)) resolve();
        };
        child.stdout.on('data', look);
        look();
      }),
    kill: (signal) => void child.kill(signal),
  };
}

test('graceful_shutdown_flushes_all: a process whose last line awaits the shutdown delivers everything and exits with 0', async () => {
  await using sink = await startOtlpSink();

  const child = startChild(sink.tracesUrl, 'await shutdown');

  expect(await child.exitCode).toBe(0);
  expect(sink.spans).toHaveLength(700);
  expect(await child.output).toContain('handed 700 = exported 700');
});

test('sigterm_handling: a process that is told to end delivers what it has and ends by itself', async () => {
  await using sink = await startOtlpSink();
  const child = startChild(sink.tracesUrl, 'wait for SIGTERM');
  await child.wrote('ready');

  child.kill('SIGTERM');

  expect(await child.exitCode).toBe(0);
  const output = await child.output;
  const ended = Number(/ended (\d+)/.exec(output)?.[1]);
  expect(ended).toBeGreaterThanOrEqual(700);
  expect(sink.spans).toHaveLength(ended);
});

test('shutdown_timeout_drops_remaining: with nobody there the process ends in time, with every span counted', async () => {
  const started = performance.now();
  const child = startChild(`${await unreachableUrl()}/v1/traces`, 'await short shutdown');

  // 13 would say that Node.js gave up on the await, because nothing kept the process alive.
  expect(await child.exitCode).toBe(0);
  expect(await child.output).toMatch(/dropped 700 \(shutdown_timeout 700\) \+ in_flight 0/);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('SIGTERM while the receiver hangs: the process ends in time by itself, and every span is counted', async () => {
  await using hung = await startRawServer(() => undefined);
  const child = startChild(hung.url, 'wait for SIGTERM');
  await child.wrote('ready');
  const told = performance.now();

  child.kill('SIGTERM');

  expect(await child.exitCode).toBe(0);
  // 1.5 seconds are allowed for the shutdown, and the machine may be slow.
  expect(performance.now() - told).toBeLessThan(8000);
  const output = await child.output;
  const ended = Number(/ended (\d+)/.exec(output)?.[1]);
  expect(ended).toBeGreaterThanOrEqual(700);
  expect(output).toContain(
    `exported 0 + rejected 0 + dropped ${ended} (shutdown_timeout ${ended}) + in_flight 0`,
  );
});

test('SIGTERM while the receiver hangs, with a spool: the next process delivers what this one could not', async () => {
  await using hung = await startRawServer(() => undefined);
  const first = startChild(hung.url, 'wait for SIGTERM', folder.path);
  await first.wrote('ready');
  first.kill('SIGTERM');
  const ended = Number(/ended (\d+)/.exec(await first.output)?.[1]);
  await using sink = await startOtlpSink();

  const second = startChild(sink.tracesUrl, 'await shutdown', folder.path);

  expect(await second.exitCode).toBe(0);
  expect(await first.output).toContain(`spooled ${ended}`);
  expect(sink.spans).toHaveLength(ended + 700);
});

describe('a process that ends without a shutdown', () => {
  test('delivers what a receiver takes at once, and counts what it never sent', async () => {
    await using sink = await startOtlpSink();

    const child = startChild(sink.tracesUrl, 'forget it');

    expect(await child.exitCode).toBe(0);
    expect(sink.spans).toHaveLength(512);
    expect(await child.output).toContain(
      'dropped 188 (process_exit 188) + handed 512 | otlp: handed 512 = exported 512 +',
    );
  });

  test('does not wait for a receiver that hangs, and counts every span', async () => {
    await using hung = await startRawServer(() => undefined);

    const child = startChild(hung.url, 'forget it');

    expect(await child.exitCode).toBe(0);
    // A second one would be the retry after the ten seconds of the first attempt.
    expect(hung.connections).toBe(1);
    const output = await child.output;
    expect(output).toContain('dropped 188 (process_exit 188) + handed 512');
    expect(output).toContain(
      'handed 512 = exported 0 + rejected 0 + dropped 512 (process_exit 512) + in_flight 0',
    );
  });

  test('ends long before the stock processor and exporter do there, which lose all of it without a word', async () => {
    await using hung = await startRawServer(() => undefined);
    const ended: string[] = [];
    const run = async (mode: string): Promise<string> => {
      const { exitCode, output } = startChild(hung.url, mode);
      await exitCode;
      ended.push(mode);
      return output;
    };

    const [stock, ours] = await Promise.all([run('stock'), run('forget it')]);

    expect(ended).toEqual(['forget it', 'stock']);
    expect(stock).toBe('');
    expect(ours).toContain('process_exit 512');
  });

  test.each([
    ['forget it', 0, 'overflow'],
    ['exit at once', 3, 'overflow'],
    ['exit at once', 3, 'always'],
    ['throw', 1, 'overflow'],
  ])(
    'leaves all of it to the next one where there is a spool (%s: %i, %s)',
    async (mode, code, spoolMode) => {
      await using hung = await startRawServer(() => undefined);
      const first = startChild(hung.url, mode, folder.path, spoolMode);
      expect(await first.exitCode).toBe(code);
      expect(await first.output).toContain('+ in_flight 0 + spooled 700');
      await using sink = await startOtlpSink();

      const second = startChild(sink.tracesUrl, 'await shutdown', folder.path);

      expect(await second.exitCode).toBe(0);
      expect(sink.spans).toHaveLength(1400);
    },
  );

  describe.each(['failover', 'balanced', 'failover of balanced', 'balanced of failover'])(
    'to several receivers (%s)',
    (topology) => {
      test.each(['exit at once', 'throw'])(
        'counts every span where they hang (%s)',
        async (mode) => {
          await using hung = await startRawServer(() => undefined);

          const output = await startChild(hung.url, mode, '', '', topology).output;

          expect(output).toContain(
            'dropped 188 (process_exit 188) + handed 512 | otlp: handed 512 = exported 0 + rejected 0 + dropped 512 (process_exit 512) + in_flight 0',
          );
        },
      );

      test('counts every span where nobody is there, and says so once', async () => {
        const child = startChild(
          `${await unreachableUrl()}/v1/traces`,
          'exit once refused',
          '',
          '',
          topology,
        );

        const output = await child.output;
        expect(output).toContain('dropped 512 (process_exit 512) + in_flight 0');
        expect(output.match(/700 spans that were in memory are lost/g)).toHaveLength(1);
      });

      test.each(['overflow', 'always'])(
        'leaves all of it to the next one where there is a spool (%s)',
        async (spoolMode) => {
          await using hung = await startRawServer(() => undefined);
          const run = (url: string, mode: string): Promise<string> =>
            startChild(url, mode, folder.path, spoolMode, topology).output;
          expect(await run(hung.url, 'exit at once')).toContain('+ in_flight 0 + spooled 700');
          await using sink = await startOtlpSink();

          await run(sink.tracesUrl, 'await shutdown');

          expect(sink.spans).toHaveLength(1400);
        },
      );
    },
  );
});

test('a function that is frozen between two flushes delivers all, although its connections are dead by then', async () => {
  const sink = await startOtlpSink();
  const port = Number(new URL(sink.url).port);
  const child = startChild(sink.tracesUrl, 'flush twice');
  await child.wrote('idle');
  child.kill('SIGSTOP');
  const before = sink.spans.length;
  await sink.close();
  await using again = await startOtlpSink({ port });
  child.kill('SIGCONT');
  child.kill('SIGUSR2');

  expect(await child.exitCode).toBe(0);
  const results = (await child.output).split('\n').filter((line) => line.startsWith('{'));
  expect(results.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { complete: true, delivered: 700, dropped: 0 },
    { complete: true, delivered: 300, dropped: 0 },
  ]);
  expect([before, again.spans.length]).toEqual([700, 300]);
});

test('in a worker thread it delivers, ends, and keeps nobody', async () => {
  await using sink = await startOtlpSink();

  const worker = new Worker(join(import.meta.dirname, 'fixtures/child-app.ts'), {
    argv: [sink.tracesUrl, 'await shutdown'],
    stdout: true,
  });
  const code = await new Promise((resolve, reject) => {
    worker.once('exit', resolve);
    worker.once('error', reject);
  });

  expect(code).toBe(0);
  expect(sink.spans).toHaveLength(700);
});
