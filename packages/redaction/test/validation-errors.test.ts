import { expect, test } from 'vitest';
import { createRedactor } from '../src/index.ts';

const { redact, redactDeep } = createRedactor({ version: 1, presets: ['secrets', 'pii'] });
const chosen = ['Qwerty', '123!'].join('');
const random = ['bV7kQz2LxTtV7ybPq93N', 'wRcUdEf51GhmK8s0Yz3x'].join('');

const refused: readonly object[] = [
  { detail: [{ type: 't', loc: ['body', 'password'], msg: 'too short', input: chosen }] },
  { errors: [{ field: 'password', message: 'weak', rejectedValue: chosen }] },
  { errors: [{ rejectedValue: chosen, objectName: 'user', field: 'password' }] },
  { errors: [{ type: 'field', value: chosen, msg: 'x', path: 'password', location: 'body' }] },
  { issues: [{ code: 'custom', path: ['user', 'apiKey'], received: random }] },
  { errors: [{ propertyName: 'Password', attemptedValue: chosen, errorCode: 'x' }] },
  { patch: [{ op: 'replace', path: '/password', value: chosen }] },
];

test.each(refused)('%j loses the value in every place', (data) => {
  const json = JSON.stringify(data);
  for (const left of [JSON.stringify(redactDeep(data)), redact(json)]) {
    expect(left).not.toContain(chosen);
    expect(left).not.toContain(random);
  }
});

test.each(refused.filter((_, index) => index < 5 && index !== 3))(
  '%j loses it in a line of a log, too',
  (data) => {
    const left = redact(`422 ${JSON.stringify(data)} end`);

    expect(left).not.toContain(chosen);
    expect(left).not.toContain(random);
  },
);

test.each([
  {
    issues: [{ code: 'invalid_type', expected: 'string', received: 'undefined', path: ['token'] }],
  },
  { errors: [{ field: 'city', rejectedValue: 'Berlin12' }] },
  { path: '/oauth/token', value: 'Kq9zX2mmPw71' },
  { detail: [{ loc: ['body', 'password'], msg: 'Field required', input: null }] },
  { loc: ['body', 'age'], input: chosen },
])('%j stays', (data) => {
  expect(redactDeep(data)).toBe(data);
  expect(redact(JSON.stringify(data))).toBe(JSON.stringify(data));
});

test.each([
  [{ requester: { name: 'Marlene Tanaka', email: 'm@posteo.de' } }, 'Marlene'],
  [{ a: { mail: 'm@posteo.de', displayName: 'Anouk Kessler' } }, 'Anouk'],
  [{ billing_details: { address: { line1: 'Birch Lane 55', city: 'Berlin' } } }, 'Birch'],
  [{ shipping_address: { address1: 'Birch Lane 55', city: 'Bonn' } }, 'Birch'],
  [{ customer_name: 'Marlene Tanaka' }, 'Marlene'],
  [{ birthdays: [{ text: '1980-04-02' }] }, '1980'],
])('%j loses what is known of a person by what stands around it', (data, value) => {
  expect(JSON.stringify(redactDeep(data))).not.toContain(value);
  expect(redact(JSON.stringify(data))).not.toContain(value);
  expect(redact(`x ${JSON.stringify(data)} y`)).not.toContain(value);
});

test('rare names are judged in maps, and in JSON where something else is', () => {
  const data = { wa_id: '4915112345678', payee_name: 'Jonas Albrecht', phone: '030 1234567' };

  expect(JSON.stringify(redactDeep(data))).not.toMatch(/49151|Jonas|1234567/);
  expect(redact(JSON.stringify(data))).not.toMatch(/49151|Jonas|1234567/);
});

test.each([
  { model: { name: 'Claude Sonnet', provider: 'x' } },
  { server: { address: { host: 'a1', city: 'Berlin' } } },
  { bot: { name: 'desk', email: 'desk@posteo.de' } },
])('%j keeps its name', (data) => {
  expect(JSON.stringify(redactDeep(data))).not.toContain('person_name');
  expect(redact(JSON.stringify(data))).not.toMatch(/person_name|postal_address/);
});
