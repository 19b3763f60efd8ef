// Fields of formats that name them in their own way, protocols that log in, parameters of statements, layouts of terminals.
// `«…»` is what must go, and nothing else may change.
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../src/index.ts';
import { expectGone, expectKept } from './gone-and-kept.ts';

const random = 'kV8dPq2Lx9TzWm4R'.concat('bN7cYh3JfGs6Ae1U');

describe('numbers with a tab between their groups', () => {
  test.each([
    '«4242\t4242\t4242\t4242»',
    'card\t«5555\t5555\t5555\t4444»\tok',
    'phone\t«+49\t170\t1234567»',
    'tel:\t«0170\t1234567»',
    'IBAN\t«DE89\t3704\t0044\t0532\t0130\t00»',
    'IBAN\t«GB29\tNWBK\t6016\t1331\t9268\t19»',
    'SSN\t«536\t22\t1847»',
    String.raw`{"row":"card\t«4242\t4242\t4242\t4242»"}`,
    'row=card%09«4242%094242%094242%094242»',
  ])('%j', expectGone);

  test.each([
    '4821\t5123\t4990\t5210\t5000\t4100',
    '536\t22\t1847',
    'desk\t536\t22\t1847',
    '12\t4111\t22',
    '2026\t11\t28\t06\t12',
    '1700000000\t1700000001',
    'GB29\tNWBK\t6016\t1331\t9268\t20',
  ])('stays: %j', expectKept);

  test('a phone number in one cell does not take the next cells with it', () => {
    expectGone('phone\t«+4915112345678»\t3\t12');
  });
});

describe('fields of messages', () => {
  test.each([
    '<Dbtr><Nm>«Ada Lovelace»</Nm></Dbtr>',
    '<Cdtr><Nm>«Ada Lovelace»</Nm><PstlAdr><StrtNm>«Baker Street»</StrtNm><TwnNm>London</TwnNm></PstlAdr></Cdtr>',
    '<BirthDt>«1990-02-03»</BirthDt>',
    'P-Asserted-Identity: "«Ada Lovelace»" <tel:«+14155552671»>',
    'ATTENDEE;CN=«Ada Lovelace»:mailto:«ada@example.com»',
    'MSH|^~\\&|A|B\rPID|1||«12345^^^HOSP^MR»||«Lovelace^Ada^M»||«19800202»|F|||«221 Baker St^^London^^NW1^UK»||«(415)555-2671»',
    'NM1*IL*1*«DOE»*«JOHN»****MI*«W12345678»~',
    String.raw`{"card":"BEGIN:VCARD\nFN:«Ada Lovelace»\nEND:VCARD"}`,
  ])('%s', expectGone);

  test.each([
    '<FinInstnId><Nm>Example Bank</Nm></FinInstnId>',
    'PID|1|running|root',
    'NM1*PR*2*ACME INSURANCE*****PI*12~',
    'BEGIN:VEVENT\nSUMMARY:Weekly\nEND:VEVENT',
    'Contact: "1001" <sip:1001>',
  ])('stays: %s', expectKept);
});

describe('logins of protocols that go on below their command', () => {
  test.each([
    'C: A1 AUTHENTICATE PLAIN\nS: +\nC: «AGFkYQBsZXRtZWlu»\nS: A1 OK',
    'AUTH LOGIN\r\n334 VXNlcm5hbWU6\r\n«YWRh»\r\n334 UGFzc3dvcmQ6\r\n«bGV0bWVpbg==»\r\n235 ok',
    'c=biws,r=fyko+d2lbbFgONRv9qkx,p=«v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=»',
    '{"saslStart":1,"mechanism":"PLAIN","payload":"«AGFkYQBsZXRtZWlu»"}',
  ])('%s', expectGone);

  test.each(['250-AUTH LOGIN PLAIN\n250 HELP', 'AUTH LOGIN\n235 ok', 'c=biws,r=abc'])(
    'stays: %s',
    expectKept,
  );
});

describe('constants that are only called a key', () => {
  test.each([
    `const KEY = '«${random}»';`,
    `static final String KEY = "«${random}»";`,
    `KEY = b"«${random}»"`,
    `KEY=«${random}»`,
  ])('%s', expectGone);

  test.each([
    `const KEY = 'user-settings';`,
    `const CACHE_KEY = 'com.example.app.cache.users.v3';`,
    `const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789';`,
    `cache.get({ key: '${random}' })`,
    `map.set(key = '${random}')`,
    `const PRIMARY_KEY = 'b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11';`,
  ])('stays: %s', expectKept);
});

