import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { extractEnvelope, injectEnvelope } from './envelope.ts';
import { extractHeaders } from './headers.ts';
import { linksTo, linkTo } from './link-to.ts';
import { extractEnvironment, injectEnvironment } from './process-environment.ts';
import { w3cPropagator } from './w3c-propagator.ts';

const HEADERS = {
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  tracestate: 'a=1',
  baggage: 'session.id=s-42',
};
const CONTEXT = extractHeaders(HEADERS);
const ALL = w3cPropagator({ baggageKeys: 'all' });

describe('an envelope', () => {
  test('carries the whole context and survives a JSON column', () => {
    const message = { type: 'invoice.created', amount: 12 };

    const row = JSON.stringify(injectEnvelope(message, CONTEXT, ALL));
    const context = extractEnvelope(JSON.parse(row));

    expect(JSON.parse(row)).toEqual({ ...message, ...HEADERS });
    expect(message).toEqual({ type: 'invoice.created', amount: 12 });
    expect(injectEnvelope({}, context, ALL)).toEqual(HEADERS);
  });

  test('without a context is the message as it was', () => {
    expect(injectEnvelope({ a: 1, traceparent: 'of an earlier hop' }, ROOT_CONTEXT)).toEqual({
      a: 1,
      traceparent: 'of an earlier hop',
    });
  });

  test.each([undefined, null, 'text', 7, {}, [], { traceparent: 'x' }, { traceparent: null }])(
    'a consumer of %j starts a trace of its own',
    (message) => {
      expect(extractEnvelope(message)).toBe(ROOT_CONTEXT);
      expect(linkTo(message)).toBeUndefined();
    },
  );
});

describe('a link', () => {
  test('points to the span that made the message', () => {
    const link = linkTo(injectEnvelope({}, CONTEXT), { 'messaging.message.id': 'm-1' });

    expect(link?.context).toMatchObject({ spanId: 'b7ad6b7169203331', isRemote: true });
    expect(link?.attributes).toEqual({ 'messaging.message.id': 'm-1' });
  });

  test('is made for each message of a batch that carries a context', () => {
    const batch = [injectEnvelope({}, CONTEXT), {}, null, injectEnvelope({}, CONTEXT)];

    expect(linksTo(batch)).toHaveLength(2);
  });
});

describe('the environment of a process', () => {
  test('carries the context to a child', () => {
    const variables = { PATH: '/bin' };

    const child = injectEnvironment(variables, CONTEXT, ALL);

    expect(child).toEqual({
      PATH: '/bin',
      TRACEPARENT: HEADERS.traceparent,
      TRACESTATE: 'a=1',
      BAGGAGE: 'session.id=s-42',
    });
    expect(variables).toEqual({ PATH: '/bin' });
    expect(trace.getSpanContext(extractEnvironment(child))?.spanId).toBe('b7ad6b7169203331');
    expect(extractEnvironment(variables)).toBe(ROOT_CONTEXT);
  });

  test('names variables by the rules for headers of other propagators', () => {
    const b3 = {
      inject: (
        _: unknown,
        carrier: unknown,
        setter: { set(c: unknown, k: string, v: string): void },
      ) => {
        setter.set(carrier, 'x-b3-traceid', '1');
        setter.set(carrier, '3b', '2');
        setter.set(carrier, '', '3');
      },
      extract: (
        context: typeof ROOT_CONTEXT,
        carrier: unknown,
        getter: { keys(c: unknown): string[] },
      ) => {
        expect(getter.keys(carrier)).toEqual(['A']);
        return context;
      },
      fields: () => [],
    };

    expect(injectEnvironment({}, CONTEXT, b3 as never)).toEqual({
      X_B3_TRACEID: '1',
      _3B: '2',
      _: '3',
    });
    expect(extractEnvironment({ A: '1' }, ROOT_CONTEXT, b3 as never)).toBe(ROOT_CONTEXT);
  });
});
