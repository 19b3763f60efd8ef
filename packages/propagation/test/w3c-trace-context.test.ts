import { type Context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, test } from 'vitest';
import { extractHeaders, injectHeaders, w3cPropagator } from '@llm-otel/propagation';

// The cases of the test suite of W3C trace context (github.com/w3c/trace-context, folder test), written anew from the
// specification: a service is called with some headers, starts a span, and calls on. What counts is what it sends.

const TRACE = '12345678901234567890123456789012';
const PARENT = '1234567890123456';
const VALID = `00-${TRACE}-${PARENT}-01`;
const tracer = new TracerProvider().getTracer('service');
const propagator = w3cPropagator();

interface Sent {
  readonly traceId: string | undefined;
  readonly parentId: string | undefined;
  readonly flags: string | undefined;
  readonly tracestate: string | undefined;
}

/** Calls the service with raw headers, several of one name as a server of Node.js hands them over. */
function call(...headers: readonly (readonly [name: string, value: string])[]): Sent {
  const received: Record<string, string | string[]> = {};
  for (const [name, value] of headers) {
    const present = received[name];
    received[name] = present === undefined ? value : [present, value].flat();
  }
  const parent: Context = extractHeaders(received, ROOT_CONTEXT, propagator);
  const span = tracer.startSpan('serve', {}, parent);
  const sent: { traceparent?: string; tracestate?: string } = {};
  injectHeaders(sent, trace.setSpan(parent, span), propagator);
  const [version, traceId, parentId, flags] = sent.traceparent?.split('-') ?? [];
  expect(version).toBe('00');
  expect(traceId).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
  // Never the id that came in: this is another span.
  expect(parentId).toMatch(/^(?!0{16})[0-9a-f]{16}$/);
  expect(parentId).not.toBe(PARENT);
  return { traceId, parentId, flags, tracestate: sent.tracestate };
}

const continues = (traceparent: string): void =>
  expect(call(['traceparent', traceparent]).traceId).toBe(TRACE);
const restarts = (traceparent: string): void => {
  const sent = call(['traceparent', traceparent], ['tracestate', 'foo=1']);
  expect(sent.traceId).not.toBe(TRACE);
  // A tracestate without its traceparent is nobody's.
  expect(sent.tracestate).toBeUndefined();
};
const stateOf = (...states: readonly string[]): string | undefined => {
  const sent = call(
    ['traceparent', VALID],
    ...states.map((value) => ['tracestate', value] as const),
  );
  expect(sent.traceId).toBe(TRACE);
  return sent.tracestate;
};

describe('both headers', () => {
  test('both missing: a new trace', () => {
    expect(call().tracestate).toBeUndefined();
  });

  test('traceparent without tracestate: the trace goes on', () => continues(VALID));

  test('tracestate without traceparent: it is dropped', () => {
    expect(call(['tracestate', 'foo=1']).tracestate).toBeUndefined();
    expect(call(['tracestate', 'foo=1,bar=2']).tracestate).toBeUndefined();
  });

  test('both: the trace and its state go on', () =>
    expect(stateOf('foo=1,bar=2')).toBe('foo=1,bar=2'));
});

describe('traceparent', () => {
  test('twice: a new trace, whichever came first', () => {
    const other = `00-${TRACE.replace('1', '2')}-${PARENT}-01`;
    for (const pair of [
      [VALID, other],
      [other, VALID],
      [VALID, VALID],
    ] as const) {
      const sent = call(['traceparent', pair[0]], ['traceparent', pair[1]]);
      expect([TRACE, TRACE.replace('1', '2')]).not.toContain(sent.traceId);
    }
  });

  test.each(['trace-parent', 'trace.parent', 'trace_parent'])(
    'under the name %s it is not read',
    (name) => {
      expect(call([name, VALID]).traceId).not.toBe(TRACE);
    },
  );

  test.each(['TraceParent', 'TrAcEpArEnT', 'TRACEPARENT'])(
    'under the name %s it is read',
    (name) => {
      expect(call([name, VALID]).traceId).toBe(TRACE);
    },
  );

  test.each([
    `${VALID}.`,
    `${VALID}-`,
    `${VALID}-what-the-future-will-be-like`,
    VALID.slice(0, -1),
    `00-${TRACE}-${PARENT}`,
  ])('version 00 is exactly 55 characters: %s', restarts);

  test.each([
    `cc-${TRACE}-${PARENT}-01`,
    `cc-${TRACE}-${PARENT}-01-what-the-future-will-be-like`,
    `01-${TRACE}-${PARENT}-01-`,
    `fe-${TRACE}-${PARENT}-00`,
  ])('a later version is read by its prefix: %s', continues);

  test.each([
    `cc-${TRACE}-${PARENT}-01.what-the-future-will-not-be-like`,
    `cc-${TRACE}-${PARENT}-011`,
  ])('a later version goes on with a dash or not at all: %s', restarts);

  test.each(['ff', 'FF', '.0', '0.', '0', '000', '0000', '', '0x'])('version %j', (version) =>
    restarts(`${version}-${TRACE}-${PARENT}-01`),
  );

  test.each([
    '0'.repeat(32),
    '.2345678901234567890123456789012',
    '1234567890123456789012345678901.',
    TRACE.slice(1),
    `${TRACE}0`,
    `${TRACE.slice(1)}G`,
    TRACE.replace('1', 'A'),
    '',
  ])('trace id %j', (traceId) => restarts(`00-${traceId}-${PARENT}-01`));

  test.each([
    '0'.repeat(16),
    '.234567890123456',
    '123456789012345.',
    PARENT.slice(1),
    `${PARENT}0`,
    PARENT.replace('1', 'A'),
    '',
  ])('parent id %j', (parentId) => restarts(`00-${TRACE}-${parentId}-01`));

  test.each(['.0', '0.', '0', '000', '001', '0A', '', '0x'])('flags %j', (flags) =>
    restarts(`00-${TRACE}-${PARENT}-${flags}`),
  );

  test('the sampled and the random flag go on, unknown flags go out as zero', () => {
    const flagsAfter = (flags: string): string | undefined =>
      call(['traceparent', `00-${TRACE}-${PARENT}-${flags}`]).flags;

    expect(['00', '01', '02', '03', '04', '08', 'fc', 'ff'].map(flagsAfter)).toEqual([
      '00',
      '01',
      '02',
      '03',
      '00',
      '00',
      '00',
      '03',
    ]);
  });

  test.each([` ${VALID}`, `\t${VALID}`, `${VALID} `, `${VALID}\t`, `\t ${VALID} \t`])(
    'optional white space around it is no part of it: %j',
    continues,
  );
});

