import type { Attributes, SpanContext } from '@opentelemetry/api';
import type { Clock, ReadableSpan, SpanReceiver } from '@llm-otel/core';
import { seededRandom } from '@llm-otel/testing';
import { compare } from '@llm-otel/tooling/bench';
import { tailSampling } from '@llm-otel/sampling';
import type { SamplingPolicy } from '@llm-otel/sampling/policy';
import { estimateBytes } from '../src/tail/estimate-bytes.ts';
import { span } from '../test/spans.ts';

// 5,000 spans a second, 8 in a trace. 8,750 traces are waiting for their root and 1,250 for stragglers behind it.
const TRACES = 20_000;
const SPANS_PER_TRACE = 8;
const TRACES_BETWEEN_SPANS = 1250;
const TICK_MILLIS = 250;
const SPANS_PER_TICK = 1250;
const policy: SamplingPolicy = {
  version: 1,
  rules: [
    { name: 'errors', when: { error: true }, keep: 'all' },
    { name: 'slow', when: { minDurationMillis: 30_000 }, keep: 'all' },
    { name: 'costly', when: { minCostMicroUsd: 100_000_000 }, keep: 'all' },
    { name: 'reviews', when: { agent: 'reviewer' }, keep: 'all' },
    { name: 'others', keep: { ratio: 0.1 } },
  ],
};

const random = seededRandom('S2');

/** Set one by one, as an application does. */
function attributesOf(at: number): Attributes {
  const attributes: Attributes = {};
  for (const [key, value] of Object.entries({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-5-mini',
    'gen_ai.response.model': `gpt-5-mini-${at}`,
    'gen_ai.response.id': `chatcmpl-${at}`,
    'gen_ai.request.max_tokens': 1024,
    'gen_ai.request.temperature': 0.7,
    'gen_ai.agent.name': 'researcher',
    'gen_ai.usage.input_tokens': 1200,
    'gen_ai.usage.output_tokens': 340,
    'server.address': 'api.example.com',
    'server.port': 443,
  })) {
    attributes[key] = value;
  }
  return attributes;
}

const ATTRIBUTE_SETS = 256;
const attributeSets = Array.from({ length: ATTRIBUTE_SETS }, (_, at) => attributesOf(at));
const traceIds = Array.from({ length: TRACES }, () =>
  Buffer.from(random.hex(32)).toString('latin1'),
);

/** The order in which spans end, as trace * 8 + step. Every trace starts one place later than the one before. */
function endings(): Uint32Array {
  const order: [number, number][] = [];
  for (let trace = 0; trace < TRACES; trace++) {
    for (let step = 0; step < SPANS_PER_TRACE; step++) {
      order.push([trace + step * TRACES_BETWEEN_SPANS, trace * SPANS_PER_TRACE + step]);
    }
  }
  return Uint32Array.from(
    order.toSorted(([a], [b]) => a - b),
    ([, ending]) => ending,
  );
}

const order = endings();
const template = span({ parent: {} });

class EndedSpan implements ReadableSpan {
  readonly name = 'chat gpt-5-mini';
  readonly kind = template.kind;
  readonly startTime: ReadableSpan['startTime'] = [1_700_000_000, 5];
  readonly endTime: ReadableSpan['endTime'] = [1_700_000_001, 5];
  readonly duration: ReadableSpan['duration'] = [1, 0];
  readonly status = template.status;
  readonly attributes: Attributes;
  readonly links: ReadableSpan['links'] = [];
  readonly events: ReadableSpan['events'] = [];
  readonly ended = true;
  readonly resource = template.resource;
  readonly instrumentationScope = template.instrumentationScope;
  readonly droppedAttributesCount = 0;
  readonly droppedEventsCount = 0;
  readonly droppedLinksCount = 0;
  readonly parentSpanContext?: SpanContext;
  readonly #context: SpanContext;

  constructor(context: SpanContext, attributes: Attributes, isRoot: boolean) {
    this.#context = context;
    this.attributes = attributes;
    this.parentSpanContext = (isRoot ? undefined : context) as SpanContext;
  }

  spanContext(): SpanContext {
    return this.#context;
  }
}

/** A span as it comes from the SDK: just made, and so in the processor's cache. Both sides make it. */
function spanAt(at: number): ReadableSpan {
  const ending = order[at] as number;
  const traceId = traceIds[Math.floor(ending / SPANS_PER_TRACE)] as string;
  const isRoot = ending % SPANS_PER_TRACE === SPANS_PER_TRACE - 1;
  return new EndedSpan(
    { traceId, spanId: 'b7ad6b7169203331', traceFlags: 0 },
    attributeSets[at & (ATTRIBUTE_SETS - 1)] as Attributes,
    isRoot,
  );
}

let passed = 0;
const sink: SpanReceiver = { onEnd: () => void passed++ };

