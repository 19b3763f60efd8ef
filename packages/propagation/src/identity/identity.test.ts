import { context as contextApi, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { w3cPropagator } from '../w3c-propagator.ts';
import { extractHeaders, injectHeaders } from '../headers.ts';
import { copyIdentityToSpans } from './copy-identity-to-spans.ts';
import { identityAttributes, setIdentity, withIdentity } from './run-identity.ts';

const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({
  spanProcessors: [copyIdentityToSpans()(new SimpleSpanProcessor({ exporter }))],
});
beforeAll(() => {
  contextApi.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
});
afterEach(() => exporter.reset());
afterAll(() => {
  contextApi.disable();
  trace.disable();
});

/** A library that knows nothing of identities. */
async function thirdPartyCall(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await trace.getTracer('some-database').startActiveSpan('query', async (span) => {
    trace.getTracer('some-http').startSpan('GET').end();
    span.end();
  });
}

test('session, user, tenant and conversation are on every span of a run, those of other libraries too', async () => {
  await withIdentity(
    { sessionId: 's-1', userId: 'u-1', tenantId: 't-1', conversationId: 'c-1' },
    () =>
      trace.getTracer('app').startActiveSpan('run', async (span) => {
        await thirdPartyCall();
        span.end();
      }),
  );
  trace.getTracer('app').startSpan('outside').end();

  const ids = {
    'session.id': 's-1',
    'user.id': 'u-1',
    'llm_otel.tenant.id': 't-1',
    'gen_ai.conversation.id': 'c-1',
  };
  expect(
    Object.fromEntries(
      exporter.getFinishedSpans().map(({ name, attributes }) => [name, attributes]),
    ),
  ).toEqual({ run: ids, query: ids, GET: ids, outside: {} });
});

test('two runs at once keep apart, and an inner one adds to the outer', async () => {
  const run = (sessionId: string): Promise<void> =>
    withIdentity({ sessionId, userId: 'u' }, async () => {
      await thirdPartyCall();
      withIdentity({ userId: `${sessionId}-inner` }, () => {
        trace.getTracer('app').startSpan('inner').end();
      });
    });

  await Promise.all([run('a'), run('b')]);

  const inner = exporter.getFinishedSpans().filter(({ name }) => name === 'inner');
  expect(inner.map(({ attributes }) => attributes)).toEqual([
    { 'session.id': 'a', 'user.id': 'a-inner' },
    { 'session.id': 'b', 'user.id': 'b-inner' },
  ]);
});

test('an id that is no text, empty or too long is left out', () => {
  const context = setIdentity(ROOT_CONTEXT, {
    sessionId: 42 as never,
    userId: '',
    tenantId: 'x'.repeat(257),
    conversationId: 'c-1',
  });

  expect(identityAttributes(context)).toEqual({ 'gen_ai.conversation.id': 'c-1' });
});

test('ids stay in the process unless they are set as baggage, and the propagator lets them out', () => {
  const identity = { sessionId: 's-1', userId: 'u-1' };
  const propagator = w3cPropagator({ baggageKeys: ['session.id', 'user.id'] });
  const sent = (context = ROOT_CONTEXT): object => {
    const headers = {};
    injectHeaders(headers, context, propagator);
    return headers;
  };

  expect(sent(setIdentity(ROOT_CONTEXT, identity))).toEqual({});
  const headers = sent(setIdentity(ROOT_CONTEXT, identity, { asBaggage: ['sessionId'] }));
  expect(headers).toEqual({ baggage: 'session.id=s-1' });
  // An identity of a caller is baggage here, and no identity: it is for copyBaggageToSpans to take it.
  const received = extractHeaders(headers);
  expect(identityAttributes(received)).toBeUndefined();
  expect(propagation.getBaggage(received)?.getEntry('session.id')?.value).toBe('s-1');
});

test('a context that throws costs the attributes, not the span', () => {
  const broken = {
    getValue: (key: symbol) => {
      if (String(key).includes('identity')) throw new Error('broken');
      return undefined;
    },
    setValue: () => broken,
    deleteValue: () => broken,
  };

  provider.getTracer('test').startSpan('still there', {}, broken).end();

  expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['still there']);
});

test('work without an identity is done all the same', () => {
  for (const nobody of [undefined, null, 7])
    expect(withIdentity(nobody as never, () => 'done')).toBe('done');
});
