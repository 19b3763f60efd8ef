import { INVALID_SPAN_CONTEXT, trace } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { errorTypeOf, recordError } from './record-error.ts';

const throwing = Object.defineProperties(new Error('x'), {
  code: { get: () => fail() },
  message: { get: () => fail() },
  name: { get: () => fail() },
  stack: { get: () => fail() },
});
const revoked = Proxy.revocable(new Error('x'), {});
revoked.revoke();

function fail(): never {
  throw new Error('getter');
}

// Wrapped in functions: a test runner that prints its cases would run into the same getters.
test.each<[string, () => unknown, string]>([
  ['a code', () => Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'ECONNRESET'],
  ['a code without an error', () => ({ code: 'rate_limit_exceeded' }), 'rate_limit_exceeded'],
  [
    'the code behind a failed fetch',
    () => new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }),
    'ECONNREFUSED',
  ],
  [
    'a type error with a cause that has no code',
    () => new TypeError('x', { cause: 1 }),
    'TypeError',
  ],
  ['an error class', () => new TypeError('x'), 'TypeError'],
  ['an abort', () => new DOMException('x', 'AbortError'), 'AbortError'],
  [
    'a code that is a text',
    () => Object.assign(new Error('x'), { code: 'words '.repeat(30) }),
    'Error',
  ],
  ['a code that is a number', () => Object.assign(new RangeError('x'), { code: 7 }), 'RangeError'],
  ['any object', () => ({ name: 'somebody' }), '_OTHER'],
  ['a string', () => 'text', '_OTHER'],
  ['null', () => null, '_OTHER'],
  ['members that throw', () => throwing, '_OTHER'],
  ['a revoked proxy', () => revoked.proxy, '_OTHER'],
])('the error type of %s', (_, thrown, type) => {
  expect(errorTypeOf(thrown())).toBe(type);
});

function recorded(error: unknown, type?: string) {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const span = provider.getTracer('test').startSpan('work');
  recordError(span, error, type);
  span.end();
  const [ended] = exporter.getFinishedSpans();
  return { status: ended?.status, attributes: ended?.attributes, events: ended?.events ?? [] };
}

test('an error sets the status, error.type and an exception event', () => {
  const { status, attributes, events } = recorded(new TypeError('bad input'));

  expect(status).toEqual({ code: 2, message: 'bad input' });
  expect(attributes).toEqual({ 'error.type': 'TypeError' });
  expect(events[0]?.name).toBe('exception');
  expect(events[0]?.attributes).toMatchObject({ 'exception.message': 'bad input' });
});

test('the type of an exception is its name where its code is a number', () => {
  const types = [
    new DOMException('x', 'AbortError'),
    Object.assign(new RangeError('x'), { code: 7 }),
    Object.assign(new Error('x'), { code: 'ECONNRESET' }),
  ].map((error) => recorded(error).events[0]?.attributes?.['exception.type']);

  expect(types).toEqual(['AbortError', 'RangeError', 'ECONNRESET']);
});

test('a thrown value that is no error has neither message nor event', () => {
  expect(recorded('text')).toEqual({
    status: { code: 2 },
    attributes: { 'error.type': '_OTHER' },
    events: [],
  });
});

test('a given error type is used', () => {
  expect(recorded(new Error('x'), '429').attributes).toEqual({ 'error.type': '429' });
});

test('an error whose members throw still marks the span and reaches nobody', () => {
  expect(recorded(throwing).status).toEqual({ code: 2 });
  expect(recorded(revoked.proxy).status).toEqual({ code: 2 });
});

test('a span that throws is survived', () => {
  const span = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
  span.setAttribute = fail;

  expect(() => recordError(span, new Error('x'))).not.toThrow();
});
