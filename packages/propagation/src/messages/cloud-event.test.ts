import { ROOT_CONTEXT } from '@opentelemetry/api';
import { CloudEvent, HTTP } from 'cloudevents';
import { describe, expect, test } from 'vitest';
import { ALL, CONTEXT, NOTHINGS, TRACEPARENT, traceparentOf } from '../../test/a-context.ts';
import { extractHeaders, injectHeaders } from '../headers.ts';
import { linkTo } from '../link-to.ts';
import {
  type CloudEventPrefix,
  extractCloudEvent,
  injectCloudEvent,
  injectCloudEventHeaders,
} from './cloud-event.ts';
import { extractMessage } from './extract-message.ts';

const EVENT = {
  specversion: '1.0',
  id: 'e-1',
  source: '/orders',
  type: 'order.created',
  data: { order: 7 },
};
const OTHER = TRACEPARENT.replace('b7', 'c8');

describe('structured mode', () => {
  test('the event carries traceparent and tracestate, and no baggage', () => {
    const event = injectCloudEvent(EVENT, CONTEXT);

    expect(event).toEqual({ ...EVENT, traceparent: TRACEPARENT, tracestate: 'a=1' });
    expect(traceparentOf(extractCloudEvent(JSON.parse(JSON.stringify(event))))).toBe(TRACEPARENT);
  });

  test('an event that is passed on keeps where it was created', () => {
    const created = { ...EVENT, traceparent: OTHER };

    expect(injectCloudEvent(created, CONTEXT)).toEqual(created);
  });

  test('without a context the event is as it was', () => {
    expect(injectCloudEvent(EVENT, ROOT_CONTEXT)).toEqual(EVENT);
  });
});

describe('binary mode', () => {
  test.each<CloudEventPrefix>(['ce-', 'ce_', 'cloudEvents:', 'cloudEvents_', ''])(
    'attributes with the prefix %j are written and read',
    (prefix) => {
      const headers: Record<string, string> = {};

      injectCloudEventHeaders(headers, CONTEXT, prefix);

      expect(headers).toEqual({
        [`${prefix}traceparent`]: TRACEPARENT,
        [`${prefix}tracestate`]: 'a=1',
      });
      expect(traceparentOf(extractCloudEvent(headers))).toBe(TRACEPARENT);
    },
  );

  test('the event comes before the transport, and each keeps its own', () => {
    const headers = new Headers();
    injectCloudEventHeaders(headers, extractHeaders({ traceparent: OTHER }));
    injectHeaders(headers, CONTEXT, ALL);
    // A second hop does not touch the event.
    injectCloudEventHeaders(headers, CONTEXT);

    expect(headers.get('ce-traceparent')).toBe(OTHER);
    expect(headers.get('ce-tracestate')).toBeNull();
    expect(traceparentOf(extractCloudEvent(headers))).toBe(OTHER);
    expect(traceparentOf(extractHeaders(headers))).toBe(TRACEPARENT);
  });
});

describe('an event of the official SDK', () => {
  const created = (more: object = {}): CloudEvent<unknown> =>
    new CloudEvent({
      id: 'e-1',
      source: '/orders',
      type: 'order.created',
      data: { order: 7 },
      ...more,
    });

  test('is still one, and can be sent in both modes', () => {
    const event = injectCloudEvent(created(), CONTEXT);

    expect(event).toBeInstanceOf(CloudEvent);
    expect(JSON.parse(HTTP.structured(event).body as string)).toMatchObject({
      data: { order: 7 },
      traceparent: TRACEPARENT,
      tracestate: 'a=1',
    });
    const { headers, body } = HTTP.binary(event);
    expect(body).toBe('{"order":7}');
    expect(traceparentOf(extractCloudEvent(headers))).toBe(TRACEPARENT);
    expect(traceparentOf(extractCloudEvent(HTTP.toEvent({ headers, body })))).toBe(TRACEPARENT);
  });

  test('keeps where it was created, and a tracestate without a traceparent goes', () => {
    const passedOn = injectCloudEvent(created({ traceparent: OTHER }), CONTEXT);
    const stale = injectCloudEvent(
      created({ tracestate: 'old=1' }),
      extractHeaders({ traceparent: TRACEPARENT }),
    );

    expect(passedOn['traceparent']).toBe(OTHER);
    expect(JSON.parse(HTTP.structured(passedOn).body as string)).not.toHaveProperty('tracestate');
    expect(stale['traceparent']).toBe(TRACEPARENT);
    expect(JSON.parse(HTTP.structured(stale).body as string)).not.toHaveProperty('tracestate');
    expect(HTTP.binary(stale).headers).not.toHaveProperty('ce-tracestate');
  });

  test('that was made without being checked is copied without being checked', () => {
    const event = injectCloudEvent(new CloudEvent({ type: '' }, false), CONTEXT);

    expect(event).toBeInstanceOf(CloudEvent);
    expect(event['traceparent']).toBe(TRACEPARENT);
  });

  test('whose own copy fails is copied as it is, with its class', () => {
    class Broken {
      id = 1;
      cloneWith(): never {
        throw new Error('closed');
      }
    }

    expect(injectCloudEvent(new Broken(), CONTEXT)).toMatchObject({
      id: 1,
      traceparent: TRACEPARENT,
    });
    expect(injectCloudEvent(new Broken(), CONTEXT)).toBeInstanceOf(Broken);
  });
});

describe('binary mode in a message', () => {
  const created = { ce_traceparent: TRACEPARENT, ce_tracestate: 'a=1' };
  const transport = { traceparent: OTHER };

  test.each<[string, object]>([
    ['Kafka', { headers: { ce_traceparent: Buffer.from(TRACEPARENT) } }],
    ['NATS', { headers: new Headers({ 'ce-traceparent': TRACEPARENT }) }],
    ['RabbitMQ', { properties: { headers: { 'cloudEvents:traceparent': TRACEPARENT } } }],
    ['AMQP 1.0', { application_properties: { cloudEvents_traceparent: TRACEPARENT } }],
    ['the headers alone', created],
  ])('%s', (_, message) => {
    for (const found of [extractMessage(message), extractCloudEvent(message)]) {
      expect(traceparentOf(found)).toBe(TRACEPARENT);
    }
    expect(linkTo(message)?.context.spanId).toBe(TRACEPARENT.slice(36, 52));
  });

  test('extractMessage takes the context it was sent in, extractCloudEvent that it was created in', () => {
    const message = { headers: { ...created, ...transport } };

    expect(traceparentOf(extractMessage(message))).toBe(OTHER);
    expect(traceparentOf(extractCloudEvent(message))).toBe(TRACEPARENT);
    expect(traceparentOf(extractCloudEvent({ headers: transport }))).toBe(OTHER);
  });
});

test('headers keep no tracestate beside a new traceparent', () => {
  const headers = { 'ce-tracestate': 'old=1' };

  injectCloudEventHeaders(headers, extractHeaders({ traceparent: TRACEPARENT }));

  expect(headers).toEqual({ 'ce-traceparent': TRACEPARENT });
});

test('anything else is no event', () => {
  for (const nothing of [null, undefined, 7, 'text', [1]]) {
    expect(injectCloudEvent(nothing as never, CONTEXT)).toBe(nothing);
  }
  for (const nothing of NOTHINGS) expect(extractCloudEvent(nothing)).toBe(ROOT_CONTEXT);
});
