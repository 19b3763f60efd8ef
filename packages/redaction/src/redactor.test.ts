import { diag } from '@opentelemetry/api';
import { describe, expect, onTestFinished, test } from 'vitest';
import { awsKeyId, emailAddress, jsonWebToken, openAiKey } from '../test/made-secrets.ts';
import { BoundedMap } from './bounded-map.ts';
import { keyRules } from './keys/key-rules.ts';
import { createRedactor } from './redactor.ts';
import { truncate } from './truncate.ts';

describe('a text', () => {
  const redactor = createRedactor();

  test('with nothing to hide is the same string, the second time too', () => {
    const text = ['nothing', 'to hide'].join(' ');

    expect(redactor.redact(text)).toBe(text);
    expect(redactor.redact(text)).toBe(text);
    expect(redactor.redact('')).toBe('');
  });

  test('of many megabytes is cut where scanning ends', () => {
    const long = `${openAiKey} ${'word '.repeat(4_000_000)}`;

    const redacted = redactor.redact(long);

    expect(redacted.startsWith('[REDACTED:openai_api_key] word')).toBe(true);
    expect(redacted.length).toBeLessThan(16 * 1024 * 1024);
  });

  test('with lone halves of surrogate pairs and zero characters keeps them', () => {
    const text = `\ud83d ${openAiKey} \udc00\0`;

    expect(redactor.redact(text)).toBe('\ud83d [REDACTED:openai_api_key] \udc00\0');
  });
});

describe('values that are allowed', () => {
  const redactor = createRedactor({
    version: 1,
    presets: ['secrets', 'pii'],
    values: { allow: ['support@example.com', jsonWebToken] },
  });

  test('stay, alone and inside a text; others go', () => {
    expect(redactor.redact(jsonWebToken)).toBe(jsonWebToken);
    expect(redactor.redact(`support@example.com or ${emailAddress}`)).toBe(
      'support@example.com or [REDACTED:email_address]',
    );
    expect(redactor.redact('only support@example.com here')).toBe('only support@example.com here');
  });
});

describe('actions', () => {
  test('remove takes a finding out of its text, and an attribute that is nothing else away', () => {
    const redactor = createRedactor({ version: 1, actions: { default: 'remove' } });

    expect(redactor.redact(`use ${openAiKey} now`)).toBe('use  now');
    expect(redactor.redactDeep({ a: openAiKey, password: 'x', api_key: 1, keep: '' })).toEqual({
      keep: '',
    });
  });

  test('a blocked key goes with its attribute when its action is remove', () => {
    const redactor = createRedactor({
      version: 1,
      keys: { block: ['note', 'details'] },
      actions: { sensitive_key: 'remove' },
    });

    expect(redactor.redactDeep({ note: 'x', details: { a: 1 }, other: 1 })).toEqual({ other: 1 });
  });

  test('partial shows the end only of what is long enough', () => {
    const redactor = createRedactor({ version: 1, actions: { default: 'partial' } });

    expect(redactor.redact(awsKeyId)).toBe(`[REDACTED:aws_access_key *${awsKeyId.slice(-4)}]`);
    expect(redactor.redact('password=hunter2')).toBe('password=[REDACTED:sensitive_key]');
  });
});

test('every finding is counted once, by kind', () => {
  const redactor = createRedactor({ version: 1, presets: ['secrets', 'pii'] });

  redactor.redactDeep({
    note: `${openAiKey} and ${openAiKey}`,
    list: [emailAddress],
    password: 'x',
    json: JSON.stringify({ password: 'y', inner: JSON.stringify({ key: openAiKey }) }),
  });

  expect(redactor.report()).toEqual({
    redacted: { openai_api_key: 3, email_address: 1, sensitive_key: 2 },
    failed: 0,
  });
});

