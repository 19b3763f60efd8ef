// From startSpan to the acknowledgement of a receiver on loopback: nanoseconds of CPU of this process per span.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { total } from '@llm-otel/core';
import { compare } from '@llm-otel/tooling/bench';
import type { Attributes } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  BatchSpanProcessor,
  type SpanExporter,
  type SpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { otlpDestination, resilientSpanProcessor } from '../src/index.ts';
import { nodeTransport } from '../src/node/index.ts';
import { chatAttributes, endChatSpan, type Shape } from './llm-span.ts';

interface Pipeline {
  readonly processor: SpanProcessor;
  /** Spans acknowledged by the receiver. */
  readonly delivered: () => number;
}

const TURN = 128;
// Stays below the queue of 2048, so that neither side drops anything.
const MOST_UNDELIVERED = 1400;

async function withSink<T>(work: (url: string) => Promise<T>): Promise<T> {
  const sink = fork(join(import.meta.dirname, 'sink-process.ts'), { execArgv: [] });
  try {
    const port = await new Promise<unknown>((resolve) => {
      sink.once('message', resolve);
    });
    return await work(`http://127.0.0.1:${String(port)}/v1/traces`);
  } finally {
    sink.disconnect();
  }
}

function stock(url: string): Pipeline {
  const exporter = new OTLPTraceExporter({ url });
  let delivered = 0;
  const counting: SpanExporter = {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.error === undefined) delivered += spans.length;
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
  };
  return { processor: new BatchSpanProcessor({ exporter: counting }), delivered: () => delivered };
}

function ours(url: string): Pipeline {
  const processor = resilientSpanProcessor({
    destinations: [otlpDestination({ url, transport: nodeTransport() })],
  });
  return {
    processor,
    delivered: () => {
      const { destinations, dropped } = processor.ledger();
      if (total(dropped) > 0) throw new Error('spans were dropped');
      return destinations['otlp']?.exported ?? 0;
    },
  };
}

/** CPU time of one span, in nanoseconds, over `spans` of them. */
async function cpuPerSpan(
  make: (url: string) => Pipeline,
  pool: readonly Attributes[],
  spans: number,
): Promise<number> {
  return withSink(async (url) => {
    const { processor, delivered } = make(url);
    const provider = new TracerProvider({ spanProcessors: [processor] });
    const tracer = provider.getTracer('bench', '1.0.0');
    let ended = 0;
    const run = async (count: number): Promise<void> => {
      const goal = ended + count;
      while (ended < goal) {
        while (ended - delivered() > MOST_UNDELIVERED) await sleep(1);
        for (let i = 0; i < TURN; i++) endChatSpan(tracer, pool[ended++ % pool.length]!);
        await new Promise(setImmediate);
      }
      await provider.forceFlush();
      while (delivered() < ended) await sleep(1);
    };

    await run(TURN * 40);
    const before = process.cpuUsage();
    await run(spans);
    const { user, system } = process.cpuUsage(before);
    await provider.shutdown();
    return ((user + system) * 1000) / spans;
  });
}

const cases: readonly [string, Shape, number, number][] = [
  ['LLM spans', 'ascii', 2.2, 2.6],
  ['small spans', 'small', 1.5, 2],
];

for (const [title, shape, floor, stretch] of cases) {
  const pool = Array.from({ length: 2048 }, (_, index) => chatAttributes(index, shape));
  const spans = TURN * 160;
  compare({
    id: 'E3',
    title: `end to end into a loopback sink, CPU per span, ${title}`,
    baseline: {
      name: 'stock batch processor + OTLP',
      measure: () => cpuPerSpan(stock, pool, spans),
    },
    ours: { name: 'resilientSpanProcessor', measure: () => cpuPerSpan(ours, pool, spans) },
    floor: { timesFaster: floor },
    stretch: { timesFaster: stretch },
  });
}
