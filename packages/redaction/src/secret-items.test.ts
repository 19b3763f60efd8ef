import { describe, expect, test } from 'vitest';
import { createRedactor } from './redactor.ts';

const redactor = createRedactor({ version: 1, presets: ['secrets', 'pii'] });
const MASK = '[REDACTED]';

/** As an attribute, in a nested value, as JSON, and as JSON in JSON. */
function ways(list: unknown): readonly unknown[] {
  return [
    redactor.redactDeep({ list }),
    (redactor.redactDeep({ note: { list } }) as { readonly note: unknown }).note,
    JSON.parse(redactor.redact(JSON.stringify({ list }))),
    JSON.parse(
      (
        JSON.parse(redactor.redact(JSON.stringify({ n: JSON.stringify({ list }) }))) as {
          n: string;
        }
      ).n,
    ),
  ].map((value) => JSON.parse(JSON.stringify(value).replaceAll(/\[REDACTED:\w+\]/g, MASK)));
}

describe('of a list goes', () => {
  test.each<readonly [string, unknown, unknown]>([
    ['the value of an option', ['app', '--token', 'abc123', '-v'], ['app', '--token', MASK, '-v']],
    ['one that is a word', ['--db-password', 'letmein', '--x'], ['--db-password', MASK, '--x']],
    ['one behind an equals sign', ['app', '--password=letmein'], ['app', `--password=${MASK}`]],
    [
      'what a command takes',
      ['mysql', '-u', 'root', '-pletmein'],
      ['mysql', '-u', 'root', `-p${MASK}`],
    ],
    [
      'with the path of it',
      ['/usr/bin/sshpass', '-p', 'letmein', 'ssh'],
      ['/usr/bin/sshpass', '-p', MASK, 'ssh'],
    ],
    [
      'behind another one',
      ['sudo', 'curl', '-u', 'ada:letmein', 'h'],
      ['sudo', 'curl', '-u', `ada:${MASK}`, 'h'],
    ],
    [
      'with a command of its own',
      ['docker', 'login', '-u', 'a', '-p', 'letmein'],
      ['docker', 'login', '-u', 'a', '-p', MASK],
    ],
    [
      'a header of a command',
      ['curl', '-H', 'Authorization: Bearer x1y2z3'],
      ['curl', '-H', `Authorization: Bearer ${MASK}`],
    ],
    [
      'the values of raw headers',
      ['Host', 'h.example', 'Authorization', 'Bearer x9', 'X-Api-Key', 'opal', 'Cookie', 'a=b'],
      ['Host', 'h.example', 'Authorization', MASK, 'X-Api-Key', MASK, 'Cookie', MASK],
    ],
    [
      'that of a pair',
      [
        ['x-api-key', 'opal'],
        ['host', 'x'],
      ],
      [
        ['x-api-key', MASK],
        ['host', 'x'],
      ],
    ],
    [
      'that of a record',
      [
        { name: 'x-api-key', value: 'opal' },
        { name: 'host', value: 'y' },
      ],
      [
        { name: 'x-api-key', value: MASK },
        { name: 'host', value: 'y' },
      ],
    ],
    [
      'that of a record of an environment',
      [{ key: 'DB_PASSWORD', value: 'letmein' }],
      [{ key: 'DB_PASSWORD', value: MASK }],
    ],
    [
      'that of a setting',
      ['DB_PASSWORD=letmein', 'HOME=/root'],
      [`DB_PASSWORD=${MASK}`, 'HOME=/root'],
    ],
  ])('%s', (_, list, expected) => {
    for (const value of ways(list)) expect(value).toEqual({ list: expected });
  });
});

describe('a list stays', () => {
  test.each<readonly [string, unknown]>([
    ['of options without a secret', ['app', '--max-tokens', '4096', '--token-limit', 'many']],
    ['of options that follow each other', ['--password', '--token', '--no-password']],
    ['of the place of a secret', ['--password-file', '/run/secrets/db']],
    ['of names', ['password', 'username', 'token', 'api_key']],
    ['of headers', ['Authorization', 'Content-Type', 'X-Api-Key', 'Accept']],
    [
      'of lists of names',
      [
        ['password', 'username'],
        ['token', 'email'],
      ],
    ],
    ['of fields and what is said of them', [{ name: 'password', value: 'required' }]],
    ['of fields and their labels', [{ name: 'password', value: 'Your password' }]],
    ['of a variable', ['mysql', '-p$MYSQL_PASSWORD', 'curl', '-u', '$USER:$PASS']],
    ['of ways to log in', ['api_key', 'oauth2']],
    ['of ports', ['docker', 'run', '-p', '8080:80', 'mysql:8']],
  ])('%s', (_, list) => {
    for (const value of ways(list)) expect(value).toEqual({ list });
  });

  test('of texts and other things', () => {
    expect(redactor.redactDeep({ list: ['--token', 1, null, ['a']] })).toEqual({
      list: ['--token', 1, null, ['a']],
    });
  });
});

test('a secret in a list counts once', () => {
  const counting = createRedactor();
  counting.redactDeep({ list: ['app', '--password', 'letmein'] });

  expect(counting.report().redacted).toEqual({ sensitive_key: 1 });
});

test('what stands beside the password of a list is looked at as any text', () => {
  for (const value of ways(['curl', '-u', 'ada@example.com:letmein', 'h']))
    expect(value).toEqual({ list: ['curl', '-u', `${MASK}:${MASK}`, 'h'] });
});

test('a value that a policy allows stays in a list, and one that is public', () => {
  const allowing = createRedactor({
    version: 1,
    presets: ['secrets'],
    values: { allow: ['opal-7-moss'] },
  });
  const publishable = ['pk', 'live', 'fJ2kQ9zW4xT7bN1cR8vM'].join('_');
  for (const list of [
    ['app', '--password', 'opal-7-moss'],
    ['app', '--api-key', publishable],
    [['x-api-key', publishable]],
    [{ name: 'STRIPE_KEY', value: publishable }],
  ]) {
    expect(allowing.redactDeep({ list })).toEqual({ list });
    expect(JSON.parse(allowing.redact(JSON.stringify({ list })))).toEqual({ list });
  }
});

test('the value of an option goes that the user blocks, whatever it is', () => {
  const blocking = createRedactor({ version: 1, presets: [], keys: { block: ['note'] } });
  const list = ['app', '--note', 'password', '-v'];
  const redacted = { list: ['app', '--note', '[REDACTED:sensitive_key]', '-v'] };

  expect(blocking.redactDeep({ list })).toEqual(redacted);
  expect(JSON.parse(blocking.redact(JSON.stringify({ list })))).toEqual(redacted);
});
