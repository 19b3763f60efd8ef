import { compile, type CompileInput } from '@llm-otel/collector-config';
import type { ReadableSpan } from '@llm-otel/core';
import { otlpDestination, resilientSpanProcessor } from '@llm-otel/exporters-resilient';
import { nodeTransport } from '@llm-otel/exporters-resilient/node';
import {
  type Collector,
  type CollectorConfig,
  freePorts,
  startCollector,
} from '@llm-otel/tooling/collector';

/** A Collector with a compiled configuration, on ports of this machine that were free. */
export interface CompiledCollector extends AsyncDisposable {
  readonly collector: Collector;
  readonly tracesUrl: string;
  readonly grpcEndpoint: string;
  readonly healthUrl: string;
}

export interface CompiledOptions {
  readonly input: CompileInput;
  readonly tier: 'agent' | 'gateway';
  readonly override?: CollectorConfig | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export async function startCompiled(options: CompiledOptions): Promise<CompiledCollector> {
  const { input, tier, override = {}, env } = options;
  const { files } = compile(input);
  const text = files.find(({ path }) => path === `${tier}.yaml`)?.text ?? '';
  const [grpc, http, health] = await freePorts(3);
  const queue = { directory: '{folder}/queue', compaction: { directory: '{folder}/queue' } };
  const here: CollectorConfig = {
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: `127.0.0.1:${grpc}` },
          http: { endpoint: `127.0.0.1:${http}` },
        },
      },
    },
    extensions: {
      health_check: { endpoint: `127.0.0.1:${health}` },
      ...(tier === 'gateway' ? { file_storage: queue } : undefined),
    },
    service: { telemetry: { metrics: { level: 'none', readers: [] } } },
  };
  const collector = await startCollector({ config: [text, here, override], env });
  return {
    collector,
    tracesUrl: `http://127.0.0.1:${http}/v1/traces`,
    grpcEndpoint: `127.0.0.1:${grpc}`,
    healthUrl: `http://127.0.0.1:${health}/`,
    [Symbol.asyncDispose]: () => collector[Symbol.asyncDispose](),
  };
}

/** Sends the spans and resolves once all of them are acknowledged. */
export async function sendAll(
  spans: readonly ReadableSpan[],
  url: string,
  maxItems = 1000,
): Promise<void> {
  const processor = resilientSpanProcessor({
    destinations: [otlpDestination({ url, compression: 'gzip', transport: nodeTransport() })],
    queue: { maxItems: spans.length, maxBytes: 2 ** 30 },
    buffer: { maxItems: spans.length, maxBytes: 2 ** 30 },
    retry: { initialDelayMillis: 20, maxDelayMillis: 200 },
    batch: { maxItems },
  });
  for (const span of spans) processor.onEnd(span);
  await processor.shutdown({ timeoutMillis: 60_000 });
  const exported = processor.ledger().destinations['otlp']?.exported;
  if (exported !== spans.length) throw new Error(`${exported} of ${spans.length} spans arrived`);
}
