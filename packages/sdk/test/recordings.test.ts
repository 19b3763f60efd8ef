import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { encodeTraceRequest } from '@llm-otel/exporters-resilient';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWithSink } from './start-with-sink.ts';

const cli = join(import.meta.dirname, '../src/cli/main.ts');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llm-otel-recordings-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `llm-otel sample simulate` as a process. */
async function simulate(
  recording: string,
  input: (stdin: NonNullable<ChildProcess['stdin']>) => void = (stdin) => stdin.end(),
  nodeOptions: readonly string[] = [],
): Promise<{ code: number; traces: number; spans: number; err: string }> {
  const args = ['sample', 'simulate', recording, '--policy', 'errors-only', '--json'];
  const child = spawn(process.execPath, [...nodeOptions, cli, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] },
  });
  input(child.stdin);
  const [[code], out, err] = await Promise.all([
    once(child, 'close') as Promise<[number]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  if (out === '') return { code, traces: 0, spans: 0, err };
  const [{ simulation }] = JSON.parse(out) as [
    { simulation: Record<'kept' | 'dropped', { traces: number; spans: number }> },
  ];
  const { kept, dropped } = simulation;
  return { code, traces: kept.traces + dropped.traces, spans: kept.spans + dropped.spans, err };
}

/** Requests of two spans each. */
function requests(count: number): Uint8Array[] {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const tracer = provider.getTracer('app');
  return Array.from({ length: count }, () => {
    tracer.startActiveSpan('invoke_agent writer', (root) => {
      tracer.startSpan('chat gpt-5-mini').end();
      root.end();
    });
    const request = encodeTraceRequest(exporter.getFinishedSpans());
    exporter.reset();
    return request;
  });
}

const framed = (messages: readonly Uint8Array[]): Buffer =>
  Buffer.concat(
    messages.flatMap((message) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(message.length);
      return [length, message];
    }),
  );

test('llm-otel sample reads protobuf as the file exporter of the Collector writes it, packed or not, and a pipe', async () => {
  const plain = requests(20);
  writeFileSync(join(folder, 'run.bin'), framed(plain));
  writeFileSync(join(folder, 'run.gz'), gzipSync(framed(plain)));
  writeFileSync(join(folder, 'run.zst'), framed(plain.map((request) => zstdCompressSync(request))));

  const all = { code: 0, traces: 40, spans: 40, err: '' };
  // Without a context manager each span is a trace of its own.
  expect(await simulate('run.bin')).toEqual(all);
  expect(await simulate('run.gz')).toEqual(all);
  expect(await simulate('run.zst')).toEqual(all);
  expect(await simulate('-', (stdin) => stdin.end(gzipSync(framed(plain))))).toEqual(all);
});

test('llm-otel sample reads what waits in a spool', async () => {
  const directory = join(folder, 'spool');
  const { telemetry, sink } = await startWithSink({ spool: { directory }, metrics: false });
  sink.answer({ status: 503 });
  const tracer = telemetry.tracer();
  for (let i = 0; i < 7; i++) tracer.startSpan('work').end();
  await telemetry.forceFlush({ timeoutMillis: 1000 });
  await telemetry.shutdown();

  expect(await simulate('spool')).toEqual({ code: 0, traces: 7, spans: 7, err: '' });
});

test('a recording of 270 MB is read with a heap of 220 MB', { timeout: 120_000 }, async () => {
  const path = join(folder, 'large.jsonl');
  const file = createWriteStream(path);
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
  const prompt = 'What is in this ticket? '.repeat(400);
  const traces = 28_000;
  for (let trace = 1; trace <= traces; trace++) {
    const nanos = (millis: number): string => `${1_767_225_600_000 + trace * 20 + millis}000000`;
    const span = {
      traceId: hex(trace, 32),
      spanId: hex(trace, 16),
      name: 'invoke_agent writer',
      startTimeUnixNano: nanos(0),
      endTimeUnixNano: nanos(10),
      attributes: [{ key: 'gen_ai.input.messages', value: { stringValue: `${trace} ${prompt}` } }],
    };
    const line = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
    if (!file.write(`${line}\n`)) await once(file, 'drain');
  }
  await new Promise<void>((resolve) => file.end(resolve));
  expect(statSync(path).size).toBeGreaterThan(265e6);

  const found = await simulate('large.jsonl', undefined, ['--max-old-space-size=220']);

  expect(found).toEqual({ code: 0, traces, spans: traces, err: '' });
});
