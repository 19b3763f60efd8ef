import { describe, expect, test } from 'vitest';
import { createRedactor, createStreamRedactor } from '../src/index.ts';
import { body } from './made-secrets.ts';

const redactor = createRedactor({ version: 1, presets: ['secrets', 'pii'] });
const key = body(38);
const gone = '[REDACTED:sensitive_key]';

/** Between the marks stands what goes. */
function expectGone(text: string): void {
  const plain = text.replaceAll(/«(.+?)»/g, '$1');
  const wanted = text.replaceAll(/«(.+?)»/g, gone);
  expect(redactor.redact(plain)).toBe(wanted);
  expect(redactor.redact(wanted)).toBe(wanted);
  const stream = createStreamRedactor(redactor);
  const parts = Array.from(plain, (character) => stream.write(character));
  expect(parts.join('') + stream.end()).toBe(wanted);
}

describe('in YAML', () => {
  test.each([
    `password: >-\n  «tulip7Garden!»\nport: 1`,
    `api_keys:\n  - «${key}»\n  - "«${key}»"\nlimit: 3`,
    `passwords:\n- «tulip7Garden»\n- \${OTHER}\n- «rose8Garden»\n`,
    `client_secrets: [«${key}», «${key}»]`,
    `- { name: DB_PASSWORD, value: «tulip7Garden» }`,
  ])('%s', expectGone);
});

describe('labels of other languages', () => {
  test.each([
    `Zugriffstoken: «${key}»`,
    `jeton d’accès : «${key}»`,
    `clé d'API : «${key}»`,
    `Token de acceso: «${key}»`,
    `chiave di accesso: «${key}»`,
    `токен доступа: «${key}»`,
    `访问令牌: «${key}»`,
    `アクセストークン：«${key}»`,
    `API密钥：«${key}»`,
    `액세스 토큰: «${key}»`,
    'Das Kennwort für den Server ist «tulip7Garden»',
    'A senha do banco é «tulip7Garden»',
    'Einmalpasswort: «482913»',
  ])('%s', expectGone);

  test.each(['Token de acceso: caducado', 'A senha do banco é obrigatória', 'jeton : le'])(
    'and not what is said of them: %s',
    (text) => {
      expect(redactor.redact(text)).toBe(text);
    },
  );
});

describe('a label, some words, and the value', () => {
  test.each([
    'A temporary password is generated for ada@localhost: «tulip7;Garden»'.replace(';', '_'),
    'new password for root is: «tulip7Garden»',
    'Password for user "ada" (save it): «tulip7Garden»',
    `New API key (read only): «${key}»`,
    `secret key for the bucket = «${key}»`,
  ])('%s', (text) => {
    const plain = text.replaceAll(/«(.+?)»/g, '$1');
    expect(redactor.redact(plain)).not.toContain(/«(.+?)»/.exec(text)![1]);
  });

  test.each([
    "SELECT token FROM sessions WHERE id = '7f387415-5971-4eec-bc37-807b37a89614'",
    'The pin code of Berlin is 10115.',
    'Password reset requested for user ada: link sent',
    'API key usage for tenant north: 4242 calls',
  ])('stays where nothing is hidden: %s', (text) => {
    expect(redactor.redact(text)).toBe(text);
  });
});

describe('shells, recipes and workflows', () => {
  test.each([
    'PASSWORD: ${PW:-«tulip»}',
    'export API_TOKEN="${API_TOKEN:-«' + key + '»}"',
    'CMD ["mysql", "-uada", "-p«tulip7Garden»", "shop"]',
    'test: ["CMD", "redis-cli", "-a", "«tulip»", "ping"]',
    `echo ::add-mask::«${key}»`,
    `::set-output name=token::«${key}»`,
  ])('%s', expectGone);

  test('a value of the registry', () => {
    expect(redactor.redact('reg add HKLM\\X /v Password /t REG_SZ /d tulip7 /f')).toBe(
      'reg add HKLM\\X /v Password /t REG_SZ /d [REDACTED:command_password] /f',
    );
  });

  test.each([
    'PASSWORD=${PASSWORD:?must be set}',
    'TOKEN=${TOKEN:-$OTHER}',
    'PW=${PW:-}',
    'CMD ["node", "-p", "1+1"]',
    'reg add HKLM\\X /v Timeout /t REG_DWORD /d 12',
  ])('stays: %s', (text) => {
    expect(redactor.redact(text)).toBe(text);
  });
});

describe('a word and a number behind the name pass', () => {
  test.each([
    '[smtp]\nuser=ada\npass=«orchid27»\n',
    "auth: { user: 'ada', pass: '«orchid27»' }",
    '{"user":"ada","pass":"«orchid27»"}',
  ])('goes: %s', expectGone);

  test.each(['pass: step27', 'pass=sha256', '{"pass":"test12"}', '{"pass":true}'])(
    'stays when numbers follow it anyway: %s',
    (text) => {
      expect(redactor.redact(text)).toBe(text);
    },
  );
});

describe('codes and sessions', () => {
  test.each(['{"otp":"«482913»"}', 'PIN: «4711»', 'your pin is «4711», ada'])('%s', expectGone);

  test('as attributes', () => {
    expect(redactor.redactDeep({ pin: '4711', otp: 'required', tan: '12' })).toEqual({
      pin: gone,
      otp: 'required',
      tan: '12',
    });
  });

  test('the name of a session goes with the preset strict, unless it is a UUID', () => {
    const strict = createRedactor({ version: 1, presets: ['strict'] });
    const uuid = 'session.id=7f387415-5971-4eec-bc37-807b37a89614';

    expect(redactor.redact(`session_id=${key}`)).toBe(`session_id=${key}`);
    expect(strict.redact(`session_id=${key}`)).toBe(`session_id=${gone}`);
    expect(strict.redact(uuid)).toBe(uuid);
  });
});

test('hex with 0x in front is read, and a plus of a form is a space', () => {
  const token = `ghp_${body(36)}`;
  const hex = Buffer.from(token).toString('hex');

  expect(redactor.redact(`0x${hex}`)).toBe('[REDACTED:github_token]');
  expect(redactor.redact(`0x${'9f'.repeat(20)}`)).toBe(`0x${'9f'.repeat(20)}`);
  expect(redactor.redact(`authorization=Bearer+${key}&x=1`)).toBe(
    'authorization=Bearer+[REDACTED:bearer_token]&x=1',
  );
});

test('people behind labels that are not English, and in the head of a mail', () => {
  for (const [text, wanted] of [
    ['Ausweisnummer: L01X00T47', 'Ausweisnummer: [REDACTED:passport_number]'],
    ['护照号码：E12345678', '护照号码：[REDACTED:passport_number]'],
    ['Kontoinhaber: Ada Lovelace', 'Kontoinhaber: [REDACTED:person_name]'],
    ['Straße: Am Kanal 12', 'Straße: [REDACTED:postal_address]'],
    [
      'From: "Ada Lovelace" <ada@example.com>',
      'From: "[REDACTED:person_name]" <[REDACTED:email_address]>',
    ],
  ])
    expect(redactor.redact(text!)).toBe(wanted);
});
