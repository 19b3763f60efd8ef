import { startOtlpSink } from '@llm-otel/testing';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { otlpDestination, resilientSpanProcessor } from '../src/index.ts';

function refuses(): never {
  throw new Error('not supported in the Edge Runtime');
}

describe.each([
  ['is not there', undefined],
  ['throws, as in the edge runtime of Next.js', refuses],
])('where CompressionStream %s', (_what, found) => {
  test.each(['http/protobuf', 'http/json'] as const)('%s is sent as it is', async (protocol) => {
    onTestFinished(() => void vi.unstubAllGlobals());
    vi.stubGlobal('CompressionStream', found);
    await using sink = await startOtlpSink();
    const destination = otlpDestination({ url: sink.tracesUrl, compression: 'gzip', protocol });
    const processor = resilientSpanProcessor({ destinations: [destination] });
    const tracer = new TracerProvider({ spanProcessors: [processor] }).getTracer('test');

    for (const _ of Array(20)) tracer.startSpan('large enough to be packed').end();
    await processor.shutdown();

    expect(sink.requests.map(({ contentEncoding }) => contentEncoding)).toEqual(['identity']);
    expect(sink.spans).toHaveLength(20);
  });
});