describe('tracestate', () => {
  test.each(['trace-state', 'trace.state', 'trace_state'])(
    'under the name %s it is not read',
    (name) => {
      expect(call(['traceparent', VALID], [name, 'foo=1']).tracestate).toBeUndefined();
    },
  );

  test.each(['TraceState', 'TrAcEsTaTe', 'TRACESTATE'])('under the name %s it is read', (name) => {
    expect(call(['traceparent', VALID], [name, 'foo=1']).tracestate).toBe('foo=1');
  });

  test('an empty header is nothing, alone or beside others', () => {
    expect(stateOf('')).toBeUndefined();
    expect(stateOf('foo=1', '')).toBe('foo=1');
    expect(stateOf('', 'foo=1')).toBe('foo=1');
  });

  test('several headers are one list, in order', () => {
    expect(stateOf('foo=1,bar=2', 'rojo=1,congo=2', 'baz=3')).toBe(
      'foo=1,bar=2,rojo=1,congo=2,baz=3',
    );
  });

  test('a key that comes twice counts once', () => {
    for (const states of [['foo=1,foo=1'], ['foo=1,foo=2'], ['foo=1', 'foo=2']]) {
      expect(stateOf(...states)).toBe('foo=1');
    }
  });

  test('all characters that are allowed go on', () => {
    const key = 'abcdefghijklmnopqrstuvwxyz0123456789_-*/';
    const vendor = 'abcdefghijklmnopqrstuvwxyz0123456789_-*/@a-z0-9_-*/';
    const value = Array.from({ length: 0x7f - 0x20 }, (_, at) => String.fromCharCode(0x20 + at))
      .filter((character) => character !== ',' && character !== '=')
      .join('');

    expect(stateOf(`${key}=${value}`)).toBe(`${key}=${value}`);
    expect(stateOf(`${vendor}=1`)).toBe(`${vendor}=1`);
  });

  test('white space around members is no part of them', () => {
    expect(stateOf('foo=1 \t , \t bar=2, \t baz=3')).toBe('foo=1,bar=2,baz=3');
    expect(stateOf('foo=1\t \t,\t \tbar=2,\t \tbaz=3')).toBe('foo=1,bar=2,baz=3');
    expect(stateOf(' foo=1', 'bar=2 ', '\tbaz=3\t')).toBe('foo=1,bar=2,baz=3');
    // In front of a value it belongs to the value.
    expect(stateOf('foo= 1')).toBe('foo= 1');
  });

  test.each(['foo =1', 'FOO=1', 'foo.bar=1', 'foo@=1,bar@', '@foo=1', ' @foo=1', 'föö=1', '=1'])(
    'no key: %s',
    (member) => {
      const sent = stateOf(member);
      expect([undefined, 'foo@=1']).toContain(sent);
    },
  );

  test.each(['foo=', 'foo', 'foo=bar=baz', 'foo=,bar=3', 'foo=\u0080', 'foo=a\u0000'])(
    'no value: %j',
    (member) => {
      expect(stateOf(member) ?? 'bar=3').toBe('bar=3');
    },
  );

  test('32 members are kept, 33 are not', () => {
    const members = Array.from(
      { length: 32 },
      (_, at) => `bar${String(at).padStart(2, '0')}=${at}`,
    );

    expect(stateOf(members.join(','))).toBe(members.join(','));
    expect(stateOf(members.slice(0, 16).join(','), members.slice(16).join(','))).toBe(
      members.join(','),
    );
    expect(stateOf([...members, 'bar32=32'].join(','))).toBeUndefined();
  });

  test('a key is at most 256 characters, a value too', () => {
    const [key, value] = ['z'.repeat(256), 'x'.repeat(253)];

    expect(stateOf(`${key}=1`)).toBe(`${key}=1`);
    expect(stateOf(`${key}z=1`)).toBeUndefined();
    expect(stateOf(`a@${'v'.repeat(14)}=${value}`)).toBe(`a@${'v'.repeat(14)}=${value}`);
    expect(stateOf(`a=${'x'.repeat(257)}`)).toBeUndefined();
  });
});
