import { trace } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../src/index.ts';
import { exportedSpan, exportedSpans } from './exported-spans.ts';
import {
  anthropicKey,
  awsKeyId,
  awsSecret,
  cardNumber,
  emailAddress,
  jsonWebToken,
  joined,
  openAiKey,
} from './made-secrets.ts';

describe('what is found on spans', () => {
  test('openai_api_key: a project key in a prompt is masked', async () => {
    const messages = JSON.stringify([
      { role: 'user', parts: [{ type: 'text', content: `my key is ${openAiKey}, does it work?` }] },
    ]);

    const span = await exportedSpan(undefined, {
      attributes: { 'gen_ai.input.messages': messages },
    });

    const text = span.attributes['gen_ai.input.messages'] as string;
    expect(JSON.parse(text)[0].parts[0].content).toBe(
      'my key is [REDACTED:openai_api_key], does it work?',
    );
  });

  test('openai_api_key: an old key and a bare sk- key are masked', async () => {
    const old = joined('sk-', 'a1B2c3D4e5F6g7H8i9J0', 'T3Blbk', 'FJ', 'k1L2m3N4o5P6q7R8s9T0');

    const span = await exportedSpan(undefined, { attributes: { note: `use ${old} here` } });

    expect(span.attributes.note).toBe('use [REDACTED:openai_api_key] here');
  });

  test('anthropic_api_key: a key in an exception message and stack is masked', async () => {
    const span = await exportedSpan(undefined, {}, (recorded) =>
      recorded.recordException(new Error(`401 for ${anthropicKey}`)),
    );

    const [event] = span.events;
    expect(event?.attributes?.['exception.message']).toBe('401 for [REDACTED:anthropic_api_key]');
    expect(event?.attributes?.['exception.stacktrace']).not.toContain(anthropicKey);
  });

  test('aws_access_key: the key id and the secret next to it are masked', async () => {
    const span = await exportedSpan(undefined, {
      attributes: { output: `id ${awsKeyId}\nkey ${awsSecret}\n` },
    });

    expect(span.attributes.output).toBe(
      'id [REDACTED:aws_access_key]\nkey [REDACTED:aws_secret_key]\n',
    );
  });

  test('email_address: with the preset pii an address in an event is masked', async () => {
    const policy = { version: 1, presets: ['secrets', 'pii'] } as const;

    const span = await exportedSpan(policy, {}, (recorded) =>
      recorded.addEvent('mail', { to: `Ada <${emailAddress}>` }),
    );

    expect(span.events[0]?.attributes).toEqual({ to: 'Ada <[REDACTED:email_address]>' });
  });

  test('email_address: without the preset pii an address stays', async () => {
    const span = await exportedSpan(undefined, { attributes: { to: emailAddress } });

    expect(span.attributes.to).toBe(emailAddress);
  });

  test('credit_card: a card in groups of four is masked, or shows its last four digits', async () => {
    const attributes = { note: 'card 4111 1111 1111 1111 was declined' };

    const masked = await exportedSpan({ version: 1, presets: ['pii'] }, { attributes });
    const partial = await exportedSpan(
      { version: 1, presets: ['pii'], actions: { credit_card: 'partial' } },
      { attributes },
    );

    expect(masked.attributes.note).toBe('card [REDACTED:credit_card] was declined');
    expect(partial.attributes.note).toBe('card [REDACTED:credit_card *1111] was declined');
  });

  test('credit_card: a number that fails the check digit stays', async () => {
    const wrong = `${cardNumber.slice(0, -1)}2`;

    const span = await exportedSpan(
      { version: 1, presets: ['pii'] },
      { attributes: { note: `order ${wrong}` } },
    );

    expect(span.attributes.note).toBe(`order ${wrong}`);
  });

  test('jwt_token: a token is masked wherever it stands, also without its signature', async () => {
    const unsigned = jsonWebToken.slice(0, jsonWebToken.lastIndexOf('.'));

    const span = await exportedSpan(undefined, {
      attributes: { a: `got ${jsonWebToken}.`, list: [jsonWebToken, 'plain'], b: unsigned },
    });

    expect(span.attributes).toEqual({
      a: 'got [REDACTED:jwt_token].',
      list: ['[REDACTED:jwt_token]', 'plain'],
      b: '[REDACTED:jwt_token]',
    });
  });

  test('by_key_blocklist: values go by the name of their key, in any spelling', async () => {
    const span = await exportedSpan(undefined, {
      attributes: {
        'http.request.header.authorization': ['Custom abc'],
        'http.request.header.x-api-key': 'abc',
        userPassword: 'x',
        'db.password': 'hunter2',
        'http.request.header.cookie': 'a=b',
      },
    });

    expect(new Set(Object.values(span.attributes).flat())).toEqual(
      new Set(['[REDACTED:sensitive_key]']),
    );
  });

  test('by_key_blocklist: names are compared word by word, so counts of tokens stay', async () => {
    const attributes = {
      'gen_ai.usage.input_tokens': 1200,
      'gen_ai.request.max_tokens': 4096,
      'gen_ai.token.type': 'input',
      token_type: 'Bearer',
      'app.author': 'Ada',
      'key.id': 'k-1',
      monkey: 'see',
    };

    const span = await exportedSpan(
      { version: 1, presets: ['strict'], keys: { block: ['token'] } },
      { attributes },
    );

    expect(span.attributes).toEqual(attributes);
  });

  test('by_key_blocklist: a listed key goes, one that is also allowed stays', async () => {
    const span = await exportedSpan(
      { version: 1, keys: { block: ['patient.name', 'note'], allow: ['public.note'] } },
      { attributes: { 'app.patient.name': 'Ada', note: 'x', 'public.note': openAiKey } },
    );

    expect(span.attributes).toEqual({
      'app.patient.name': '[REDACTED:sensitive_key]',
      note: '[REDACTED:sensitive_key]',
      'public.note': openAiKey,
    });
  });

  test('multiple_patterns: several findings of different kinds in one value are all masked', async () => {
    const span = await exportedSpan(
      { version: 1, presets: ['secrets', 'pii'] },
      {
        attributes: {
          log: `${emailAddress} used ${openAiKey} and ${awsKeyId}, card ${cardNumber}; ${jsonWebToken}`,
        },
      },
    );

    expect(span.attributes.log).toBe(
      '[REDACTED:email_address] used [REDACTED:openai_api_key] and [REDACTED:aws_access_key], card [REDACTED:credit_card]; [REDACTED:jwt_token]',
    );
  });

  test('preserves_safe_values: a span with nothing to hide is exported as the same object', async () => {
    const redactor = createRedactor({ version: 1, presets: ['strict'] });
    const parts: unknown[] = [];

    const [span] = await exportedSpans(redactor, (tracer) => {
      const recorded = tracer.startSpan('chat gpt-4.1', {
        attributes: { 'gen_ai.request.model': 'gpt-4.1', count: 3, ok: true, list: ['a', 'b'] },
      });
      recorded.addEvent('first token', { index: 0 });
      parts.push(recorded);
      recorded.end();
    });

    expect(span).toBe(parts[0]);
    expect(redactor.report()).toEqual({ redacted: {}, failed: 0 });
  });

  test('truncates_long_values: values are cut after redaction, never inside a placeholder', async () => {
    const text = `${'x '.repeat(45)}${openAiKey} and more text behind it`;

    const span = await exportedSpan({ version: 1, maxValueLength: 100 }, { attributes: { text } });
    const longer = await exportedSpan(
      { version: 1, maxValueLength: 120 },
      { attributes: { text } },
    );

    expect(span.attributes.text).toBe('x '.repeat(45));
    expect(longer.attributes.text).toBe(`${'x '.repeat(45)}[REDACTED:openai_api_key] and `);
  });

  test('custom_pattern_addition: a pattern of the policy is masked under its name', async () => {
    const span = await exportedSpan(
      {
        version: 1,
        patterns: [{ name: 'employee_id', pattern: String.raw`\bEMP-\d{6}\b`, ignoreCase: true }],
      },
      { attributes: { note: `asked by emp-123456 with ${openAiKey}` } },
    );

    expect(span.attributes.note).toBe(
      'asked by [REDACTED:employee_id] with [REDACTED:openai_api_key]',
    );
  });

  test('redaction_disabled: everything is exported as it is', async () => {
    const span = await exportedSpan(
      { version: 1, enabled: false, presets: ['strict'], prompts: false },
      { attributes: { password: 'hunter2', key: openAiKey, 'gen_ai.input.messages': '[]' } },
    );

    expect(span.attributes).toEqual({
      password: 'hunter2',
      key: openAiKey,
      'gen_ai.input.messages': '[]',
    });
  });
});

