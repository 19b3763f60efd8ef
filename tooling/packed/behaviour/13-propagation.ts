import assert from 'node:assert/strict';
import {
  compositePropagator,
  extractHeaders,
  extractMessage,
  HeaderTraceState,
  injectHeaders,
  injectMessage,
  jaegerPropagator,
  parseTraceparent,
  w3cBaggagePropagator,
  w3cPropagator,
  w3cTraceContextPropagator,
} from '@llm-otel/propagation';
import { type Context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { observed, spanNamed, test } from './support.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';
const TRACEPARENT = `00-${TRACE_ID}-${SPAN_ID}-01`;
const ALL = w3cPropagator({ baggageKeys: 'all' });

function sent(context: Context, propagator = ALL): Record<string, string> {
  const headers = {};
  injectHeaders(headers, context, propagator);
  return headers;
}
function entries(baggage: unknown): Record<string, string> {
  const found = propagation.getBaggage(extractHeaders({ baggage }, ROOT_CONTEXT, ALL));
  return Object.fromEntries(found?.getAllEntries().map(([key, { value }]) => [key, value]) ?? []);
}
const withBaggage = (key: string, value: string): Context =>
  propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage({ [key]: { value } }));

test('traceparent_parsing_valid: ids and flags are read, a later version by its prefix', () => {
  const parsed = parseTraceparent(TRACEPARENT);

  assert.deepEqual([parsed?.traceId, parsed?.spanId, parsed?.traceFlags], [TRACE_ID, SPAN_ID, 1]);
  assert.equal(parseTraceparent(`cc${TRACEPARENT.slice(2)}-more`)?.traceId, TRACE_ID);
});

test('traceparent_parsing_invalid_version: ff and what is no version are refused', () => {
  for (const version of ['ff', 'FF', '0', 'g0'])
    assert.equal(parseTraceparent(version + TRACEPARENT.slice(2)), undefined, version);
});

test('traceparent_parsing_invalid_length: a character more or less is refused', () => {
  for (const header of ['', TRACEPARENT.slice(1), TRACEPARENT.slice(0, -1), `${TRACEPARENT}0`])
    assert.equal(parseTraceparent(header), undefined, header);
});

test('traceparent_parsing_invalid_chars: upper case, zeros and others are refused', () => {
  for (const id of [TRACE_ID.toUpperCase(), '0'.repeat(32), TRACE_ID.replace('a', 'g')])
    assert.equal(parseTraceparent(`00-${id}-${SPAN_ID}-01`), undefined, id);
});

test('traceparent_injection: the span of the SDK goes out', async () => {
  let header: string | undefined;
  const { spans } = await observed({}, (telemetry) => {
    const span = telemetry.tracer().startSpan('work');
    header = sent(trace.setSpan(ROOT_CONTEXT, span))['traceparent'];
    span.end();
  });

  const { traceId, spanId } = spanNamed(spans, 'work');
  assert.equal(header?.slice(0, 53), `00-${traceId}-${spanId}-`);
});

test('tracestate_parsing: members keep their order, and are found by key', () => {
  const state = new HeaderTraceState('ot=th:c , congo=t61rcWkgMzE');

  assert.equal(state.get('congo'), 't61rcWkgMzE');
  assert.equal(state.serialize(), 'ot=th:c,congo=t61rcWkgMzE');
});

test('tracestate_injection: the list that came in goes out below a span of the SDK', async () => {
  const parent = extractHeaders({ traceparent: TRACEPARENT, tracestate: 'a=1,b=2' });
  let headers: Record<string, string> = {};
  await observed({}, (telemetry) => {
    const span = telemetry.tracer().startSpan('work', {}, parent);
    headers = sent(trace.setSpan(parent, span));
    span.end();
  });

  assert.equal(headers['traceparent']?.slice(3, 35), TRACE_ID);
  assert.match(headers['tracestate'] ?? '', /a=1,b=2$/);
});

test('baggage_parsing_single: one member is one entry', () => {
  assert.deepEqual(entries('session.id=s-42'), { 'session.id': 's-42' });
});

test('baggage_parsing_multiple: each member is an entry, bad ones are left out', () => {
  assert.deepEqual(entries('a=1, b= ,c,=d,e=5'), { a: '1', b: '', e: '5' });
});

test('baggage_encoding_special_chars: whatever a value holds comes back', () => {
  for (const value of ['a b', 'Grüße, 42', '日本 🎉', '100%', 'line\r\nbreak', '']) {
    const { baggage } = sent(withBaggage('key', value));
    assert.match(baggage ?? '', /^[!-~]+$/);
    assert.deepEqual(entries(baggage), { key: value });
  }
});

test('baggage_size_limits: 8192 bytes are carried, one more is not', () => {
  assert.equal(sent(withBaggage('k', 'v'.repeat(8190)))['baggage']?.length, 8192);
  assert.deepEqual(sent(withBaggage('k', 'v'.repeat(8191))), {});
});

test('composite_propagator_inject: each one writes its headers, in order', () => {
  const both = compositePropagator([w3cTraceContextPropagator(), jaegerPropagator()]);

  assert.deepEqual(sent(extractHeaders({ traceparent: TRACEPARENT }), both), {
    traceparent: TRACEPARENT,
    'uber-trace-id': `${TRACE_ID}:${SPAN_ID}:0:01`,
  });
});

test('composite_propagator_extract: each one adds what it finds', () => {
  const both = compositePropagator([w3cTraceContextPropagator(), w3cBaggagePropagator()]);

  const context = extractHeaders({ traceparent: TRACEPARENT, baggage: 'a=1' }, ROOT_CONTEXT, both);

  assert.equal(trace.getSpanContext(context)?.spanId, SPAN_ID);
  assert.equal(propagation.getBaggage(context)?.getEntry('a')?.value, '1');
});

test('context_round_trip: headers and messages bring back what was sent', () => {
  const headers = { traceparent: TRACEPARENT, tracestate: 'a=1', baggage: 'b=2' };
  const context = extractHeaders(headers, ROOT_CONTEXT, ALL);

  assert.deepEqual(sent(context), headers);
  const message = injectMessage('kafka', { value: 'v' }, context, ALL);
  assert.deepEqual(sent(extractMessage(message, ROOT_CONTEXT, ALL)), headers);
});

test('a context that came in is a parent to the SDK, and its children go on below', async () => {
  const { spans } = await observed({}, (telemetry) => {
    const parent = extractHeaders({ traceparent: TRACEPARENT });
    const child = telemetry.tracer().startSpan('child', {}, parent);
    telemetry.tracer().startSpan('grandchild', {}, trace.setSpan(parent, child)).end();
    child.end();
  });

  assert.equal(spanNamed(spans, 'child').parentSpanId, SPAN_ID);
  assert.equal(spanNamed(spans, 'grandchild').parentSpanId, spanNamed(spans, 'child').spanId);
});
