import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { startOtlpSink, unreachableUrl } from '@llm-otel/testing';
import { expect, test } from 'vitest';

interface Child {
  readonly output: Promise<string>;
  readonly exitCode: Promise<number | null>;
  /** Resolves once the child has written `text`. */
  wrote(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

function startChild(url: string, mode: string): Child {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'fixtures/child-app.ts'), url, mode],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
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
  const child = startChild(`${await unreachableUrl()}/v1/traces`, 'await shutdown');

  // 13 would say that Node.js gave up on the await, because nothing kept the process alive.
  expect(await child.exitCode).toBe(0);
  expect(await child.output).toMatch(/dropped 700 \(shutdown_timeout 700\) \+ in_flight 0/);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('a process that forgets the shutdown is not kept alive by timers or idle connections', async () => {
  await using sink = await startOtlpSink();

  const child = startChild(sink.tracesUrl, 'forget it');

  expect(await child.exitCode).toBe(0);
});
