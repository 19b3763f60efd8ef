import { describe, expect, test } from 'vitest';
import { createRedactor, createStreamRedactor, redactLogs } from '../index.ts';

const redactor = createRedactor({ version: 1, presets: ['secrets', 'pii'] });
const chosen = ['Kq9zX2', 'mmPw71'].join('');
const random = ['bV7kQz2LxTtV7ybPq93N', 'wRcUdEf51GhmK8s0Yz3x'].join('');

/** The same data in every place in which it may leave. */
const places: readonly (readonly [string, (data: object) => string])[] = [
  ['a map', (data) => JSON.stringify(redactor.redactDeep(data))],
  ['a map in a list in a map', (data) => JSON.stringify(redactor.redactDeep({ a: [{ b: data }] }))],
  [
    'the body of a log record',
    (data) => JSON.stringify(redactLogs(redactor).transform(record(data))),
  ],
  ['JSON in a text', (data) => redactor.redact(JSON.stringify(data))],
  ['JSON with spaces', (data) => redactor.redact(JSON.stringify(data, undefined, 2))],
  ['JSON in a line of a log', (data) => redactor.redact(`INFO body=${JSON.stringify(data)} ok`)],
  [
    'JSON in JSON in a line',
    (data) => redactor.redact(`sent {"raw":${JSON.stringify(JSON.stringify(data))}} ok`),
  ],
  ['Python', (data) => redactor.redact(`got ${JSON.stringify(data).replaceAll('"', "'")} ok`)],
  ['a stream', (data) => streamed(`INFO body=${JSON.stringify(data)} ok`)],
];

function record(body: object) {
  const origin = { resource: { attributes: {} }, instrumentationScope: { name: 'test' } };
  return { body, attributes: {}, ...origin } as unknown as Parameters<
    ReturnType<typeof redactLogs>['transform']
  >[0];
}

function streamed(text: string): string {
  const stream = createStreamRedactor(redactor);
  const parts = Array.from(text, (character) => stream.write(character));
  return parts.join('') + stream.end();
}

describe.each(places)('in %s', (_place, redact) => {
  test.each([
    [{ password: { current: chosen, next: 'swordfish' } }, [chosen, 'swordfish']],
    [{ password: { value: chosen } }, [chosen]],
    [{ passwords: { root: 'swordfish', 'web-1': chosen } }, ['swordfish', chosen]],
    [{ cookies: { sid: random, theme: 'dark' } }, [random]],
    [{ req: { cookie: { 'connect.sid': random } } }, [random]],
    [{ secrets: { DB: chosen, nested: { STRIPE: random } } }, [chosen, random]],
    [{ apiKeys: { a: random } }, [random]],
    [{ apiKeys: [{ name: 'x', key: random }] }, [random]],
    [{ tokens: [random, random] }, [random]],
    [{ tokens: { github: random, input: 3 } }, [random]],
    [{ credentials: { u: 'a', p: chosen } }, [chosen]],
    [{ api_key: { primary: random, createdAt: '2026-01-02' } }, [random]],
    [{ first_name: { value: 'Anouk' } }, ['Anouk']],
    [{ billing_address: { line1: 'Birch Lane 3', postal_code: '10115' } }, ['Birch', '10115']],
    [{ phone: { number: '030 1234567' } }, ['1234567']],
    [{ date_of_birth: { value: '1980-04-02' } }, ['1980']],
    [{ dob: { year: 1980, month: 4 } }, ['1980']],
  ])('%j loses what its name says', (data, secrets) => {
    const left = redact(data);

    for (const secret of secrets) expect(left).not.toContain(secret);
  });

  test.each([
    { usage: { tokens: { input: 3120, output: 52_345 } } },
    { password: { minLength: 8, required: true, message: 'Use 8 characters at least' } },
    { cookies: { enabled: true, theme: 'dark', lang: 'en-US' } },
    { cookie: { path: '/', sameSite: 'lax', expires: '2026-11-28T10:00:00Z', httpOnly: true } },
    {
      properties: {
        password: { type: 'string', description: 'At least 8 characters', pattern: '^[a-z0-9]+$' },
        token: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      },
    },
    { apiKey: { id: 'key_8f7a9d2c', name: 'prod key 2', prefix: 'sk-ab12', lastUsedAt: null } },
    { apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
    { secretKeyRef: { name: 'db-creds2', key: 'password' } },
    { authorization: { decision: 'allow', rule: 'owner2', roles: ['admin1'] } },
    { errors: { password: { kind: 'required', path: 'password', message: 'Too short' } } },
    { tokens: ['Hello', 'world', 'the', 'quick1'] },
    { token: { type: 'bearer', expires_in: 3600, scope: 'read:user2' } },
    { first_name: { type: 'string', description: 'First name', maxLength: 50 } },
    { phone: { verified: true, type: 'mobile' } },
  ])('%j stays', (data) => {
    const before = JSON.stringify(data);

    expect(JSON.stringify(redactor.redactDeep(data))).toBe(before);
    expect(redact(data)).not.toContain('REDACTED');
  });
});

test('a map under a name that the user blocks goes as a whole in every place', () => {
  const blocking = createRedactor({ version: 1, presets: [], keys: { block: ['patient'] } });
  const data = { patient: { a: 'b', c: ['d', { e: 'f' }] } };
  const left = '{"patient":"[REDACTED:sensitive_key]"}';

  expect(JSON.stringify(blocking.redactDeep(data))).toBe(left);
  expect(blocking.redact(JSON.stringify(data))).toBe(left);
  expect(blocking.redact(`x ${JSON.stringify(data)} y`)).toBe(`x ${left} y`);
  const long = {
    patient: Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`k${i}`, 'Ada'])),
  };
  expect(blocking.redact(`x ${JSON.stringify(long)} y`)).not.toContain('Ada');
});

test('values that the policy allows stay also below such a name', () => {
  const allowing = createRedactor({ version: 1, values: { allow: [chosen] } });
  const data = { password: { current: chosen } };

  expect(allowing.redactDeep(data)).toBe(data);
  expect(allowing.redact(JSON.stringify(data))).toContain(chosen);
});
