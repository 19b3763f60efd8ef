import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test as nodeTest } from 'node:test';
import { ledgerErrors, type LedgerSnapshot } from '@llm-otel/core';
import { startTelemetry, type Telemetry, type TelemetryOptions } from '@llm-otel/sdk';
import { type DecodedSpan, type OtlpSink, startOtlpSink } from '@llm-otel/testing';

/** A test of the suite. Bounded: a hang is a failure with a name. */
export function test(name: string, body: () => void | Promise<void>): void {
  void nodeTest(name, { timeout: 20_000 }, body);
}

/** What one life of the telemetry sent, and what it says about it. */
export interface Outcome {
  readonly spans: readonly DecodedSpan[];
  readonly ledger: LedgerSnapshot;
  readonly sink: OtlpSink;
}

/** Starts telemetry towards a sink, does `work`, shuts down, and hands over what arrived. The books must balance. */
export async function observed(
  options: TelemetryOptions,
  work: (telemetry: Telemetry, sink: OtlpSink) => unknown,
): Promise<Outcome> {
  await using sink = await startOtlpSink();
  const telemetry = await startTelemetry({
    serviceName: 'support-desk',
    endpoint: sink.url,
    strict: true,
    ...options,
  });
  assert.equal(telemetry.enabled, true);
  try {
    await work(telemetry, sink);
  } finally {
    await telemetry.shutdown();
  }
  const ledger = telemetry.ledger().find(({ signal }) => signal === 'traces');
  assert.ok(ledger !== undefined, 'there is a ledger of traces');
  assert.deepEqual(ledgerErrors(ledger), []);
  assert.deepEqual([...sink.errors, ...sink.unknownFields], []);
  return { spans: [...sink.spans], ledger, sink };
}

/** The only span of that name. */
export function spanNamed(spans: readonly DecodedSpan[], name: string): DecodedSpan {
  const found = spans.filter((span) => span.name === name);
  assert.equal(
    found.length,
    1,
    `spans named ${name}, among: ${spans.map((span) => span.name).join(', ')}`,
  );
  return found[0] as DecodedSpan;
}

/** A program of its own, and how it is run. */
export interface ModuleOptions {
  /** @defaultValue `module` */
  readonly type?: 'module' | 'commonjs';
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program in a fresh process and returns what it wrote. `code` is null when it had to be stopped. */
export function runModule(
  source: string,
  { type = 'module', args = [], env = {} }: ModuleOptions = {},
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args, `--input-type=${type}`, '--eval', source], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 15_000,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
