import { setImmediate } from 'node:timers/promises';
import { SpanKind } from '@opentelemetry/api';
import { expect, vi } from 'vitest';
import { instrument, type McpOptions } from '../../src/index.ts';
import type { ContractCase } from './cases.ts';
import type { Sdk } from './clients.ts';
import { connect, type Connection, type Prepare, type TransportName } from './connections.ts';
import { type PlainSpan, plainSpan } from './plain-span.ts';
import { startRecording } from './recording.ts';
import { seen } from './seen.ts';

export interface CaseRun {
  /** What the application got: a value or an error. */
  readonly result: unknown;
  readonly unhandled: readonly string[];
}

/** Runs a case as the application would, over a real connection. */
export async function runCase(
  { run, handshake, closes }: ContractCase,
  sdk: Sdk,
  transport: TransportName,
  prepare?: Prepare,
  beforeClosing: (connection: Connection) => Promise<unknown> = () => setImmediate(),
): Promise<CaseRun> {
  const unhandled: string[] = [];
  const onUnhandled = (reason: unknown): void => void unhandled.push(String(reason));
  process.on('unhandledRejection', onUnhandled);
  try {
    const shared = handshake !== true && closes !== true;
    const connection = await connect(sdk, transport, prepare, shared);
    const { client } = connection;
    const result = await run({
      client,
      callTool: (name, given = {}, options?) =>
        sdk.callTool(client, { name, arguments: given }, options),
      callWith: (params) => sdk.callTool(client, params),
    }).then(
      (value) => ({ value: seen(value) }),
      (error: unknown) => ({ error: seen(error) }),
    );
    if (closes === true) await connection.close();
    await beforeClosing(connection);
    if (closes !== true) await connection.close();
    // Unhandled rejections are reported after the microtasks.
    await setImmediate();
    return { result: withoutTrace(result), unhandled };
  } finally {
    process.off('unhandledRejection', onUnhandled);
  }
}

/** {@link runCase} with both sides observed, and what they recorded. */
export async function runObserved(
  contractCase: ContractCase,
  sdk: Sdk,
  transport: TransportName,
  options: McpOptions = {},
): Promise<CaseRun & { readonly spans: readonly PlainSpan[] }> {
  const { recorder, stop } = startRecording();
  const spans: PlainSpan[] = [];
  try {
    const run = await runCase(
      contractCase,
      sdk,
      transport,
      (endpoint) => instrument(endpoint, options),
      async ({ client, journal }) => {
        // What is still under way, such as a notification that nobody waits for, comes to its end.
        const flushed = contractCase.closes === true ? '' : await flush(client);
        await vi.waitFor(
          () => {
            expect(recorder.openSpans).toEqual([]);
            expect(contractCase.closes === true ? 0 : journal().open).toBe(0);
          },
          { timeout: 5000, interval: 10 },
        );
        const all = [...recorder.spans.map(plainSpan), ...journal().spans];
        spans.push(...all.filter(({ traceId }) => traceId !== flushed));
      },
    );
    const ofHandshake = /^(initialize|notifications\/initialized)$/;
    return {
      ...run,
      spans: spans.filter(({ name }) => contractCase.handshake === true || !ofHandshake.test(name)),
    };
  } finally {
    stop();
  }

  /** Messages stay in order: when this is answered, the other side has all before it. */
  async function flush(client: { ping(): Promise<unknown> }): Promise<string> {
    await client.ping();
    return (
      recorder.spans
        .findLast(({ name, kind }) => name === 'ping' && kind === SpanKind.CLIENT)
        ?.spanContext().traceId ?? ''
    );
  }
}

/** The trace travels in `_meta`, for everyone to see. Nothing else may differ. */
function withoutTrace(result: unknown): unknown {
  const text = JSON.stringify(result, (_key, value: unknown) =>
    value === undefined ? null : value,
  );
  return JSON.parse(
    text
      .replaceAll(/(\\*")traceparent\1:\1[\w-]+\1,?/g, '')
      .replaceAll(/,?\\*"meta\\*":\{\}/g, '')
      .replaceAll(/,\}/g, '}'),
  );
}
