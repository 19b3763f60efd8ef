import { startOtlpSink } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { startGrpcSink } from '../../test/fixtures/grpc-sink.ts';
import { makeSpans } from '../../test/fixtures/spans.ts';
import type { Destination } from '../destination.ts';
import { resilientExporter } from '../exporter/resilient-exporter.ts';
import { otlpGrpcDestination } from '../grpc/index.ts';
import { otlpDestination } from './otlp-destination.ts';

async function send(destination: Destination): Promise<void> {
  const exporter = resilientExporter({ destinations: [destination] });
  exporter.export(makeSpans(1), () => undefined);
  await exporter.shutdown();
}

test('receivers are told who sends, over HTTP and over gRPC, unless the user says something else', async () => {
  await using http = await startOtlpSink();
  await using grpc = await startGrpcSink();

  await send(otlpDestination({ url: http.tracesUrl }));
  await send(otlpDestination({ url: http.tracesUrl, headers: { 'User-Agent': 'mine' } }));
  await send(otlpGrpcDestination({ url: grpc.url }));

  expect(http.requests.map(({ headers }) => headers['user-agent'])).toEqual([
    'OTel-OTLP-Exporter-JavaScript/llm-otel',
    'mine',
  ]);
  expect(String(grpc.calls[0]?.metadata.get('user-agent')[0])).toMatch(
    /^OTel-OTLP-Exporter-JavaScript\/llm-otel /,
  );
});
