import { inspect } from 'node:util';
import { InvalidOptionError } from '@llm-otel/core';
import { expect, test } from 'vitest';
import { SecretHeaders } from './secret-headers.ts';

// Put together here, so that no file holds anything that looks like a credential.
const token = ['not', 'a', 'real', 'token'].join('-');
const headers = new SecretHeaders({ Authorization: `Bearer ${token}`, 'x-tenant': 'a' }, 'headers');

test('the values are there for the request', () => {
  expect(headers.reveal()).toEqual({ authorization: `Bearer ${token}`, 'x-tenant': 'a' });
});

test.for([
  ['util.inspect', inspect(headers, { depth: 9, showHidden: true })],
  ['util.inspect of an object around it', inspect({ a: { headers } }, { depth: 9 })],
  ['JSON', JSON.stringify({ headers })],
  ['text', String(headers)],
])('%s shows the names and [redacted]', ([, printed]) => {
  expect(printed).not.toContain(token);
  expect(printed).toContain('authorization');
  expect(printed).toContain('[redacted]');
});

test('a text that quotes a value, or only the token of it, is scrubbed', () => {
  expect(headers.scrub(`invalid: Bearer ${token}!`)).toBe('invalid: [redacted]!');
  expect(headers.scrub(`no key ${token} here`)).toBe('no key [redacted] here');
  expect(headers.scrub('Bearer of a message')).toBe('Bearer of a message');
});

test('a header that HTTP does not allow is refused without its value', () => {
  for (const bad of [
    { authorization: `${token}\nx` },
    { authorization: `${token}\u0001` },
    { authorization: `${token}\u2028x` },
    { 'bad name': token },
    { [`Bearer ${token}`]: '' },
    { [`${token} 1`]: '' },
  ]) {
    let thrown: unknown;
    try {
      new SecretHeaders(bad, 'headers').reveal();
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toBeInstanceOf(InvalidOptionError);
    expect(String(thrown)).toContain('headers');
    expect(String(thrown)).not.toContain(token);
  }
});

test('blanks and line breaks at the ends of a value, as files of tokens have them, are left out', () => {
  expect(new SecretHeaders({ 'x-key': ` ${token}\r\n` }, 'headers').reveal()).toEqual({
    'x-key': token,
  });
});

test('of a name that is given twice, in whatever case, the last value counts', () => {
  const pairs: [string, string][] = [
    ['Authorization', 'first'],
    ['X-Tenant', 'one'],
    ['authorization', 'last'],
  ];

  expect(new SecretHeaders(pairs, 'headers').reveal()).toEqual({
    authorization: 'last',
    'x-tenant': 'one',
  });
  expect(
    new SecretHeaders({ authorization: 'first', Authorization: 'last' }, 'headers').reveal(),
  ).toEqual({ authorization: 'last' });
});
