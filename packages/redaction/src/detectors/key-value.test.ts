import { describe, expect, test } from 'vitest';
import { awsKeyId, joined, openAiKey } from '../../test/made-secrets.ts';
import { createRedactor } from '../redactor.ts';

const { redact } = createRedactor();
const MASK = '[REDACTED:sensitive_key]';
const random = joined('a9F', '3kQ', '7zP2', 'mX5', 'vB8');

describe('a value behind a secret name', () => {
  test.each([
    ['a setting', 'password=hunter2', `password=${MASK}`],
    ['a setting in capitals', 'export DB_PASSWORD=letmeinplease', `export DB_PASSWORD=${MASK}`],
    ['a line of YAML', 'db:\n  password: hunter2\n', `db:\n  password: ${MASK}\n`],
    ['a quoted value with spaces', "passphrase: 'four words in here'", `passphrase: '${MASK}'`],
    ['a line of JSON', '{"clientSecret": "abc def"} x', `{"clientSecret": "${MASK}"} x`],
    ['an arrow', "'api_key' => 'abc'", `'api_key' => '${MASK}'`],
    ['an option', 'run --password hunter22 --verbose', `run --password ${MASK} --verbose`],
    ['an element', '<password>abc</password>', `<password>${MASK}</password>`],
    ['a query', '/login?user=a&access_token=abc123&x=1', `/login?user=a&access_token=${MASK}&x=1`],
    ['a connection string', 'Server=a;Pwd=s3cret!;Db=b', `Server=a;Pwd=${MASK};Db=b`],
    ['a number behind a quoted name', "{'password': 12345, x}", `{'password': '${MASK}', x}`],
    ['the end of a word', 'mysqlpassword=hunter2', `mysqlpassword=${MASK}`],
    [
      'a name after an escaped line break',
      String.raw`a\npassword=hunter2\nb`,
      String.raw`a\npassword=[REDACTED:sensitive_key]\nb`,
    ],
    ['a weak name with a random value', `token=${random}`, `token=${MASK}`],
    [
      'a value with an escaped quote',
      String.raw`x "password": "a\"b" y`,
      `x "password": "${MASK}" y`,
    ],
    [
      'a value in nested quotes',
      String.raw`"{\"password\":\"a\\\"b\"}" z`,
      String.raw`"{\"password\":\"[REDACTED:sensitive_key]\"}" z`,
    ],
    ['an open quote', 'password: "hunter2', `password: "${MASK}`],
    ['a cookie line', 'GET /\nCookie: a=b; c=d\nHost: x', `GET /\nCookie: ${MASK}\nHost: x`],
    [
      'a header of a command',
      "curl -H 'Cookie: a=b' https://h",
      `curl -H 'Cookie: ${MASK}' https://h`,
    ],
    [
      'a digest',
      'Authorization: Digest username="x", response="y"',
      `Authorization: Digest ${MASK}`,
    ],
  ])('%s goes', (_, text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  test.each([
    'max_tokens=1000',
    '"token_type": "Bearer", "expires_in": 3600',
    '{"token": "Hello", "logprob": -0.1}',
    'const token = getToken();',
    'password = options.password;',
    'password: string;',
    'apiKey: process.env.OPENAI_API_KEY',
    'password=${DB_PASSWORD}',
    'password: ****',
    'the password must be long',
    'Password: required',
    'api_key = os.environ["KEY"]',
    'next_page_token=abc123def456ghi7',
    'csrf_token: a9F3kQ7zP2mX5vB8',
    'tokenizer = load("x")',
    'author: Ada Lovelace 1815',
    'secret::new(value)',
    'credentials: 3',
    '"cookie": true',
    'authorization: we need a form',
    'token=[REDACTED:sensitive_key]',
    'signature: (a: number) => void',
  ])('%s stays', (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('a value that only stands beside its name', () => {
  test.each([
    ['in a sentence', 'user ada password tr0ub4dor', `user ada password ${MASK}`],
    [
      'on the next line of a form',
      'name="api_key"\r\n\r\na1B2c3D4e5',
      `name="api_key"\r\n\r\n${MASK}`,
    ],
    ['with quotes', "ALTER ROLE a PASSWORD 'tr0ub4dor'", `ALTER ROLE a PASSWORD '${MASK}'`],
    [
      'as the other one of a pair',
      "{ name: 'token', value: 'a1B2c3D4e5F6' }",
      `{ name: 'token', value: '${MASK}' }`,
    ],
    [
      'as an attribute',
      '<add key="ApiSecret" value="a1B2c3D4e5" />',
      `<add key="ApiSecret" value="${MASK}" />`,
    ],
    [
      'in a block',
      'variable "password" {\n  default = "tr0ub4dor"',
      `variable "password" {\n  default = "${MASK}"`,
    ],
    [
      'and is known by itself',
      `My API key ${openAiKey} stopped`,
      'My API key [REDACTED:openai_api_key] stopped',
    ],
  ])('%s goes', (_, text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  test.each([
    'the password sha256 is stored',
    'a token gpt-4 counts',
    'password authentication failed',
    '{ name: "password", value: "Your password" }',
    '<label for="password">Password</label>',
    'variable "password" {\n  default = ""',
  ])('%s stays', (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('the two members of a pair', () => {
  const random = joined('a9F', '3kQ', '7zP2', 'mX5', 'vB8');

  test.each([
    ['the name first', { key: 'password', value: 'tr0ub4dor' }, { key: 'password', value: MASK }],
    ['the value first', { value: random, name: 'x-api-key' }, { value: MASK, name: 'x-api-key' }],
    ['a label', { name: 'password', value: 'Password' }, { name: 'password', value: 'Password' }],
    ['another name', { key: 'note', value: random }, { key: 'note', value: random }],
  ])('%s: as JSON and as a map', (_, pair, expected) => {
    const { redactDeep } = createRedactor();

    expect(JSON.parse(redact(JSON.stringify({ rows: [pair, { n: 1 }] })))).toEqual({
      rows: [expected, { n: 1 }],
    });
    expect(redactDeep({ rows: [pair] })).toEqual({ rows: [expected] });
  });
});

describe('an authorization header', () => {
  test.each([
    [
      'a bearer token',
      `Authorization: Bearer ${random}`,
      'Authorization: Bearer [REDACTED:bearer_token]',
    ],
    ['in prose', `with bearer ${random}.`, 'with bearer [REDACTED:bearer_token].'],
    [
      'basic credentials',
      joined('Authorization: Basic dXNl', 'cjpwYXNz', 'd29yZA=='),
      'Authorization: Basic [REDACTED:basic_credentials]',
    ],
    [
      'a signature',
      `AWS4-HMAC-SHA256 Credential=a/b, Signature=${'0a1b2c3d'.repeat(8)}`,
      'AWS4-HMAC-SHA256 Credential=a/b, Signature=[REDACTED:request_signature]',
    ],
    [
      'a signature with the id of its key',
      `AWS4-HMAC-SHA256 Credential=${awsKeyId}/x, Signature=${'0a1b2c3d'.repeat(8)}`,
      'AWS4-HMAC-SHA256 Credential=[REDACTED:sensitive_key], Signature=[REDACTED:request_signature]',
    ],
    ['a token of its own kind', `Authorization: ${random}`, `Authorization: ${MASK}`],
  ])('%s goes', (_, text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  test.each([
    'basic authentication is off',
    'the bearer of good news arrived yesterday',
    'bearer authentication-scheme',
    'Basic abcdefgh',
    'Bearer ${TOKEN_OF_THE_USER}',
    'AWS4-HMAC-SHA256 is the algorithm',
  ])('%s stays', (text) => {
    expect(redact(text)).toBe(text);
  });
});
