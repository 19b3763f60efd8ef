import { createAgentTracing } from '@llm-otel/sdk/agents';
import { expectTree } from '@llm-otel/testing';
import { context, propagation } from '@opentelemetry/api';
import { expect, onTestFinished, test } from 'vitest';
import { runNode } from './run-node.ts';
import { startWithSink } from './start-with-sink.ts';

test('distributed_trace_correlation: spans and logs of two services are one trace, each under the name of its service', async () => {
  const { telemetry, sink } = await startWithSink({
    serviceName: 'desk',
    baggageKeys: ['gen_ai.conversation.id'],
  });
  const service = runNode(['billing-service.ts'], {
    OTEL_SERVICE_NAME: 'billing',
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
  });
  onTestFinished(() => void service.child.kill('SIGKILL'));
  const [url] = (await service.started) as [Buffer];

  const inConversation = propagation.setBaggage(
    context.active(),
    propagation.createBaggage({ 'gen_ai.conversation.id': { value: 'c-42' } }),
  );
  const logged = await context.with(inConversation, () =>
    createAgentTracing().run({ agent: { name: 'clerk' } }, (run) =>
      run.tool({ name: 'ask_billing' }, async () => {
        const headers: Record<string, string> = {};
        propagation.inject(context.active(), headers);
        const response = await fetch(String(url), { method: 'POST', headers });
        return (await response.json()) as { traceId: string; spanId: string };
      }),
    ),
  );
  service.child.kill('SIGTERM');
  const ended = await service.ended;
  await telemetry.shutdown();

  expect(ended).toMatchObject({ code: 0, stderr: '' });
  const conversation = { 'gen_ai.conversation.id': 'c-42' };
  expectTree(sink.spans, {
    name: 'invoke_agent clerk',
    attributes: conversation,
    children: [
      {
        name: 'execute_tool ask_billing',
        attributes: conversation,
        children: [
          {
            name: 'POST /refunds',
            kind: 'server',
            attributes: conversation,
            children: [
              {
                name: 'invoke_agent biller',
                attributes: conversation,
                children: [{ name: 'execute_tool refund', attributes: conversation }],
              },
            ],
          },
        ],
      },
    ],
  });
  const serviceOf = Object.fromEntries(
    sink.spans.map(({ name, resource }) => [name, resource.attributes['service.name']]),
  );
  expect(serviceOf).toEqual({
    'invoke_agent clerk': 'desk',
    'execute_tool ask_billing': 'desk',
    'POST /refunds': 'billing',
    'invoke_agent biller': 'billing',
    'execute_tool refund': 'billing',
  });
  const refund = sink.spans.find(({ name }) => name === 'execute_tool refund');
  expect(logged).toMatchObject({ traceId: refund?.traceId, spanId: refund?.spanId });
});
