// OTEL_SAMPLING_POLICY: a policy for those who change no code.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startWithSink } from './start-with-sink.ts';

const none = JSON.stringify({ version: 1, rules: [{ name: 'nothing', keep: 'none' }] });
const all = JSON.stringify({ version: 1, rules: [{ name: 'everything', keep: 'all' }] });

async function namesKept(environment: Record<string, string>): Promise<unknown[]> {
  const { telemetry, sink } = await startWithSink({ environment });
  const tracer = telemetry.tracer('app');
  tracer.startSpan('fine').end();
  const failed = tracer.startSpan('failed');
  failed.setStatus({ code: 2 });
  failed.end();
  await telemetry.shutdown();
  return sink.spans.map(({ name }) => name);
}

function policyFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sampling-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'policy.json');
  writeFileSync(path, text);
  return path;
}

test('a preset by its name', async () => {
  expect(await namesKept({ OTEL_SAMPLING_POLICY: 'errors-only' })).toEqual(['failed']);
});

test('a file, in force from the first span on', async () => {
  expect(await namesKept({ OTEL_SAMPLING_POLICY: policyFile(none) })).toEqual([]);
});

test.each([
  ['a broken file', policyFile.bind(undefined, '{')],
  ['a missing file', () => '/nowhere/policy.json'],
  ['another protocol', () => 'ftp://example.com/policy.json'],
])('%s keeps nothing from starting: the preset of the environment holds', async (_, place) => {
  expect(await namesKept({ OTEL_SAMPLING_POLICY: place() })).toEqual(['fine', 'failed']);
});

test('OTEL_TRACES_SAMPLER wins, and the policy wins over OTEL_SAMPLING_RATE', async () => {
  const OTEL_SAMPLING_POLICY = policyFile(none);
  const OTEL_TRACES_SAMPLER = 'always_on';

  expect(await namesKept({ OTEL_SAMPLING_POLICY, OTEL_TRACES_SAMPLER })).toHaveLength(2);
  expect(await namesKept({ OTEL_SAMPLING_POLICY, OTEL_SAMPLING_RATE: '1' })).toEqual([]);
});

test('a URL is polled, and no more after the shutdown', async () => {
  const asked: (string | undefined)[] = [];
  let answered = (): void => undefined;
  const firstAnswer = new Promise<void>((resolve) => (answered = resolve));
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.end(asked.length === 1 ? none : all, answered);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { telemetry } = await startWithSink({
    environment: { OTEL_SAMPLING_POLICY: `http://127.0.0.1:${port}/policy.json` },
  });
  await firstAnswer;
  await telemetry.shutdown();

  expect(asked).toEqual(['/policy.json']);
});
