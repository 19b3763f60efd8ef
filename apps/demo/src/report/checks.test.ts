import { Ledger } from '@llm-otel/core';
import { expect, test } from 'vitest';
import type { TraceSpan } from '../waterfall/trace-tree.ts';
import { checkRun, type RunFacts } from './checks.ts';

function span(
  spanId: string,
  parentSpanId: string,
  service: string,
  more: Partial<TraceSpan> = {},
): TraceSpan {
  const { attributes = {}, error } = more;
  const name = more.name ?? 'span';
  return {
    traceId: 't',
    spanId,
    parentSpanId,
    service,
    name,
    startNanos: BigInt(Date.UTC(2026, 10, 27)) * 1_000_000n,
    endNanos: BigInt(Date.UTC(2026, 10, 27)) * 1_000_000n + 1n,
    linkedSpanIds: [],
    attributes,
    error,
  };
}

const chat = (
  id: string,
  attributes: TraceSpan['attributes'],
  more: Partial<TraceSpan> = {},
): TraceSpan =>
  span(id, '1', 'desk', {
    name: 'chat gpt-5-mini',
    ...more,
    attributes: { 'gen_ai.operation.name': 'chat', ...attributes },
  });

/** 1000 tokens at 0.25 and 10 at 2 micro-USD each. */
const PRICED: TraceSpan['attributes'] = {
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-5-mini',
  'gen_ai.usage.input_tokens': 1000n,
  'gen_ai.usage.output_tokens': 10n,
  'llm_otel.cost.micro_usd': 270n,
};

const TRACE: readonly TraceSpan[] = [
  span('1', '', 'desk', { name: 'invoke_workflow answer_ticket' }),
  chat(
    '2',
    { 'http.response.status_code': 429 },
    { error: { type: 'rate_limit_exceeded', message: '' } },
  ),
  chat('3', { ...PRICED, 'gen_ai.response.time_to_first_chunk': 0.2 }),
  span('4', '1', 'desk', {
    name: 'execute_tool exchange_rate',
    attributes: { 'gen_ai.operation.name': 'execute_tool' },
    error: { type: 'ECONNREFUSED', message: '' },
  }),
  span('5', '1', 'billing'),
  span('6', '5', 'worker'),
];

function facts(changes: Partial<RunFacts> = {}, exported = TRACE.length): RunFacts {
  const ledger = new Ledger('traces');
  const otlp = ledger.destination('otlp');
  ledger.ended(exported);
  ledger.handed(exported);
  otlp.exported(exported);
  return {
    processes: [{ service: 'desk', ledgers: [ledger.snapshot()], redacted: { email_address: 1 } }],
    received: TRACE,
    trace: TRACE,
    duplicates: 0,
    refusedRequests: 1,
    receivedText: 'nothing of it',
    secrets: { address: 'ada' },
    emulated: true,
    metrics: METRICS,
    ...changes,
  };
}

const METRICS = (['counter', 'gauge', 'histogram'] as const).map((kind) => ({
  service: 'desk',
  name: `support.${kind}`,
  kind,
  value: '1',
}));

const COSTS = 'every model call that used tokens has its cost by the price table';

const failed = (run: RunFacts): string[] =>
  checkRun(run)
    .filter(({ ok }) => !ok)
    .map(({ name }) => name);

test('a run as it should be passes every check', () => {
  expect(failed(facts())).toEqual([]);
});

test.each<[string, RunFacts]>([
  ['every ledger adds up', facts({ processes: [brokenLedger()] })],
  ['what was exported is what arrived, and nothing was dropped', facts({}, TRACE.length + 1)],
  ['what was exported is what arrived, and nothing was dropped', facts({ duplicates: 1 })],
  [
    'the ticket is one trace with one root, across three processes',
    facts({ trace: TRACE.slice(0, 4) }),
  ],
  ['no token is counted on two spans of one call', facts({ trace: [...TRACE, countedTwice()] })],
  ['no secret and no address reached the receiver', facts({ receivedText: 'mail ada' })],
  ['the receiver was down for a while', facts({ refusedRequests: 0 })],
  [
    'counters, histograms and gauges of the applications arrived',
    facts({ metrics: METRICS.slice(1) }),
  ],
  [
    'the call that was rate-limited was tried again',
    facts({ trace: TRACE.filter(({ spanId }) => spanId !== '2') }),
  ],
  [
    'the tool that failed is an error on its own span only',
    facts({ trace: TRACE.filter(({ spanId }) => spanId !== '4') }),
  ],
  [
    'the streamed answer has a time to first token',
    facts({ trace: TRACE.filter(({ spanId }) => spanId !== '3') }),
  ],
  [COSTS, facts({ trace: [...TRACE, chat('7', { ...PRICED, ...costs(undefined) })] })],
  [COSTS, facts({ trace: [...TRACE, chat('7', { ...PRICED, ...costs(271n) })] })],
  [COSTS, facts({ trace: TRACE.filter(({ spanId }) => spanId !== '3') })],
])('the check "%s" can fail', (name, run) => {
  expect(failed(run)).toContain(name);
});

test('what only the emulator makes certain is not asked of a real service', () => {
  expect(checkRun(facts({ emulated: false })).map(({ name }) => name)).not.toContain(
    'the call that was rate-limited was tried again',
  );
});

function costs(microUsd: bigint | undefined): TraceSpan['attributes'] {
  return { 'llm_otel.cost.micro_usd': microUsd };
}

function brokenLedger(): RunFacts['processes'][number] {
  const ledger = new Ledger('traces');
  ledger.ended(3);
  return { service: 'desk', ledgers: [ledger.snapshot()], redacted: {} };
}

function countedTwice(): TraceSpan {
  return { ...chat('7', { 'gen_ai.usage.input_tokens': 10n }), parentSpanId: '3' };
}
