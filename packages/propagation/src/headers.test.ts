import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createContextKey,
  propagation,
  ROOT_CONTEXT,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headerGetter } from './carriers.ts';
import { extractHeaders, injectHeaders } from './headers.ts';
import { w3cPropagator } from './w3c-propagator.ts';

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const HEADERS = { traceparent: TRACEPARENT, tracestate: 'a=1', baggage: 'session.id=s-42' };
const CONTEXT = extractHeaders(HEADERS);
const ALL = w3cPropagator({ baggageKeys: 'all' });

describe('a trace goes through', () => {
  test('Headers of fetch', () => {
    const carrier = new Headers({ accept: '*/*' });

    injectHeaders(carrier, CONTEXT, ALL);

    expect(Object.fromEntries(carrier)).toEqual({ accept: '*/*', ...HEADERS });
    expect(traceparentOf(extractHeaders(carrier))).toBe(TRACEPARENT);
  });

  test('a plain object in any case', () => {
    const carrier = { TraceParent: TRACEPARENT, BAGGAGE: 'session.id=s-42' };

    const context = extractHeaders(carrier);

    expect(traceparentOf(context)).toBe(TRACEPARENT);
    expect(propagation.getBaggage(context)?.getEntry('session.id')?.value).toBe('s-42');
  });

  test('incoming headers with lists of values', () => {
    const context = extractHeaders({ traceparent: [TRACEPARENT], tracestate: ['a=1', 'b=2'] });

    expect(trace.getSpanContext(context)?.traceState?.serialize()).toBe('a=1,b=2');
  });

  test('a Map in any case', () => {
    const carrier = new Map<string, string>([['Traceparent', 'old']]);

    injectHeaders(carrier, CONTEXT, ALL);

    expect([...carrier.keys()]).toEqual(['Traceparent', 'tracestate', 'baggage']);
    expect(traceparentOf(extractHeaders(carrier))).toBe(TRACEPARENT);
  });
});

describe('a request in the place of its headers', () => {
  test('IncomingMessage of a server, and the ClientRequest that calls it', async () => {
    let traceparent: string | undefined;
    const server = createServer((request, response) => {
      traceparent = traceparentOf(extractHeaders(request));
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      const call = request({ port, host: '127.0.0.1', headers: { baggage: 'secret=1' } });
      injectHeaders(call, CONTEXT, w3cPropagator());
      expect(call.getHeader('baggage')).toBeUndefined();
      call.end();
      await once(call, 'response');
    } finally {
      server.close();
    }

    expect(traceparent).toBe(TRACEPARENT);
  });

  test('Request of fetch, its options, and what a framework makes of it', () => {
    const init = { method: 'POST', headers: { Tracestate: 'old=1' } };
    injectHeaders(init, extractHeaders({ traceparent: TRACEPARENT }));

    expect(init).toEqual({ method: 'POST', headers: { traceparent: TRACEPARENT } });
    for (const carrier of [
      new Request('http://localhost', init),
      { headers: new Map(Object.entries(HEADERS)) },
    ]) {
      expect(traceparentOf(extractHeaders(carrier))).toBe(TRACEPARENT);
      expect(headerGetter.keys(carrier)).toContain('traceparent');
    }
  });

  test('a header with the name headers is a header', () => {
    const carrier = { headers: 'a', traceparent: TRACEPARENT };
    const cyclic: { headers?: object } = {};
    cyclic.headers = cyclic;

    expect(traceparentOf(extractHeaders(carrier))).toBe(TRACEPARENT);
    expect(extractHeaders(cyclic)).toBe(ROOT_CONTEXT);
    expect(headerGetter.keys({ headers: ['traceparent'] })).toEqual(['headers']);
  });
});

test('a header that is there in another case is replaced, not doubled', () => {
  const carrier = { Traceparent: 'old' };

  injectHeaders(carrier, CONTEXT, ALL);

  expect(carrier).toEqual({
    Traceparent: TRACEPARENT,
    tracestate: 'a=1',
    baggage: 'session.id=s-42',
  });
});

describe('baggage leaves the process', () => {
  const sent = (propagator?: TextMapPropagator): string | undefined => {
    const carrier: { baggage?: string } = {};
    injectHeaders(carrier, CONTEXT, propagator);
    return carrier.baggage;
  };

  test('only for keys that are listed, so by default not at all', () => {
    expect(sent()).toBeUndefined();
    expect(sent(w3cPropagator())).toBeUndefined();
    expect(sent(w3cPropagator({ baggageKeys: ['other'] }))).toBeUndefined();
    expect(sent(w3cPropagator({ baggageKeys: ['session.id'] }))).toBe('session.id=s-42');
  });

  test('as the registered propagator says', () => {
    propagation.setGlobalPropagator(w3cPropagator({ baggageKeys: ['session.id'] }));
    try {
      expect(sent()).toBe('session.id=s-42');
      expect(traceparentOf(extractHeaders(HEADERS))).toBe(TRACEPARENT);
    } finally {
      propagation.disable();
    }
  });
});

test('without valid headers the context stays as it was, whatever the carrier is', () => {
  const before = ROOT_CONTEXT.setValue(createContextKey('k'), 'v');
  const throwing = new Proxy(
    {},
    {
      get: () => {
        throw new Error('closed');
      },
      ownKeys: () => {
        throw new Error('closed');
      },
    },
  );

  for (const carrier of [{}, [], new Map(), new Headers(), throwing, { traceparent: 1 }, null, 7]) {
    expect(extractHeaders(carrier as object, before)).toBe(before);
    expect(() => injectHeaders(carrier as object, CONTEXT)).not.toThrow();
  }
  expect(extractHeaders({})).toBe(ROOT_CONTEXT);
});

test('a registered propagator that throws does not reach the application', () => {
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  try {
    expect(() => injectHeaders(Object.freeze({}), CONTEXT)).not.toThrow();
    expect(extractHeaders(null as never)).toBe(ROOT_CONTEXT);
  } finally {
    propagation.disable();
  }
});

test('no carrier makes it throw', () => {
  fc.assert(
    fc.property(
      fc.object({ key: fc.constantFrom('traceparent', 'tracestate', 'baggage', 'get', 'set') }),
      (carrier) => {
        injectHeaders(carrier, extractHeaders(carrier));
      },
    ),
  );
});

test('the getter lists the names of every kind of carrier', () => {
  const all = ['a', 'b'];

  expect(headerGetter.keys({ a: '1', b: '2' })).toEqual(all);
  expect(
    headerGetter.keys(
      new Map([
        ['a', '1'],
        ['b', '2'],
      ]),
    ),
  ).toEqual(all);
  expect(headerGetter.keys(new Headers({ a: '1', b: '2' }))).toEqual(all);
});

function traceparentOf(context: typeof ROOT_CONTEXT): string | undefined {
  const carrier: Record<string, string> = {};
  injectHeaders(carrier, context);
  return carrier['traceparent'];
}
