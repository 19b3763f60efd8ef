import { SpanStatusCode } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { recordSpans } from '@llm-otel/testing';
import { afterEach, expect, test } from 'vitest';
import { NativeSpan } from './native-span.ts';

const recorder = recordSpans();
const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');
afterEach(() => recorder.clear());

test('until a call is observed, the span is the client’s', () => {
  const link = { context: tracer.startSpan('other').spanContext() };
  const native = new NativeSpan(tracer.startSpan('anthropic.messages.create'));

  native
    .setAttributes({ a: 1 })
    .setAttribute('error.type', 'client_error')
    .addEvent('event')
    .addLink(link)
    .addLinks([link])
    .setStatus({ code: SpanStatusCode.ERROR })
    .updateName('renamed');
  native.recordException(new Error('no'));
  native.end();

  expect(recorder.spans[0]).toMatchObject({
    name: 'renamed',
    status: { code: SpanStatusCode.ERROR },
    attributes: { a: 1, 'error.type': 'client_error' },
    links: [link, link],
  });
  expect(recorder.spans[0]?.events.map(({ name }) => name)).toEqual(['event', 'exception']);
  expect(native.isRecording()).toBe(false);
});

test('once it is, the client writes attributes, and the rest is up to the call', async () => {
  const native = new NativeSpan(tracer.startSpan('anthropic.messages.create'));
  native.ours.updateName('chat');
  native.leaveTo(native.ours);

  native.setStatus({ code: SpanStatusCode.OK }).updateName('renamed');
  native.setAttribute('error.type', 'client_error');
  native.ours.end();
  native.setAttribute('anthropic.request.id', 'req_1');
  native.end();
  await Promise.resolve();
  native.setAttributes({ late: true }).setAttribute('later', true);

  expect(recorder.spans).toHaveLength(1);
  expect(recorder.spans[0]).toMatchObject({
    name: 'chat',
    status: { code: SpanStatusCode.UNSET },
    attributes: { 'anthropic.request.id': 'req_1' },
  });
  expect(Object.keys(recorder.spans[0]?.attributes ?? {})).toEqual(['anthropic.request.id']);
});

test('a call with a span of its own does not end the client’s', () => {
  const native = new NativeSpan(tracer.startSpan('anthropic.messages.create'));

  native.leaveTo(tracer.startSpan('another'));
  native.end();

  expect(recorder.spans.map(({ name }) => name)).toEqual(['anthropic.messages.create']);
});
