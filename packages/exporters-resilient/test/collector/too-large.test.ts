// A real Collector that takes bodies of a limited size answers 400, not 413: the request is split all the same.
import { ledgerErrors } from '@llm-otel/core';
import { startOtlpSink } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { otlpDestination, type OtlpOptions, resilientSpanProcessor } from '../../src/index.ts';
import { makeSpans } from '../fixtures/spans.ts';
import { recordingTransport } from './recording-transport.ts';
import { startChain } from './start-chain.ts';

/** So that gzip does not make it small. */
const noise = (length: number): string => {
  let text = '';
  for (let state = 7; text.length < length; state = (state * 48_271) % 2_147_483_647)
    text += state.toString(36);
  return text.slice(0, length);
};

test.each<[string, Partial<OtlpOptions>]>([
  ['protobuf', { compression: 'none' }],
  ['JSON', { protocol: 'http/json', compression: 'none' }],
  ['protobuf and gzip', { compression: 'gzip' }],
])(
  'over HTTP with %s: a body that is too large is split, and only the span that is too large alone is refused',
  async (_name, options) => {
    await using sink = await startOtlpSink();
    await using chain = await startChain(sink, { http: { max_request_body_size: 20_000 } });
    const transport = recordingTransport();
    const refused: number[] = [];
    const processor = resilientSpanProcessor({
      destinations: [
        otlpDestination({
          url: chain.tracesUrl,
          transport,
          ...options,
          onRefused: ({ items }) => refused.push(items),
        }),
      ],
    });

    for (const span of makeSpans(100, { attributes: { prompt: noise(1000) } }))
      processor.onEnd(span);
    for (const span of makeSpans(1, { attributes: { prompt: noise(50_000) } }))
      processor.onEnd(span);
    await processor.shutdown({ timeoutMillis: 30_000 });

    expect(transport.answers.find(({ status }) => status !== 200)).toMatchObject({ status: 400 });
    expect(processor.ledger().destinations).toMatchObject({
      otlp: { exported: 100, rejected: { http_400: 1 } },
    });
    expect(ledgerErrors(processor.ledger())).toEqual([]);
    expect(refused).toEqual([1]);
    expect(sink.spans).toHaveLength(100);
    expect(sink.duplicateSpans).toEqual([]);
  },
);
