import { Metadata } from '@grpc/grpc-js';
import { propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { ALL, CONTEXT, HEADERS, TRACEPARENT } from '../test/a-context.ts';
import { contextFromJson, contextToJson } from './context-json.ts';
import { injectEnvelope } from './envelope.ts';
import { extractHeaders, injectHeaders } from './headers.ts';
import { injectMcp } from './mcp.ts';
import { injectMessage } from './messages/inject-message.ts';
import type { MessageSystem } from './messages/message-system.ts';
import { injectEnvironment } from './process-environment.ts';
import { w3cPropagator } from './w3c-propagator.ts';

/** What another trace left on the carrier. */
const STALE = {
  traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
  tracestate: 'ot=th:8;rv:00000000000001',
  baggage: 'user.email=a@b.c',
};
/** The context of a trace without a tracestate. */
const FRESH = extractHeaders({ traceparent: TRACEPARENT });
const W3C = w3cPropagator();
const ONLY_FRESH = { traceparent: TRACEPARENT };

describe('the tracestate and baggage of another trace do not stay beside a new traceparent', () => {
  test('in the environment of a child process', () => {
    const inherited = {
      PATH: '/bin',
      TRACEPARENT: STALE.traceparent,
      TRACESTATE: STALE.tracestate,
      BAGGAGE: STALE.baggage,
    };

    expect(injectEnvironment(inherited, FRESH, W3C)).toEqual({
      PATH: '/bin',
      TRACEPARENT,
    });
    expect(inherited.BAGGAGE).toBe(STALE.baggage);
  });

  test.each<[MessageSystem, string]>([
    ['kafka', 'headers'],
    ['rabbitmq', 'headers'],
    ['servicebus', 'applicationProperties'],
    ['gcp_pubsub', 'attributes'],
  ])('on a message of %s that is sent on', (system, place) => {
    const sent = injectMessage(system, { [place]: { ...STALE, own: 'o' } }, FRESH, W3C);

    expect(sent).toEqual({ [place]: { ...ONLY_FRESH, own: 'o' } });
  });

  test('in the attributes of SQS', () => {
    const text = (StringValue: string): object => ({ DataType: 'String', StringValue });
    const MessageAttributes = {
      traceparent: text(STALE.traceparent),
      tracestate: text(STALE.tracestate),
      baggage: text(STALE.baggage),
    };

    expect(injectMessage('aws_sqs', { MessageAttributes }, FRESH, W3C)).toEqual({
      MessageAttributes: { traceparent: text(TRACEPARENT) },
    });
  });

  test('in a message, a row and a call of MCP', () => {
    expect(injectEnvelope({ ...STALE, amount: 12 }, FRESH, W3C)).toEqual({
      ...ONLY_FRESH,
      amount: 12,
    });
    expect(injectMcp({ name: 'add', _meta: { ...STALE, own: 1 } }, FRESH, W3C)).toEqual({
      name: 'add',
      _meta: { ...ONLY_FRESH, own: 1 },
    });
    expect(contextToJson(contextFromJson(STALE), W3C)).toBe(
      JSON.stringify({ traceparent: STALE.traceparent, tracestate: STALE.tracestate }),
    );
  });

  test.each<[string, () => { carrier: object; members: () => unknown }]>([
    [
      'a plain object',
      () => {
        const carrier = { Tracestate: STALE.tracestate, BAGGAGE: STALE.baggage };
        return { carrier, members: () => carrier };
      },
    ],
    [
      'a Map',
      () => {
        const carrier = new Map(Object.entries({ ...STALE, Baggage: 'x=1' }));
        carrier.delete('baggage');
        return { carrier, members: () => Object.fromEntries(carrier) };
      },
    ],
    [
      'Headers',
      () => {
        const carrier = new Headers(STALE);
        return { carrier, members: () => Object.fromEntries(carrier) };
      },
    ],
    [
      'Metadata of gRPC',
      () => {
        const carrier = new Metadata();
        for (const [name, value] of Object.entries(STALE)) carrier.set(name, value);
        return { carrier, members: () => carrier.getMap() };
      },
    ],
    [
      'headers that cannot be taken out',
      () => {
        const values = new Map<string, string>();
        const carrier = {
          get: (name: string) => values.get(name),
          set: (name: string, value: string) => void values.set(name, value),
        };
        return { carrier, members: () => Object.fromEntries(values) };
      },
    ],
  ])('in %s', (_, make) => {
    const { carrier, members } = make();

    injectHeaders(carrier, FRESH, W3C);

    expect(members()).toEqual(ONLY_FRESH);
  });
});

test('without a trace to write everything stays', () => {
  const baggage = propagation.setBaggage(
    ROOT_CONTEXT,
    propagation.createBaggage({ 'session.id': { value: 's-1' } }),
  );
  const forwarded = { ...STALE };
  injectHeaders(forwarded, baggage, ALL);

  expect(forwarded).toEqual({ ...STALE, baggage: 'session.id=s-1' });
  expect(injectEnvelope(STALE, ROOT_CONTEXT, W3C)).toEqual(STALE);
  expect(injectEnvironment({ BAGGAGE: 'a=1' }, ROOT_CONTEXT, W3C)).toEqual({ BAGGAGE: 'a=1' });
});

test('what is written replaces what was there', () => {
  const forwarded = { ...STALE };

  injectHeaders(forwarded, CONTEXT, ALL);

  expect(forwarded).toEqual(HEADERS);
});

test('an entity that is sent keeps its class', () => {
  class Order {
    id = 7;
    toJSON(): object {
      return { order: this.id, ...Object.fromEntries(Object.entries(this)) };
    }
  }

  const sent = injectEnvelope(new Order(), FRESH, W3C);

  expect(sent).toBeInstanceOf(Order);
  expect(sent.toJSON()).toEqual({ order: 7, id: 7, ...ONLY_FRESH });
});