describe('where it is found', () => {
  test('in the name, the status message and the attributes of events and links', async () => {
    const [, span] = await exportedSpans(undefined, (tracer) => {
      const other = tracer.startSpan('other');
      other.end();
      const recorded = tracer.startSpan(`get ${openAiKey}`, {
        links: [{ context: other.spanContext(), attributes: { token: awsKeyId } }],
      });
      recorded.addEvent(`retry ${openAiKey}`, { body: openAiKey });
      recorded.setStatus({ code: 2, message: `denied for ${openAiKey}` });
      recorded.end();
    });

    expect(span?.name).toBe('get [REDACTED:openai_api_key]');
    expect(span?.status).toEqual({ code: 2, message: 'denied for [REDACTED:openai_api_key]' });
    expect(span?.events[0]).toMatchObject({
      name: 'retry [REDACTED:openai_api_key]',
      attributes: { body: '[REDACTED:openai_api_key]' },
    });
    expect(JSON.stringify(span?.links)).not.toContain(awsKeyId);
    expect(span?.links[0]?.context.spanId).toMatch(/^[0-9a-f]{16}$/);
  });

  test('in nested maps, lists and bytes', async () => {
    const span = await exportedSpan(undefined, {
      attributes: {
        call: {
          args: [{ apiKey: 'x', note: openAiKey, n: 1 }],
          raw: new TextEncoder().encode(openAiKey),
        },
      },
    });

    expect(span.attributes.call).toMatchObject({
      args: [{ apiKey: '[REDACTED:sensitive_key]', note: '[REDACTED:openai_api_key]', n: 1 }],
    });
    const { raw } = span.attributes.call as { raw: Uint8Array };
    expect(new TextDecoder().decode(raw)).toBe('[REDACTED:openai_api_key]');
  });

  test('the span of the SDK is not changed: another processor still reads the original', async () => {
    let original: unknown;
    const [span] = await exportedSpans(undefined, (tracer) => {
      const recorded = tracer.startSpan('chat', { attributes: { key: openAiKey } });
      recorded.end();
      original = recorded;
    });

    expect(span?.attributes.key).toBe('[REDACTED:openai_api_key]');
    expect((original as { attributes: object }).attributes).toEqual({ key: openAiKey });
    expect(trace.isSpanContextValid(span!.spanContext())).toBe(true);
  });
});

