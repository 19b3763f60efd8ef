import { ROOT_CONTEXT } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { ALL, CONTEXT, NOTHINGS, TRACEPARENT, traceparentOf } from '../../test/a-context.ts';
import { extractHeaders, injectHeaders } from '../headers.ts';
import {
  type CloudEventPrefix,
  extractCloudEvent,
  injectCloudEvent,
  injectCloudEventHeaders,
} from './cloud-event.ts';

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

test('anything else is no event', () => {
  for (const nothing of NOTHINGS) expect(extractCloudEvent(nothing)).toBe(ROOT_CONTEXT);
});