describe('a value of any shape', () => {
  const redactor = createRedactor({
    version: 1,
    keys: { block: ['customer.*'], allow: ['open.*'] },
  });

  test('is the same object when there is nothing to hide', () => {
    const value = {
      a: [1, 'two', null, undefined, true, 3n],
      b: { c: new Uint8Array([1, 255]) },
      d: new Date(0),
    };

    expect(redactor.redactDeep(value)).toBe(value);
    expect(redactor.redactDeep(undefined)).toBeUndefined();
    expect(redactor.redactDeep(5)).toBe(5);
  });

  test('is copied where it changes, and only there', () => {
    const value = { same: { x: 1 }, changed: { key: openAiKey } };

    const redacted = redactor.redactDeep(value) as typeof value;

    expect(redacted.same).toBe(value.same);
    expect(redacted.changed.key).toBe('[REDACTED:openai_api_key]');
    expect(value.changed.key).toBe(openAiKey);
  });

  test('that contains itself, or is too deep or too large, ends in a placeholder', () => {
    const cyclic: Record<string, unknown> = { a: 1 };
    cyclic.self = cyclic;
    let deep: unknown = openAiKey;
    for (let i = 0; i < 100; i++) deep = [deep];
    const large = Array.from({ length: 150_000 }, () => [1]);

    expect(redactor.redactDeep(cyclic)).toEqual({ a: 1, self: '[REDACTED:circular]' });
    expect(JSON.stringify(redactor.redactDeep(deep))).toContain('[REDACTED:too_deep]');
    expect((redactor.redactDeep(large) as unknown[]).at(-1)).toBe('[REDACTED:too_large]');
  });

  test('with a getter that throws loses that member and keeps the others', () => {
    const own = createRedactor();
    const value = {
      good: openAiKey,
      get bad(): string {
        throw new Error('no');
      },
    };

    expect(own.redactDeep(value)).toEqual({
      good: '[REDACTED:openai_api_key]',
      bad: '[REDACTED:error]',
    });
    expect(own.report().failed).toBe(1);
  });

  test('that cannot be read at all is replaced', () => {
    const own = createRedactor();
    const proxy = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no');
        },
      },
    );

    expect(own.redactDeep(proxy)).toBe('[REDACTED:error]');
    expect(own.redactDeep({ inner: proxy })).toEqual({ inner: '[REDACTED:error]' });
    expect(own.report().failed).toBe(2);
  });

  test('with a secret in a key loses the key, not the value', () => {
    expect(redactor.redactDeep({ [openAiKey]: 1 })).toEqual({ '[REDACTED:openai_api_key]': 1 });
  });

  test('keeps a member called __proto__ as data', () => {
    const value: unknown = JSON.parse(`{"__proto__":{"k":"${openAiKey}"},"a":"${openAiKey}"}`);

    const redacted = redactor.redactDeep(value) as object;

    expect(Object.getPrototypeOf(redacted)).toBe(Object.prototype);
    expect(JSON.stringify(redacted)).toBe(
      '{"__proto__":{"k":"[REDACTED:openai_api_key]"},"a":"[REDACTED:openai_api_key]"}',
    );
  });

  test('rules with a path follow nested maps, in objects and in JSON alike', () => {
    const value = { customer: { name: 'Ada', tags: [1] }, open: { deep: { key: openAiKey } } };

    const expected = {
      customer: { name: '[REDACTED:sensitive_key]', tags: '[REDACTED:sensitive_key]' },
      open: { deep: { key: openAiKey } },
    };
    expect(redactor.redactDeep(value)).toEqual(expected);
    expect(JSON.parse(redactor.redact(JSON.stringify(value)))).toEqual(expected);
    expect(redactor.redactDeep({ customer: JSON.stringify({ name: 'Ada' }) })).toEqual({
      customer: '{"name":"[REDACTED:sensitive_key]"}',
    });
  });

  test('numbers and lists under a secret name go; empty values and truth values stay', () => {
    expect(
      redactor.redactDeep({
        password: 123,
        apiKeys: ['a', 'b'],
        secret: '',
        pwd: true,
        token: null,
      }),
    ).toEqual({
      password: '[REDACTED:sensitive_key]',
      apiKeys: ['[REDACTED:sensitive_key]', '[REDACTED:sensitive_key]'],
      secret: '',
      pwd: true,
      token: null,
    });
  });
});

describe('what a name says', () => {
  const rules = keyRules(
    { block: ['email'], allow: ['work.email'] },
    { secrets: true, identity: true },
  );

  test.each([
    ['password', 'secret'],
    ['DB_PASSWORD_PROD', 'secret'],
    ['userPassword1', 'secret'],
    ['http.request.header.x-api-key', 'secret'],
    ['mysqlpassword', 'secret'],
    ['password.0', 'secret'],
    ['session_token', 'secret'],
    ['token', 'likely'],
    ['user.email', 'block'],
    ['customer.work.email', 'allow'],
    ['user.full_name', 'block'],
    ['gen_ai.usage.input_tokens', 'none'],
    ['token_type', 'none'],
    ['next_page_token', 'none'],
    ['emails', 'none'],
    ['author', 'none'],
    ['password_policy', 'none'],
    ['key_id', 'none'],
    ['', 'none'],
    ['日本語', 'none'],
  ])('%s: %s', (key, decision) => {
    expect(rules.decide(key)).toBe(decision);
    expect(rules.decide(key)).toBe(decision);
  });
});

describe('truncation', () => {
  test.each([
    ['abcdef', 3, 'abc'],
    ['abc', 3, 'abc'],
    ['ab😀', 3, 'ab'],
    ['ab [REDACTED:jwt_token] x', 10, 'ab '],
    ['ab [REDACTED:jwt_token] x', 24, 'ab [REDACTED:jwt_token] '],
    ['[REDACTED:x]', 0, ''],
    [`[REDACTED is a word ${'x'.repeat(80)}`, 30, '[REDACTED is a word xxxxxxxxxx'],
  ])('%s to %d characters', (text, limit, expected) => {
    expect(truncate(text, limit)).toBe(expected);
  });
});

test('a map with a bound forgets what was not asked for', () => {
  const map = new BoundedMap<number>(10);

  for (let i = 0; i < 100; i++) {
    map.set(`key ${i}`, i);
    expect(map.get('key 0')).toBe(0);
  }

  expect(map.size).toBeLessThanOrEqual(10);
  expect(map.get('key 50')).toBeUndefined();
  expect(map.get('key 99')).toBe(99);
});

test('what is no text comes back as redactDeep gives it back', () => {
  const redactor = createRedactor();
  const redact = redactor.redact as (value: unknown) => unknown;

  expect([undefined, null, 7, { password: 'Hunter2xYz' }].map((value) => redact(value))).toEqual([
    undefined,
    null,
    7,
    { password: '[REDACTED:sensitive_key]' },
  ]);
});

test('the log says that a value could not be read, and not what the getter said of it', () => {
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  diag.setLogger(
    { error: log, warn: log, info: log, debug: log, verbose: log },
    { suppressOverrideMessage: true },
  );
  onTestFinished(() => diag.disable());
  const value = {
    get note(): string {
      throw new RangeError('cannot read Hunter2xYz');
    },
  };

  expect(createRedactor().redactDeep(value)).toEqual({ note: '[REDACTED:error]' });
  expect(lines.join('\n')).toContain('RangeError');
  expect(lines.join('\n')).not.toContain('Hunter2xYz');
});
