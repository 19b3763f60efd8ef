import { expect, test } from 'vitest';
import { createRedactor } from './index.ts';

const { redactDeep } = createRedactor();

function statementOf(text: string, attributes: Record<string, string>): unknown {
  return (redactDeep({ ...attributes, 'db.query.text': text }) as Record<string, unknown>)[
    'db.query.text'
  ];
}

const system = { 'db.system.name': 'redis' };
const MASK = '[REDACTED:sensitive_key]';

test.each([
  ['auth swordfish', `auth ${MASK}`],
  ['auth app swordfish', `auth app ${MASK}`],
  ['AUTH "sword fish"', `AUTH "${MASK}"`],
  ['hello 3 AUTH default swordfish', `hello 3 AUTH default ${MASK}`],
  ['hello 3 auth default swordfish setname desk', `hello 3 auth default ${MASK} setname desk`],
  ['acl setuser app on >swordfish <old1 ~*', `acl setuser app on >${MASK} <${MASK} ~*`],
  ['config set requirepass swordfish', `config set requirepass ${MASK}`],
  ['migrate h 6379 k 0 5000 auth swordfish', `migrate h 6379 k 0 5000 auth ${MASK}`],
  ['migrate h 6379 k 0 5000 auth2 a swordfish', `migrate h 6379 k 0 5000 auth2 a ${MASK}`],
  ['multi\nauth swordfish\nget a', `multi\nauth ${MASK}\nget a`],
])('the statement %j of a span about Redis loses its password', (statement, left) => {
  expect(statementOf(statement, system)).toBe(left);
  expect(statementOf(statement, { 'db.system': 'valkey' })).toBe(left);
});

test.each([
  'get user:1',
  'auth [1 other arguments]',
  'auth ?',
  'hello 3',
  'hello [4 other arguments]',
  'acl setuser app on nopass',
  'acl list',
  'config set maxmemory 100mb',
  'set auth swordfish',
  'migrate h 6379 k 0 5000',
])('the statement %j stays', (statement) => {
  expect(statementOf(statement, system)).toBe(statement);
});

test('where the span is about something else, or no secrets are looked for, nothing is read as a command', () => {
  expect(statementOf('auth app swordfish', { 'db.system': 'postgresql' })).toBe(
    'auth app swordfish',
  );
  const { redactDeep: ofPersons } = createRedactor({ version: 1, presets: ['pii'] });
  const span = { ...system, 'db.query.text': 'auth app swordfish' };
  expect(ofPersons(span)).toBe(span);
});
