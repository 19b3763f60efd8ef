// Content on log events goes through the global logger provider, which each OpenTelemetry line keeps in another place.
import assert from 'node:assert/strict';
import { createGenAi } from '@llm-otel/llm-conventions';
import { observed, test } from './support.ts';

function ask(): void {
  createGenAi({ content: 'event' })
    .startInference({
      provider: 'openai',
      model: 'gpt-5-mini',
      inputMessages: [{ role: 'user', parts: [{ type: 'text', content: 'Where is 7?' }] }],
    })
    .end();
}

test('a recorder that was given no logger finds that of startTelemetry', async () => {
  const { spans, sink } = await observed({ logs: true, content: 'event' }, ask);

  const events = sink.logs.filter(
    ({ eventName }) => eventName === 'gen_ai.client.inference.operation.details',
  );
  assert.equal(events.length, 1);
  assert.equal(events[0]?.spanId, spans[0]?.spanId);
  assert.match(
    JSON.stringify(events[0]?.attributes, (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    ),
    /Where is 7\?/,
  );
  assert.equal(spans[0]?.attributes['gen_ai.input.messages'], undefined);
});

test('after a shutdown nothing is left of it, and a second start is found too', async () => {
  for (const start of [1, 2]) {
    const { sink } = await observed({ logs: true, content: 'event' }, ask);
    assert.equal(sink.logs.length, 1, `start ${start}`);
  }
});
