import { describe, expect, test } from 'vitest';
import { emailAddress, openAiKey } from '../test/made-secrets.ts';
import type { RedactionPolicy } from './policy/index.ts';
import { keyedHash } from './pseudonym/keyed-hash.ts';
import { createRedactor } from './redactor.ts';

const hash = keyedHash({ key: 'a key of sixteen bytes or more' });

describe('the action hash', () => {
  const { redact, redactDeep } = createRedactor(
    { version: 1, presets: ['secrets', 'pii'], actions: { default: 'hash' } },
    { hash },
  );

  test('gives the same pseudonym for the same value, so that joins still work', () => {
    const [first, second] = [redact(`by ${emailAddress}`), redact(`to ${emailAddress}!`)];

    expect(first).toMatch(/^by \[REDACTED:email_address #[a-z2-7]{12}\]$/);
    expect(second.slice(3, -1)).toBe(first.slice(3));
    expect(redact(first)).toBe(first);
    expect(redact('by bob@example.com')).not.toBe(first);
  });

  test.each([Promise.resolve('abc'), undefined, 7, '', 'a]b', 'with space'])(
    'replaces the value when a hash gives %s later on, and counts it',
    (given) => {
      const redactor = createRedactor(
        { version: 1, presets: ['pii'], actions: { default: 'hash' } },
        { hash: ((text: string) => (text === 'probe' ? 'abc' : given)) as typeof hash },
      );

      expect(redactor.redact(`by ${emailAddress}`)).toBe('[REDACTED:error]');
      expect(redactor.report().failed).toBe(1);
    },
  );

  test('takes another spelling of the same address or card for the same', () => {
    expect(redact(emailAddress.toUpperCase())).toBe(redact(emailAddress));
    expect(redact('4111-1111-1111-1111')).toBe(redact('4111111111111111'));
  });

  test('tells kinds apart, so that a pseudonym of one says nothing about another', () => {
    const pattern = createRedactor(
      {
        version: 1,
        presets: [],
        patterns: [{ name: 'ticket', pattern: 'ada\\.lovelace@example\\.com' }],
        actions: { ticket: 'hash' },
      },
      { hash },
    );

    expect(pattern.redact(emailAddress).slice(-14)).not.toBe(redact(emailAddress).slice(-14));
  });

  test('holds for values behind a secret name, and for what has no text there is nothing to hash', () => {
    expect(redactDeep({ password: 'x y', blocked: 1 })).toEqual({
      password: expect.stringMatching(/^\[REDACTED:sensitive_key #[a-z2-7]{12}\]$/),
      blocked: 1,
    });
    const blocking = createRedactor(
      { version: 1, keys: { block: ['note'] }, actions: { default: 'hash' } },
      { hash },
    );
    expect(blocking.redactDeep({ note: [1] })).toEqual({ note: '[REDACTED:sensitive_key]' });
  });
});

describe('a hash that gives no pseudonym', () => {
  const policy: RedactionPolicy = { version: 1, presets: ['pii'], actions: { default: 'hash' } };
  const failing = Promise.reject(new Error('no key'));
  failing.catch(() => undefined);

  test.each<[string, unknown]>([
    ['a promise', async () => 'abc'],
    ['a promise that is rejected', async () => Promise.reject(new Error('no key'))],
    ['nothing', () => undefined],
    ['a number', () => 5],
    ['what would end the placeholder', () => 'a] b'],
    ['no text at all', () => ''],
    ['no function', 'sha256'],
  ])('%s, is refused when the redactor is made', (_name, wrong) => {
    expect(() => createRedactor(policy, { hash: wrong as never })).toThrow(
      'createRedactor.hash is',
    );
  });

  test.each<[string, (text: string) => unknown]>([
    ['the value itself', (text) => text.split('\n').at(-1)],
    ['a promise, later on', (text) => (text === 'probe' ? 'abc' : failing)],
  ])('%s: the value is replaced and counted', (_name, wrong) => {
    const redactor = createRedactor(policy, { hash: wrong as never });
    expect(redactor.redact('from DE89370400440532013000')).toBe('[REDACTED:error]');
    expect(redactor.report().failed).toBe(1);
  });

  test('one that is out of order for now fails for the values, and not for the policy', () => {
    const redactor = createRedactor(policy, {
      hash: () => {
        throw new Error('no key yet');
      },
    });
    expect(redactor.redact(emailAddress)).toBe('[REDACTED:error]');
  });
});

describe('an action without what it needs', () => {
  test.each<[RedactionPolicy, string]>([
    [
      { version: 1, actions: { email_address: 'hash' } },
      'redaction.actions.email_address is "hash"',
    ],
    [{ version: 1, prompts: 'hash' }, 'redaction.prompts is "hash"'],
    [{ version: 1, actions: { default: 'token' } }, 'redaction.actions.default is "token"'],
  ])('%o is refused', (policy, message) => {
    expect(() => createRedactor(policy)).toThrow(message);
  });
});

describe('content', () => {
  const attributes = {
    'gen_ai.input.messages': '[{"role":"user"}]',
    'gen_ai.output.messages': '[{"role":"assistant"}]',
    'gen_ai.tool.call.arguments': '{"q":1}',
    'gen_ai.tool.definitions': [{ name: 'search' }],
    'gen_ai.usage.input_tokens': 3,
  };
  const left = (policy: Partial<RedactionPolicy>): string[] =>
    Object.keys(
      createRedactor({ version: 1, ...policy }, { hash }).redactDeep(attributes) as object,
    ).map((key) => key.slice(7));

  test('of tools goes on its own, or with the side it belongs to', () => {
    expect(left({ tools: false })).toEqual([
      'input.messages',
      'output.messages',
      'usage.input_tokens',
    ]);
    expect(left({ prompts: false })).toEqual([
      'output.messages',
      'tool.call.arguments',
      'usage.input_tokens',
    ]);
    expect(left({ prompts: false, tools: true })).toEqual([
      'output.messages',
      'tool.call.arguments',
      'tool.definitions',
      'usage.input_tokens',
    ]);
  });

  test('can leave a pseudonym of the whole, so that the same prompt is seen to be the same', () => {
    const redactor = createRedactor({ version: 1, prompts: 'hash' }, { hash });

    const first = redactor.redactDeep(attributes) as typeof attributes;

    expect(first['gen_ai.input.messages']).toMatch(/^\[REDACTED:content #[a-z2-7]{12}\]$/);
    expect(first['gen_ai.tool.definitions']).toMatch(/^\[REDACTED:content #/);
    expect(first['gen_ai.output.messages']).toBe(attributes['gen_ai.output.messages']);
    expect(redactor.redactDeep(first)).toBe(first);
    expect(redactor.redactDeep(attributes)).toEqual(first);
  });

  test.each([
    'llm.input_messages.0.message.content',
    'llm.prompts.0',
    'gen_ai.prompt.0.content',
    'ai.prompt.messages',
    'ai.values',
    'input.value',
    'traceloop.entity.input',
    'langfuse.observation.input',
    'langfuse.trace.input.question',
    'retrieval.documents.0.document.content',
    'reranker.query',
    'embedding.embeddings.0.embedding.text',
    'mlflow.spanInputs',
  ])('%s goes to the model', (key) => {
    expect(createRedactor({ version: 1, prompts: false }).redactDeep({ [key]: 'x' })).toEqual({});
    expect(createRedactor({ version: 1, completions: false }).redactDeep({ [key]: 'x' })).toEqual({
      [key]: 'x',
    });
  });

  test.each([
    'llm.output_messages.0.message.content',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments',
    'gen_ai.completion.0.content',
    'ai.response.text',
    'ai.response.toolCalls',
    'ai.toolCall.args',
    'output.value',
    'traceloop.entity.output',
    'langfuse.observation.output',
    'mlflow.spanOutputs',
  ])('%s comes from the model', (key) => {
    expect(createRedactor({ version: 1, completions: false }).redactDeep({ [key]: 'x' })).toEqual(
      {},
    );
    expect(createRedactor({ version: 1, prompts: false }).redactDeep({ [key]: 'x' })).toEqual({
      [key]: 'x',
    });
  });

  test.each([
    'gen_ai.prompt.name',
    'llm.token_count.prompt',
    'ai.response.id',
    'input.mime_type',
    'langfuse.trace.name',
  ])('%s is no content', (key) => {
    const none = createRedactor({ version: 1, prompts: false, completions: false });
    expect(none.redactDeep({ [key]: 'x' })).toEqual({ [key]: 'x' });
  });
});

test('patterns run in an engine that is linear for all of them, and then nothing is refused', () => {
  const made: string[] = [];
  const patterns = [{ name: 'doubled', pattern: '(?:ab+)+c' }];
  const redactor = createRedactor(
    { version: 1, patterns },
    {
      patternEngine: (source, flags) => {
        made.push(source);
        return new RegExp(source, flags);
      },
    },
  );

  expect(redactor.redact('x abbabc y')).toBe('x [REDACTED:doubled] y');
  expect(made).toEqual(['(?:ab+)+c', '(?:ab+)+c']);
  expect(() => createRedactor({ version: 1, patterns })).toThrow('redaction.patterns[0].pattern');
  expect(openAiKey).not.toBe('');
});
