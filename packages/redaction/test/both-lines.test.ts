// Everything of a span that a receiver gets to see, from the providers of both OpenTelemetry lines.
import type { ReadableSpan, SpanProcessor } from '@llm-otel/core';
import { createTraceState, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { TracerProvider as TracerProvider2 } from 'sdk-trace-2-12';
import { expect, test } from 'vitest';
import { createRedactor, redactSpans } from '../src/index.ts';
import { body, joined } from './made-secrets.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';

/** A different secret at each place, so that the one that leaves says where it was. */
function secretAt(place: string): string {
  return joined('sk-', 'proj-', body(24), 'x', Buffer.from(place).toString('hex'));
}

function contextWith(place: string) {
  const traceState = createTraceState(`ot=th:c,key=${secretAt(place)},congo=t61rcWkgMzE`);
  return { traceId, spanId: 'b7ad6b7169203331', traceFlags: 1, isRemote: true, traceState };
}

function keeping(spans: ReadableSpan[]): SpanProcessor {
  return {
    onStart: () => {},
    onEnd: (span) => void spans.push(span),
    forceFlush: async () => {},
    shutdown: async () => {},
  };
}

test.each([
  ['2.12', TracerProvider2],
  ['3.1', TracerProvider],
])('nothing of a span of OpenTelemetry %s leaves raw', (_line, Provider) => {
  const spans: ReadableSpan[] = [];
  const resource = {
    attributes: {
      note: secretAt('resource'),
      'process.command_args': ['--token', secretAt('args')],
    },
    schemaUrl: `https://example.com/${secretAt('resource schema')}`,
    merge: () => resource,
    getRawAttributes: () => Object.entries(resource.attributes),
  };
  const provider = new Provider({ resource, spanProcessors: [keeping(spans)] });
  const tracer = provider.getTracer(`lib ${secretAt('scope')}`, secretAt('version'), {
    schemaUrl: `https://example.com/${secretAt('schema')}`,
  });
  const parent = trace.setSpanContext(ROOT_CONTEXT, contextWith('state'));
  const links = [{ context: contextWith('link'), attributes: { note: secretAt('link note') } }];
  const span = tracer.startSpan(`work ${secretAt('name')}`, { links }, parent);
  span.setAttribute('note', secretAt('attribute'));
  span.addEvent(secretAt('event'), { note: secretAt('event note') });
  span.setStatus({ code: 2, message: secretAt('status') });
  span.end();
  const [recorded] = spans as [ReadableSpan];

  const redacted = redactSpans(createRedactor()).transform(recorded);
  const bytes = ProtobufTraceSerializer.serializeRequest([redacted as never]);
  const sent = Buffer.from(bytes!).toString('latin1');

  expect(sent).not.toContain(secretAt('').slice(0, 16));
  expect(redacted.spanContext().traceState?.serialize()).toBe('ot=th:c,congo=t61rcWkgMzE');
  expect(redacted.parentSpanContext?.traceState?.serialize()).toBe('ot=th:c,congo=t61rcWkgMzE');
  expect(redacted.links[0]?.context.traceState?.serialize()).toBe('ot=th:c,congo=t61rcWkgMzE');
  expect(redacted.instrumentationScope.version).toBe('[REDACTED:openai_api_key]');
  expect(recorded.spanContext().traceState?.get('key')).toBe(secretAt('state'));
  expect(recorded.instrumentationScope.version).toBe(secretAt('version'));
});
