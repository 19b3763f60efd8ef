import { SpanKind } from '@opentelemetry/api';
import { expect, vi } from 'vitest';
import { instrument, type McpOptions } from '../../src/index.ts';
import type { ContractCase } from './cases.ts';
import type { TransportName } from './connections.ts';
import { type PlainSpan, plainSpan } from './plain-span.ts';
import { startRecording } from './recording.ts';
import { type CaseRun, runCase } from './run-case.ts';
import type { Sdk } from './sdk.ts';

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