describe('maps of YAML below a name', () => {
  test.each([
    'password:\n  value: «letmein»\n',
    'passwords:\n  # of the servers\n  root: «violetharbour»\n\n  ada: "«meadow»" # hers\nport: 3306',
    'spec:\n  passwords:\n    db:\n      root: «violetharbour»\n  replicas: 3',
    `secrets:\n  stripe: «${random}»\n  region: eu-west-1`,
  ])('%s', expectGone);

  test.each([
    'password:\n  valueFrom:\n    secretKeyRef:\n      name: db-secret\n      key: db-pass2',
    'secret:\n  name: db\n  enabled: true',
    'secrets:\n  - db-secret\n  - api-secret',
    'tokens:\n  max: 4096\n  used: 12',
    'password:\n  type: string\n  minLength: 8\nvalue: harbour',
  ])('stays: %s', expectKept);
});

describe('options', () => {
  test.each([
    '--password-command "echo «letmein»"',
    `RESTIC_PASSWORD_COMMAND='echo «letmein»'`,
    '--proxy-user ada:«letmein»',
    '-passin pass:«violet»',
    '/p:Password=«violet»',
    '-storepass «violet»',
  ])('%s', expectGone);

  test.each([
    '--password-command "pass show restic"',
    '--password-file /run/secrets/db',
    '--proxy-user ada',
    '--passphrase-fd 0',
  ])('stays: %s', expectKept);
});

describe('parameters of statements', () => {
  test.each([
    `LOG:  execute <unnamed>: UPDATE users SET password = $1 WHERE id = $2\nDETAIL:  parameters: $1 = '«violet»', $2 = '42'`,
    `execute s1: INSERT INTO users (name, password) VALUES ($1, $2)\nDETAIL:  parameters: $1 = 'bob', $2 = '«violetmeadow»'`,
    `UPDATE users SET name = ?, password = ? WHERE id = ?; params: ['ada', '«violet»', 42]`,
    'Executing (default): UPDATE "users" SET "password"=$1 WHERE "id" = $2; "«violet»", 42',
    'UPDATE `main`.`User` SET `password` = ? WHERE id = ? Params: ["«violet»",1]',
    `UPDATE users SET password=? WHERE id=?\nINFO sqlalchemy.engine.Engine [generated in 0.0001s] ('«violet»', 1)`,
    'query: INSERT INTO "user"("id","password") VALUES ($1,$2) -- PARAMETERS: [7,"«letmein»"]',
  ])('%s', expectGone);

  test.each([
    `UPDATE users SET city = $1 WHERE id = $2\nDETAIL:  parameters: $1 = 'Berlin', $2 = '42'`,
    'UPDATE users SET password = ? WHERE id = ?',
    `UPDATE users SET password = ?, name = ? WHERE id = ?; params: [null, 'bob', 42]`,
  ])('stays: %s', expectKept);
});

describe('layouts and dumps', () => {
  test.each([
    'Username    ops\nPassword    «hunter22»\n',
    'password....: «letmein99»',
    'X-Api-Key   «abcdef123»',
    '> Authorization: «abcdef123»',
    `[ 'Authorization', '«abcdef123»' ]`,
    `(b'authorization', b'«abcdef123»')`,
  ])('%j', expectGone);

  test.each([
    'NAME     SECRETS   AGE\nx        2         9d',
    'Password    Description',
    'Tokens    1204',
    `['password', 'remember_me']`,
    `['cookie', 'other-sensitive-header']`,
    'password ... 12 characters',
  ])('stays: %j', expectKept);
});

describe('sentences and calls', () => {
  test.each([
    'la password temporanea è: «hunter22»',
    'lösenordet är «hunter22»',
    'tried «P@ssw0rd1» as the password',
    'the 2FA code I got is «264952»',
    'Use code «348307» to sign in to Acme',
    '私の電話番号は«090-7333-4435»です',
    '我的手机号是«13852768948»',
    `session({ secret: '«Sommer2024!»', resave: false })`,
    `bcrypt.compare('«letmein»', hash)`,
    'java.naming.security.credentials=«hunter22»',
    'Variable "$i" got invalid value "«Qwerty123!»" at "input.password"; x',
    `?q=ring%20me:%20«+49%20170%201922144»`,
    '?q=ring+me:+«+49+151+6834927»&a=1',
  ])('%s', expectGone);

  test.each([
    'use code 2024 to save 10 % at the till',
    'client._identityAuth = this.#x509Authentication;',
    '?q=a+49+170+1234567',
  ])('stays: %s', expectKept);
});