/** What one would write without further thought: arrays in a Map, gone when the root has ended. */
function plainBuffer(): SpanReceiver {
  const traces = new Map<string, ReadableSpan[]>();
  return {
    onEnd(span) {
      const { traceId } = span.spanContext();
      const held = traces.get(traceId);
      if (held === undefined) traces.set(traceId, [span]);
      else held.push(span);
      if (span.parentSpanContext === undefined) {
        for (const one of traces.get(traceId) ?? []) sink.onEnd(one);
        traces.delete(traceId);
      }
    },
  };
}

let now = 0;
let timer: (() => void) | undefined;
/** One for all rounds, as a process has one: it goes on with the spans, so that the deciding is part of what is measured. */
const clock: Clock = {
  epochMillis: () => now,
  monotonicMillis: () => now,
  setTimer: (callback) => (timer = callback),
  clearTimer: () => (timer = undefined),
};

function tailBuffer(): SpanReceiver {
  let ended = 0;
  const report = { sampledOut: (_: string, count: number) => void (passed += count), dropped() {} };
  const buffer = tailSampling(policy, {}, { clock })(sink, report);
  return {
    onEnd(span) {
      buffer.onEnd(span);
      if (++ended % SPANS_PER_TICK !== 0) return;
      now += TICK_MILLIS;
      const tick = timer;
      timer = undefined;
      tick?.();
    },
  };
}

/** Ends one span at each call, and starts again with an empty buffer after the last one. */
function inTurn(makeBuffer: () => SpanReceiver): () => unknown {
  let buffer = makeBuffer();
  let at = 0;
  return () => {
    if (at === order.length) {
      at = 0;
      buffer = makeBuffer();
    }
    buffer.onEnd(spanAt(at++));
    return passed;
  };
}

const CALLS = 200_000;
const times = new Float64Array(CALLS);

/** The time that 99 of 100 calls stay under, in nanoseconds, without the timer's own cost. */
function p99(run: () => unknown): () => number {
  return () => {
    const timer = percentile(0.5, () => 0);
    return Math.max(percentile(0.99, run) - timer, 0);
  };
}

function percentile(share: number, run: () => unknown): number {
  for (let call = 0; call < CALLS; call++) {
    const started = performance.now();
    run();
    times[call] = performance.now() - started;
  }
  return (times.toSorted()[Math.floor(CALLS * share)] as number) * 1e6;
}

const plain = inTurn(plainBuffer);
const ours = inTurn(tailBuffer);

compare({
  id: 'S2',
  title: 'tail onEnd, 12 attributes, 5 rules, 10,000 open traces, p99 of a call',
  baseline: { name: 'arrays in a Map', measure: p99(plain) },
  ours: { name: 'tailSampling', measure: p99(ours) },
  floor: { timesTheTime: 1.8 },
  stretch: { timesTheTime: 1.3 },
});

// What the percentile does not show: with everything that is decided in between, over many calls.
compare({
  id: 'S2 mean',
  title: 'the same, per span with deciding and passing on',
  baseline: { name: 'arrays in a Map', run: plain },
  ours: { name: 'tailSampling', run: ours },
});

const estimated = childAt(0);
const WARM_TRACES = 64;
const WARM_ROUNDS = 400;

/** A further span of a trace, where all of them are in the processor's cache: the work alone, without waiting for memory. */
function warm(makeBuffer: () => SpanReceiver): () => number {
  return () => {
    const rounds = Array.from({ length: WARM_ROUNDS }, () => {
      const buffer = makeBuffer();
      const spans = Array.from({ length: WARM_TRACES * SPANS_PER_TRACE }, (_, at) =>
        childAt(at % WARM_TRACES),
      );
      for (const first of spans.splice(0, WARM_TRACES)) buffer.onEnd(first);
      const started = performance.now();
      for (const further of spans) buffer.onEnd(further);
      return ((performance.now() - started) / spans.length) * 1e6;
    });
    return rounds.toSorted((a, b) => a - b)[WARM_ROUNDS >> 1] as number;
  };
}

function childAt(trace: number): ReadableSpan {
  const context = {
    traceId: traceIds[trace] as string,
    spanId: 'b7ad6b7169203331',
    traceFlags: 0,
  };
  return new EndedSpan(context, attributeSets[trace] as Attributes, false);
}

// Of the difference that the percentile shows, what is work; the rest is the trace's record, cold in memory.
compare({
  id: 'S2 warm',
  title: 'a further span of one of 64 open traces',
  baseline: { name: 'arrays in a Map', measure: warm(plainBuffer) },
  ours: { name: 'tailSampling', measure: warm(tailBuffer) },
});
compare({
  id: 'S2 bytes',
  title: 'of that, the estimate of its bytes',
  ours: { name: 'estimateBytes', run: () => estimateBytes(estimated) },
});
