import { createAgentTracing, withIdentity } from '@llm-otel/sdk/agents';
import { trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { startWithSink } from './start-with-sink.ts';

/** A library that knows nothing of agents. */
async function query(conversation?: string): Promise<void> {
  await new Promise(setImmediate);
  const attributes = conversation === undefined ? {} : { 'gen_ai.conversation.id': conversation };
  trace.getTracer('some-database').startSpan('SELECT', { attributes }).end();
}

test('session, user, tenant and conversation of a run are on its spans and on those of other libraries', async () => {
  const { telemetry, sink } = await startWithSink({ metrics: false });
  const agents = createAgentTracing();

  await withIdentity({ sessionId: 's-1', userId: 'u-1', tenantId: 't-1' }, () =>
    agents.run({ agent: { name: 'writer' }, conversationId: 'c-1' }, (run) =>
      run.step('look up', async () => {
        await query();
        await query('c-of-its-own');
      }),
    ),
  );
  await query();
  await telemetry.shutdown();

  const ids = { 'session.id': 's-1', 'user.id': 'u-1', 'llm_otel.tenant.id': 't-1' };
  const inside = sink.spans.filter(({ attributes }) => 'session.id' in attributes);
  expect(inside.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'invoke_agent writer',
    'SELECT',
    'SELECT',
    'step look up',
  ]);
  for (const { attributes } of inside) expect(attributes).toMatchObject(ids);
  expect(
    inside
      .map(({ attributes }) => attributes['gen_ai.conversation.id'])
      .filter((conversation) => conversation !== 'c-1'),
  ).toEqual(['c-of-its-own']);
  const outside = sink.spans.find(({ attributes }) => !('session.id' in attributes));
  expect(outside?.attributes).toEqual({});
});