describe('what stands between a name and its value', () => {
  const github = 'ghp_'.concat('kV8dPq2Lx9TzWm4RbN7cYh3JfGs6Ae1UoQ5i');
  const amazon = 'AKIA'.concat('IOSFODNN7QXWPLE2');

  test.each([
    `Password for 'https://«ada@github.com»': «${github}», builder.Password = "«abc12345»";`,
    `Password for 'https://«ada@github.com»': «${github}» then password='«hunter22»'`,
    `https://«${github}»:«letmein»@github.com/acme/app.git`,
    `mongodb+srv://«${amazon}»:«Sommer1»@host/db`,
    `a1 LOGIN «${github}» «hunter22»`,
    `{"field":"password","message":"«${github}»","rejectedValue":"«hunter22»"}`,
    `{'name': 'password', 'note': '«${amazon}»', 'value': '«hunter22»'}`,
    `SET PASSWORD FOR '«${github}»'@'%' = '«hunter22»'`,
  ])('%s', expectGone);

  test.each(['echo "[REDACTED:command_password]" | chpasswd'])('stays: %s', expectKept);
});

describe('links that were sent to one person', () => {
  test.each([
    `GET /reset-password/«${random}»`,
    `/invite/«${random}»`,
    `/magic?t=«${random}»`,
    'location: /cb?code=«1a2b3c4d5e6f7a8b9c0d»',
    `code_verifier=«${random}»`,
    `{"code":"«${random}»","grant_type":"authorization_code"}`,
  ])('%s', expectGone);

  test.each([
    '/invite/7f9c24e8-3b12-4fef-91a3-1b2c3d4e5f60',
    '/products?code=1a2b3c4d5e6f7a8b9c0d',
  ])('stays: %s', expectKept);
});

describe('pairs whose value is a map', () => {
  const redactor = createRedactor({ version: 1, presets: ['secrets', 'pii'] });
  const mask = '[REDACTED:sensitive_key]';

  test.each([
    { key: 'password', value: { stringValue: 'letmein' } },
    { key: 'cookies', value: { arrayValue: { values: [{ stringValue: random }] } } },
    { authorization: { scheme: 'Bearer', parameter: random } },
  ])('%j', (pair) => {
    const text = JSON.stringify(pair);

    for (const redacted of [
      JSON.stringify(redactor.redactDeep({ pair })),
      redactor.redact(text),
      redactor.redact(`got ${text} here`),
      redactor.redact(text.replaceAll('"', "'")),
    ]) {
      expect(redacted).toContain(mask);
      expect(redacted).not.toContain('letmein');
      expect(redacted).not.toContain(random);
    }
  });

  test.each([
    { key: 'note', value: { stringValue: 'letmein' } },
    { password: { required: true, header: 'x-y', param: 'pw' } },
  ])('stays: %j', (pair) => {
    expect(redactor.redactDeep({ pair })).toEqual({ pair });
    expectKept(JSON.stringify(pair));
  });
});

describe('what telemetry says of machines', () => {
  const strict = createRedactor({ version: 1, presets: ['strict'] });

  test.each([
    { 'vcs.owner.name': 'my-org' },
    { 'jvm.executor.owner.name': 'tomcat' },
    { 'file.owner.name': 'root' },
    { 'process.user.name': 'root' },
    { 'process.real_user.id': 1000 },
    { note: 'ON k.user_id = u.id WHERE a = 1' },
    { note: 'certificate serial 04:A1:5B:C9:00:7F' },
    { note: `checksum/secret: ${'9f86d081884c7d65'.repeat(4)}` },
    { 'checksum/secret': '9f86d081884c7d65'.repeat(4) },
    { 'process.linux.cgroup': 'user@1000.service' },
    { note: "['password' => 'required|min:8|confirmed']" },
  ])('stays: %j', (attributes) => {
    expect(strict.redactDeep(attributes)).toEqual(attributes);
  });

  test('accounts of people go as before', () => {
    expect(strict.redactDeep({ 'user.name': 'ada', 'user.id': 'u1' })).toEqual({
      'user.name': '[REDACTED:sensitive_key]',
      'user.id': '[REDACTED:sensitive_key]',
    });
  });
});
