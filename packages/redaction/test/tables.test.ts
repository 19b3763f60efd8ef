import { describe, expect, test } from 'vitest';
import { createRedactor, createStreamRedactor } from '../src/index.ts';
import { body } from './made-secrets.ts';

const redactor = createRedactor({ version: 1, presets: ['secrets', 'pii'] });
const word = 'tulip7Garden!';
const key = body(36);
const gone = '[REDACTED:sensitive_key]';

describe('the values below the name of a secret go', () => {
  test.each([
    ['CSV', `user,password,note\nada,${word},x\nbo,${key},y`],
    ['CSV with semicolons and line breaks of Windows', `user;passwd\r\nada;${word}\r\nbo;${key}`],
    ['CSV with quotes', `"user","api_key"\n"ada","${word}"\n"bo","${key}"`],
    ['tabs', `user\tpassword\nada\t${word}\nbo\t${key}\n`],
    ['Markdown', `| user | password |\n| --- | :-: |\n| ada | \`${word}\` |\n| bo | **${key}** |`],
    [
      'psql',
      ` user | password \n------+-------\n ada  | ${word}\n bo   | ${key}\n(2 rows)\n\nDone, 2 rows.`,
    ],
    [
      'mysql',
      `+-----+----+\n| user | pass |\n+-----+----+\n| ada | ${word} |\n| bo | ${key} |\n+-----+----+`,
    ],
    [
      'kubectl',
      `NAME   ${'PASSWORD'.padEnd(39)}AGE\nada    ${word.padEnd(39)}1d\nbo     ${key}   2d`,
    ],
    [
      'HTML',
      `<table><tr><th>User</th><th>Password</th></tr>\n<tr><td>ada</td><td>${word}</td></tr><tr><td>bo</td><td><code>${key}</code></td></tr></table>`,
    ],
  ])('%s', (_, text) => {
    expect(redactor.redact(text)).toBe(text.replace(word, gone).replace(key, gone));
  });

  test('also with a comma, doubled quotes and nothing in a cell', () => {
    expect(redactor.redact('user,password,age\nada,"ab,c""d1",\nbo,,7\nli,x7y8z9,8')).toBe(
      `user,password,age\nada,"${gone}",\nbo,,7\nli,${gone},8`,
    );
  });

  test('and personal data below its label', () => {
    expect(redactor.redact('surname,date_of_birth,city\nLovelace,1815-12-10,London')).toBe(
      'surname,date_of_birth,city\n[REDACTED:person_name],[REDACTED:date_of_birth],London',
    );
  });

  test('of a name that the policy blocks', () => {
    const own = createRedactor({ version: 1, keys: { block: ['codename'] } });

    expect(own.redact('id,codename\n1,red fox\n2,owl')).toBe(`id,codename\n1,${gone}\n2,${gone}`);
  });

  test('in a text inside of JSON', () => {
    const content = `the list:\nuser,password\nada,${word}\n`;

    expect(JSON.parse(redactor.redact(JSON.stringify([{ role: 'user', content }])))).toEqual([
      { role: 'user', content: content.replace(word, gone) },
    ]);
  });

  test.each([
    `| API_KEY | ${key} |`,
    `| host | db1 |\n| DB_PASSWORD | \`${word}\` |`,
    `password | ${word}`,
    `<tr><td>API key</td><td><code>${key}</code></td></tr>`,
    `<dt>Password:</dt>\n<dd>${word}</dd>`,
  ])('or beside it in a row: %s', (text) => {
    expect(redactor.redact(text)).toBe(text.replace(word, gone).replace(key, gone));
  });
});

test.each([
  'name,type\npassword,string\nnickname,string',
  '| Name | Type | Text |\n| --- | --- | --- |\n| password | string | Password of the user |\n| nickname | string | any |',
  'model,input_tokens,output_tokens\nsmall,812,77',
  'We compare password, token, and key.\nAll of them, if short, are weak.',
  'user,password\nada,********\nbo,NULL\nli,-',
  'call(user, password, token)\ncall(ada, secret1, other22)',
  '| password | Rule |\n|---|---|\n| required | 12 characters or more |',
])('what hides nothing stays: %s', (text) => {
  expect(redactor.redact(text)).toBe(text);
});

describe('in a stream', () => {
  const rows = Array.from({ length: 400 }, (_, index) =>
    index % 40 === 7 ? `${index},user${index},t${index}ulip7Garden!` : `${index},user${index},`,
  );
  const table = `Here it is:\n\nid,user,password\n${rows.join('\n')}\n\nThat is all of it.\n`;

  test.each([1, 7, 64, 1000])('a table is read as in the whole, in parts of %i', (length) => {
    const stream = createStreamRedactor(redactor);
    let out = '';
    for (let from = 0; from < table.length; from += length)
      out += stream.write(table.slice(from, from + length));

    expect(out + stream.end()).toBe(redactor.redact(table));
  });
});
