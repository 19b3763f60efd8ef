import { describe, expect, test } from 'vitest';
import { awsKeyId, awsSecret, body, jsonWebToken, joined } from '../../test/made-secrets.ts';
import { BASE62, URL64 } from '../engine/characters.ts';
import { createRedactor } from '../redactor.ts';

const { redact } = createRedactor({ version: 1, presets: ['secrets', 'pii'] });

function pem(words: string, lines: readonly string[], joint = '\n'): string {
  return [
    joined('-----BEGIN ', words, '-----'),
    ...lines,
    joined('-----END ', words, '-----'),
  ].join(joint);
}
const keyLines = [body(64), body(64, BASE62, 2), body(20, BASE62, 3)];

describe('a private key', () => {
  test.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'OPENSSH PRIVATE KEY', 'PGP PRIVATE KEY BLOCK'])(
    '%s goes, from the first line to the last',
    (words) => {
      expect(redact(`a\n${pem(words, keyLines)}\nb`)).toBe('a\n[REDACTED:private_key]\nb');
    },
  );

  test('on one line with escaped line breaks', () => {
    const text = `key = ${pem('PRIVATE KEY', keyLines, String.raw`\n`)};`;

    expect(redact(text)).toBe('key = [REDACTED:private_key];');
  });

  test('with its end cut off goes as far as the base64 goes', () => {
    const text = pem('PRIVATE KEY', keyLines).split('-----END')[0]!;

    expect(redact(text)).toBe('[REDACTED:private_key]\n');
    expect(redact(`${text}and so on, it said`)).toBe('[REDACTED:private_key] so on, it said');
  });

  test.each([
    pem('PUBLIC KEY', keyLines),
    pem('CERTIFICATE', keyLines),
    'starts with -----BEGIN PRIVATE KEY----- and has lines',
  ])('what is none stays: %#', (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('credentials in a URL', () => {
  test.each([
    ['postgres://app:s3cr3t@db:5432/x', 'postgres://app:[REDACTED:url_credentials]@db:5432/x'],
    ['amqp://a:p@ss@host/v', 'amqp://a:[REDACTED:url_credentials]@host/v'],
    [String.raw`redis:\/\/:s3cr3t@h:1`, String.raw`redis:\/\/:[REDACTED:url_credentials]@h:1`],
    [`https://${body(24)}@host/x`, 'https://[REDACTED:url_credentials]@host/x'],
  ])('%s: the password goes', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  test.each([
    'https://example.com/@scope/pkg@1.2.3',
    'postgres://app@db/x',
    'https://user:@host/x',
    'postgres://app:${PASSWORD}@db/x',
    'http://localhost:3000 and @decorator',
  ])('%s stays', (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('tokens known by what stands inside', () => {
  test.each([
    [joined('abc', '8Q~', body(31)), 'azure_client_secret'],
    [joined(body(14), '.atlas', 'v1.', body(60, URL64)), 'terraform_token'],
    [joined('123456789', ':AA', body(33, URL64)), 'telegram_token'],
  ])('%# is found', (token, kind) => {
    expect(redact(`use ${token} now`)).toBe(`use [REDACTED:${kind}] now`);
  });

  test.each(['the Q~ sign', 'x.atlasv1.y', 'a12345678:AA', ':aaaa', 'see 8Q~'])(
    '%s stays',
    (text) => {
      expect(redact(text)).toBe(text);
    },
  );
});

describe('an access key of AWS', () => {
  test('the secret goes also when it stands before the id, and only when it is one', () => {
    expect(redact(`${awsSecret} ${awsKeyId}`)).toBe(
      '[REDACTED:aws_secret_key] [REDACTED:aws_access_key]',
    );
    const digest = '356a192b7913b04c54574d18c28d46e6395428ab';
    expect(redact(`commit ${digest}, far from it`)).toBe(`commit ${digest}, far from it`);
  });

  test.each(['AKIA', 'akiaz7qk3mwx5t2rbndf', `${awsKeyId}X`, 'ASIA IS A CONTINENT'])(
    '%s stays',
    (text) => {
      expect(redact(text)).toBe(text);
    },
  );
});

describe('a web token', () => {
  test('an encrypted one, with an empty part, goes', () => {
    const token = joined('ey', 'Jhbj', body(20), '..', body(16), '.', body(30), '.', body(22));

    expect(redact(`a ${jsonWebToken} b`)).toBe('a [REDACTED:jwt_token] b');
    expect(redact(token)).not.toContain(body(30));
  });

  test.each(['eyJ', joined('ey', 'J', body(60)), 'eyJhbGci.x', 'keyJarring.somewhere.else'])(
    '%s stays',
    (text) => {
      expect(redact(text)).toBe(text);
    },
  );
});

describe('an e-mail address', () => {
  test.each([
    ['write to bob@example.com.', 'write to [REDACTED:email_address].'],
    ['<bob+tag@mail.example.co.uk>', '<[REDACTED:email_address]>'],
    ['?to=bob%40example.com&x', '?to=[REDACTED:email_address]&x'],
    ['jürgen@müller.de', '[REDACTED:email_address]'],
    [String.raw`a\nbob@example.com`, String.raw`a\n[REDACTED:email_address]`],
    ['x@xn--p1ai.xn--p1ai', '[REDACTED:email_address]'],
    ['a@b.io,c@d.io', '[REDACTED:email_address],[REDACTED:email_address]'],
  ])('%s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  test.each([
    'git@github.com:owner/repository',
    'user@localhost',
    '@scope/pkg@1.2.3',
    'logo@2x.png',
    'a@1.0.0',
    '@decorator',
    'x @ y.com',
    '.@example.com',
    'a.@example.com',
    'a@@b',
  ])('%s stays', (text) => {
    expect(redact(text)).toBe(text);
  });
});
