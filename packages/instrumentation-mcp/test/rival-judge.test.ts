import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { judge } from '../bench/rivals/judge.ts';
import type { PlainSpan } from './contract/plain-span.ts';

const { CLIENT, SERVER, INTERNAL } = SpanKind;

function span(name: string, kind: SpanKind, rest: Partial<PlainSpan> = {}): PlainSpan {
  return {
    name,
    kind,
    traceId: 'trace',
    spanId: `${name} ${kind}`,
    parentSpanId: undefined,
    startMillis: 0,
    links: [],
    status: { code: SpanStatusCode.UNSET },
    attributes: {},
    ...rest,
  };
}

const failed = { status: { code: SpanStatusCode.ERROR } };
const call = ['client tools/call add', '  server tools/call add', '    own work'];
const asked = span('tools/call add', CLIENT);
const answered = span('tools/call add', SERVER);

test('a span on either side of a request, in one trace, is right', () => {
  expect(judge(call, [asked, answered], [])).toEqual([]);
});

test('a span is of a request by its method, its tool, or the attribute of the conventions', () => {
  const byMethod = span('MCP tools/call', CLIENT);
  const byTool = span('add.tool', SERVER);
  const byAttribute = span('a request', SERVER, {
    attributes: { 'mcp.method.name': 'tools/call' },
  });

  expect(judge(call, [byMethod, byTool], [])).toEqual([]);
  expect(judge(call, [byMethod, byAttribute], [])).toEqual([]);
  expect(judge(call, [byMethod, span('a request', SERVER)], [])).toEqual(['server', 'apart']);
});

test('a side that has no span, or two of one request, is wrong', () => {
  expect(judge(call, [asked], [])).toEqual(['server', 'apart']);
  expect(judge(call, [answered], [])).toEqual(['client', 'apart']);
  expect(judge(call, [asked, asked, answered], [])).toEqual(['client']);
});

test('a span of neither a client nor a server counts as one of the server', () => {
  expect(judge(call, [asked, span('tools/call add', INTERNAL)], [])).toEqual([]);
});

test('a request that failed has a span that failed, and no other has', () => {
  const refused = ['client tools/call add ! tool_error', '  server tools/call add (-32602)'];

  expect(judge(refused, [{ ...asked, ...failed }, answered], [])).toEqual([]);
  expect(judge(refused, [asked, answered], [])).toEqual(['client']);
  expect(judge(call, [asked, { ...answered, ...failed }], [])).toEqual(['server']);
});

test('a span of a request that stays open is wrong on both sides, since its side is not known', () => {
  expect(judge(call, [asked, answered], ['tools/call add'])).toEqual(['client', 'server']);
  expect(judge(call, [asked, answered], ['a connection'])).toEqual([]);
});

test('a server whose span is in no trace of the client is apart', () => {
  expect(judge(call, [asked, { ...answered, traceId: 'another' }], [])).toEqual(['apart']);
});

test('a status code behind the method is no name of a tool', () => {
  const lines = ['client resources/read ! -32602', '  server resources/read (-32602)'];
  const spans = [span('(-32602)', SERVER), span('resources/read', CLIENT, failed)];

  expect(judge(lines, spans, [])).toEqual(['server', 'apart']);
});

test('spans around requests and of notifications are not asked for', () => {
  const notified = [...call, 'client notifications/progress', '  server notifications/progress'];
  const around = [span('POST', CLIENT), span('notifications/progress', SERVER)];

  expect(judge(notified, [asked, answered, ...around], [])).toEqual([]);
  expect(judge(['client notifications/progress'], [], [])).toEqual([]);
});

test('a request that never leaves the client asks for no trace in common', () => {
  expect(judge(['client tools/call add ! timeout'], [{ ...asked, ...failed }], [])).toEqual([]);
});