describe('content', () => {
  const attributes = {
    'gen_ai.input.messages': '[{"role":"user"}]',
    'gen_ai.system_instructions': '[]',
    'gen_ai.tool.definitions': '[]',
    'gen_ai.tool.call.result': 'r',
    'gen_ai.prompt.0.content': 'p',
    'gen_ai.prompt.name': 'greeting',
    'gen_ai.output.messages': '[{"role":"assistant"}]',
    'gen_ai.tool.call.arguments': 'a',
    'gen_ai.request.model': 'gpt-4.1',
  };

  test('without prompts, what was sent to the model is removed', async () => {
    const span = await exportedSpan({ version: 1, prompts: false }, { attributes });

    expect(Object.keys(span.attributes)).toEqual([
      'gen_ai.prompt.name',
      'gen_ai.output.messages',
      'gen_ai.tool.call.arguments',
      'gen_ai.request.model',
    ]);
  });

  test('without completions, what the model wrote is removed', async () => {
    const span = await exportedSpan({ version: 1, completions: false }, { attributes });

    expect(span.attributes).not.toHaveProperty(['gen_ai.output.messages']);
    expect(span.attributes).not.toHaveProperty(['gen_ai.tool.call.arguments']);
    expect(span.attributes).toHaveProperty(['gen_ai.input.messages']);
  });
});
