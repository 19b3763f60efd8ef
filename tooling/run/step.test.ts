import { expect, test } from 'vitest';
import { runStep, type Step } from './step.ts';

function context(printed: string[] = []): Parameters<typeof runStep>[1] {
  return {
    root: import.meta.dirname,
    env: process.env,
    signal: new AbortController().signal,
    progress: { step() {}, detail() {}, done() {} },
    print: (text) => printed.push(text),
  };
}

function script(code: string, more: Partial<Step> = {}): Step {
  return { name: 'x', command: [process.execPath, '-e', code], ...more };
}

test('a step is quiet when it succeeds', async () => {
  const printed: string[] = [];

  const result = await runStep(script('console.log(1)'), context(printed));

  expect(result).toMatchObject({ name: 'x', outcome: 'ok' });
  expect(printed).toEqual([]);
});

test('a failed step shows all it wrote', async () => {
  const printed: string[] = [];

  const result = await runStep(
    script('console.log("out"); console.error("err"); process.exitCode = 3'),
    context(printed),
  );

  expect(result.outcome).toBe('failed');
  expect(printed.join()).toMatch(/x failed \(exit code 3\)[^]*out[^]*err/);
});

test('a command that does not exist fails', async () => {
  const result = await runStep({ name: 'x', command: ['no-such-command-here'] }, context());

  expect(result.outcome).toBe('failed');
});

test('a step that hangs is ended', async () => {
  const printed: string[] = [];

  const result = await runStep(
    script('setInterval(() => {}, 1000)', { timeoutMillis: 300 }),
    context(printed),
  );

  expect(result.outcome).toBe('failed');
  expect(printed.join()).toContain('still running after 0.3 s');
});

test('a step that ended in time only because it was told to has failed, though it ended well', async () => {
  const printed: string[] = [];

  const result = await runStep(
    script('process.on("SIGTERM", () => process.exit(0)); setInterval(() => {}, 1000)', {
      timeoutMillis: 300,
      counts: () => ({ passed: 5, failed: 0 }),
    }),
    context(printed),
  );

  expect(result.outcome).toBe('failed');
  expect(printed.join()).toContain('still running after 0.3 s');
});

test('a step with failed tests has failed, whatever its exit code', async () => {
  const result = await runStep(script('', { counts: () => ({ passed: 1, failed: 1 }) }), context());

  expect(result).toMatchObject({ outcome: 'failed', note: '1 passed, 1 failed' });
});

test('a skipped step says why and is not started', async () => {
  const printed: string[] = [];

  const result = await runStep(
    script('process.exitCode = 1', { skip: () => 'nothing to do' }),
    context(printed),
  );

  expect(result).toMatchObject({ outcome: 'skipped', note: 'nothing to do' });
  expect(printed).toEqual(['x: skipped, nothing to do']);
});

test('what a command started ends with it', async () => {
  const stop = new AbortController();
  const child = 'setInterval(() => {}, 1000); console.log(1)';
  const parent = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" })`;
  const progress = { step() {}, done() {}, detail: () => stop.abort() };

  const result = await runStep(script(parent), { ...context(), progress, signal: stop.signal });

  // It comes to its end only when the pipe is closed, and both hold it.
  expect(result.outcome).toBe('failed');
});

test('a suite that counts no test has failed', async () => {
  const result = await runStep(script('', { counts: () => ({ passed: 0, failed: 0 }) }), context());

  expect(result.outcome).toBe('failed');
});
