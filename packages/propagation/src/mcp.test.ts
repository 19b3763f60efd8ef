import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import {
  ALL,
  CONTEXT,
  HEADERS,
  NOTHINGS,
  sessionOf,
  SPAN_ID,
  TRACEPARENT,
  traceparentOf,
} from '../test/a-context.ts';
import { extractHeaders } from './headers.ts';
import { extractMcp, injectMcp } from './mcp.ts';

const OTHER = TRACEPARENT.replace('b7', 'c8');

test('a request carries the context in _meta, beside what is there', () => {
  const params = { name: 'search', arguments: { q: 'x' }, _meta: { progressToken: 7 } };

  const sent = injectMcp(params, CONTEXT, ALL);

  expect(sent).toEqual({ ...params, _meta: { progressToken: 7, ...HEADERS } });
  expect(params._meta).toEqual({ progressToken: 7 });
});

test('without a context there is no _meta', () => {
  expect(injectMcp({ name: 'search' }, ROOT_CONTEXT)).toEqual({ name: 'search' });
});

test('a request may have no params: the context makes some', () => {
  for (const none of [undefined, null]) {
    expect(injectMcp(none, CONTEXT, ALL)).toEqual({ _meta: HEADERS });
    expect(injectMcp(none, ROOT_CONTEXT)).toEqual({});
  }
});

test.each<[string, object]>([
  ['the request of a client', { method: 'tools/call', params: { name: 'search' } }],
  ['a request without params', { jsonrpc: '2.0', id: 1, method: 'tools/list' }],
  ['a notification', { jsonrpc: '2.0', method: 'notifications/progress', params: { _meta: {} } }],
])('%s carries it in its params', (_, request) => {
  const sent = injectMcp(request, CONTEXT, ALL);

  expect(sent).toMatchObject({ ...request, params: { _meta: HEADERS } });
  expect(sent).not.toHaveProperty('_meta');
  expect(traceparentOf(extractMcp(sent, ROOT_CONTEXT).context)).toBe(TRACEPARENT);
  expect(injectMcp(request, ROOT_CONTEXT)).toEqual(request);
});

test('params of an extension may have a method', () => {
  expect(injectMcp({ method: 'fast' }, CONTEXT, ALL)).toEqual({ method: 'fast', _meta: HEADERS });
});

test.each([
  ['the request', { method: 'tools/call', params: { _meta: HEADERS } }],
  ['its params', { name: 'search', _meta: HEADERS }],
  ['what version 1 of the SDK hands a handler', { requestId: 1, _meta: HEADERS }],
  ['what version 2 hands a handler', { mcpReq: { id: 1, _meta: HEADERS } }],
])('the receiver finds it in %s', (_, message) => {
  const { context, links } = extractMcp(message, ROOT_CONTEXT);

  expect(traceparentOf(context)).toBe(TRACEPARENT);
  expect(sessionOf(context)).toBe('s-42');
  expect(links).toEqual([]);
});

test('the context around the handler becomes a link, or the parent where _meta has none', () => {
  const around = extractHeaders({ traceparent: OTHER });

  const { context, links } = extractMcp({ _meta: HEADERS }, around);
  expect(trace.getSpanContext(context)?.spanId).toBe(SPAN_ID);
  expect(links.map((link) => link.context.spanId)).toEqual([SPAN_ID.replace('b7', 'c8')]);

  expect(extractMcp({ params: {} }, around)).toEqual({ context: around, links: [] });
});

test('anything else leaves the context around the handler', () => {
  for (const nothing of NOTHINGS) {
    expect(extractMcp(nothing, CONTEXT)).toEqual({ context: CONTEXT, links: [] });
  }
});
