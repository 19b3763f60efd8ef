import { describe, expect, test } from 'vitest';
import { createRedactor } from '../src/index.ts';

const redactor = createRedactor();
const strict = createRedactor({ version: 1, presets: ['strict'] });

describe('in code a variable, a type, a name and a comparison stay', () => {
  test.each([
    '{"password": password}',
    '{"api_key": api_key, "q": 1}',
    "{'password': self.password, 'x': 1}",
    "{ 'x-api-key': config.key }",
    "headers: { 'api-key': this.apiKey }",
    "'api-key': apiKey ?? ''",
    '{"password": args.password}',
    '{"password": os.getenv("X")}',
    '"password": input("pw")',
    '{ "password": bcrypt.hash(pw) }',
    "'password' => $password",
    '{ authorization: token }',
    "{ 'authorization': token, a: 1 }",
    'const { authorization: _a, b } = t;',
    "case 'password': return true;",
    'scope.authorization === undefined ||',
    'if (headers.authorization === null) return',
    'req.headers.authorization == null ? 1 : 2',
    "typeof client.apiKey === 'function'",
    "return x ? 'password' : 'text'",
    'type={show ? "password" : "text"}',
    'export const PASSWORD = "password";',
    'enum K { Password = "password", Token = "token" }',
    'TMP_DB_CONNECTION_STRING = "db.connection_string"',
    "access_token: 'access_token'",
    'ServiceAccounts.APIKeys = api_keys_1.APIKeys;',
    'let hasApiKey = !isBearerToken',
    'expectedSignature: Uint8Array',
    'headers.Authorization = "Bearer ".concat(auth.bearer);',
    'api_key: !secret openai_key',
    'password: vault:secret/data/db#password',
    'users are identified by email_address',
    'The device is identified by serialNumber in the log',
    'each tenant is identified by tenant-7',
    '{"identified_by": "email_verified"}',
    'has_password: swordfish',
  ])('%s', (text) => {
    expect(redactor.redact(text)).toBe(text);
    expect(strict.redact(text)).toBe(text);
  });

  test.each([
    'list(userID: string, query?: object) {',
    'const remoteClientAddress = getRemoteClientAddress(request);',
    'if (typeof maybeUserId === "string") {',
    'USER_ID: exports.USER_ID,',
  ])('with strict: %s', (text) => {
    expect(strict.redact(text)).toBe(text);
  });
});

describe('beside them a text in quotes, a number and what looks like a secret go', () => {
  test.each([
    ['{"password": "swordfish"}', 'swordfish'],
    ['{"password": 4711815}', '4711815'],
    ['{"password": Kq9zX2mmPw71}', 'Kq9zX2mmPw71'],
    ["{ 'x-api-key': 'swordfish1' }", 'swordfish1'],
    ['if (password === "swordfish")', 'swordfish'],
    ['headers.Authorization = "Bearer Kq9zX2mmPw71Kq9z"', 'Kq9zX2mmPw71Kq9z'],
    ['Authorization: Token Kq9zX2mmPw71', 'Kq9zX2mmPw71'],
    ['Cookie: sid=Kq9zX2mmPw71; theme=dark', 'Kq9zX2mmPw71'],
    ["CREATE USER ada IDENTIFIED BY 'swordfish'", 'swordfish'],
    ['alter user ada identified by swordfish', 'swordfish'],
    ['user_id=ada42 ok', ''],
  ])('%s', (text, secret) => {
    if (secret !== '') expect(redactor.redact(text)).not.toContain(secret);
    else expect(strict.redact(text)).not.toBe(text);
  });
});

test('sensitive_key can be dropped: names say nothing then, but for those that the policy blocks', () => {
  const { redact, redactDeep } = createRedactor({
    version: 1,
    detectors: { drop: ['sensitive_key'] },
    keys: { block: ['patient'] },
  });
  const data = { password: 'x1', cookies: { sid: 'Kq9zX2mmPw71' }, argv: ['mysql', '-phunter2'] };

  expect(redact('password=Kq9zX2mmPw71')).toBe('password=Kq9zX2mmPw71');
  expect(redactDeep(data)).toBe(data);
  expect(redact('patient=Ada')).toBe('patient=[REDACTED:sensitive_key]');
});
