import { startOtlpSink } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { runNode } from './run-node.ts';

const REQUIRED = ['--require', '@llm-otel/sdk/register'];
const LATE =
  /^llm-otel: @llm-otel\/sdk\/register was loaded with require\(\).* node --import .*\n$/;

test.each([
  ['in CommonJS', 'required.cjs', 'main'],
  ['of ES modules', 'application.ts', 'work'],
])('node --require waits for the start before it runs an application %s', async (_, file, name) => {
  await using sink = await startOtlpSink();

  const { code, stderr } = await runNode([...REQUIRED, file], {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
  }).ended;

  expect([code, stderr]).toEqual([0, '']);
  expect(sink.spans.map((span) => span.name)).toEqual([name]);
});

test('node --require as a variable, before --import of the same, starts once, and so does each thread', async () => {
  await using sink = await startOtlpSink();

  const { code, stdout, stderr } = await runNode(
    ['--import', '@llm-otel/sdk/register', 'required.cjs', 'worker'],
    { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, NODE_OPTIONS: '--require @llm-otel/sdk/register' },
  ).ended;

  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toBe('true true\ntrue true\n');
  expect(sink.spans.map(({ name }) => name)).toEqual(['main', 'thread']);
});

test('an error of the application stays its own', async () => {
  const { code, stdout } = await runNode([...REQUIRED, 'required.cjs', 'throw'], {
    NODE_ENV: 'test',
  }).ended;

  expect([code, stdout]).toEqual([0, 'true true\nuncaughtException: Error: broken\n']);
});

test('disabled, the application runs without a word', async () => {
  const { code, stdout, stderr } = await runNode([...REQUIRED, 'required.cjs'], {
    OTEL_SDK_DISABLED: 'true',
  }).ended;

  expect([code, stdout, stderr]).toEqual([0, 'false true\n', '']);
});

test('an application that requires it itself goes on, and is told in one line that it does not wait', async () => {
  const { code, stdout, stderr } = await runNode(['requires-itself.cjs'], { NODE_ENV: 'test' })
    .ended;

  expect([code, stdout]).toEqual([0, 'goes on']);
  expect(stderr).toMatch(LATE);
});

test.each([
  ['a line of a script', ['--eval', 'console.log(1)', 'argument'], '1\n'],
  [
    'what runs the tests of files',
    ['--test', '--test-reporter=tap', 'required.cjs'],
    'TAP version',
  ],
])('%s is not waited for, and not told', async (_, args, said) => {
  const { code, stdout, stderr } = await runNode([...REQUIRED, ...args], { NODE_ENV: 'test' })
    .ended;

  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain(said);
});
