// Ended traces as a tail sampler sees them: many kinds, the same for the same seed, without an SDK.
import type { ReadableSpan } from '@llm-otel/core';
import { seededRandom, type SeededRandom } from '@llm-otel/testing';
import {
  type Attributes,
  createTraceState,
  type HrTime,
  type SpanContext,
} from '@opentelemetry/api';

const START_SECONDS = 1_790_000_000;

/** `count` traces of one to six spans; those of a trace follow each other, its root last. */
export function madeTraces(count: number, seed: number, subMillisecond = false): ReadableSpan[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => madeTrace(random, subMillisecond)).flat();
}

function madeTrace(random: SeededRandom, subMillisecond: boolean): ReadableSpan[] {
  const traceId = random.hex(32);
  const traceState = tracestateOf(random);
  const resource = {
    attributes: { 'service.name': random.pick(['desk', 'orders-batch', 'mail']) },
  };
  const rootId = random.hex(16);
  const spans: ReadableSpan[] = [];
  for (let child = random.integer(6); child > 0; child--) {
    spans.push(
      made({
        name: random.pick(['chat gpt-5', 'chat claude', 'embeddings']),
        kind: 2,
        attributes: callAttributes(random),
        parentSpanContext: contextOf(rootId),
        events: evaluationsOf(random),
      }),
    );
  }
  const root = made({
    name: random.pick(['GET /health', 'GET /healthz', 'GET /orders', 'answer ticket']),
    kind: random.pick([0, 1, 4]),
    attributes: {
      'app.tier': random.pick(['gold', 'silver "plus"', 'none\n']),
    },
  });
  return [...spans, { ...root, spanContext: () => contextOf(rootId) }];

  function contextOf(spanId: string): SpanContext {
    return { traceId, spanId, traceFlags: 1, ...(traceState === undefined ? {} : { traceState }) };
  }

  function made(part: Partial<ReadableSpan>): ReadableSpan {
    const context = contextOf(random.hex(16));
    const startMillis = random.integer(60);
    const endMillis = startMillis + random.integer(60);
    return {
      name: '',
      kind: 0,
      spanContext: () => context,
      startTime: timeOf(startMillis, random, subMillisecond),
      endTime: timeOf(endMillis, random, subMillisecond),
      duration: [0, 0],
      status: { code: random.integer(100) < 4 ? 2 : 0 },
      attributes: {},
      links: [],
      events: [],
      ended: true,
      resource,
      instrumentationScope: { name: 'made' },
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
      ...part,
    };
  }
}

function timeOf(millis: number, random: SeededRandom, subMillisecond: boolean): HrTime {
  return [START_SECONDS, millis * 1e6 + (subMillisecond ? random.integer(1e6) : 0)];
}

/** Some traces have randomness of their own, which counts instead of the trace id's. */
function tracestateOf(random: SeededRandom): SpanContext['traceState'] {
  const kind = random.integer(10);
  if (kind < 2) return createTraceState(`other=1,ot=th:0;rv:${random.hex(14)}`);
  return kind === 2 ? createTraceState('ot=th:0') : undefined;
}

function callAttributes(random: SeededRandom): Attributes {
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': random.pick(['gpt-5', 'gpt-5-mini', 'claude-5']),
    'gen_ai.agent.name': random.pick(['the writer', 'researcher']),
    'gen_ai.usage.input_tokens': random.integer(1000),
    'llm_otel.cost.micro_usd': random.integer(500),
    'http.response.status_code': random.pick([200, 404, 500, 503]),
    'app.retry': random.integer(2) === 0,
    'app.level': random.pick<number | string>([1, 2, 3, '3']),
    'app.share': random.pick([0.25, 0.5, 2]),
    'error.type': random.pick<number | string | boolean>(['timeout', 7, false, 'timeout_read']),
    ...(random.integer(2) === 0 ? { 'app.note': random.pick(['a.b and c', 'aXb and c', '']) } : {}),
  };
}

function evaluationsOf(random: SeededRandom): ReadableSpan['events'] {
  if (random.integer(10) > 0) return [];
  const name = random.pick(['relevance', 'user_feedback', 'toxicity']);
  return [
    {
      name: 'gen_ai.evaluation.result',
      time: [START_SECONDS, 0],
      attributes: {
        'gen_ai.evaluation.name': name,
        'gen_ai.evaluation.score.value': random.pick([-1, 0, 0.4, 0.75, 1]),
        'gen_ai.evaluation.score.label': random.pick(['pass', 'fail', 'failed badly']),
      },
    },
  ];
}
