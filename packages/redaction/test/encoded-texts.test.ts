import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRedactor, createStreamRedactor } from '../src/index.ts';
import { body, gitHubToken, joined } from './made-secrets.ts';
import { runScan } from './run-scan.ts';

const redactor = createRedactor({ version: 1, presets: ['secrets', 'pii'] });
const word = joined('Kq9z', 'X2mmPw71');
const key = body(40);
const card = joined('4242 4242', ' 4242 4242');
const hex = (character: string, length: number): string =>
  character.charCodeAt(0).toString(16).padStart(length, '0');
const asUnits = (text: string, characters: string): string =>
  text
    .split('')
    .map((character) =>
      characters.includes(character) ? String.raw`\u${hex(character, 4)}` : character,
    )
    .join('');

/** Through a stream, character by character. */
function streamed(text: string): string {
  const stream = createStreamRedactor(redactor);
  return text.split('').map(stream.write).join('') + stream.end();
}

/** None of the secrets comes through, whichever way the text arrives, and twice is the same as once. */
function expectRedacted(text: string, ...secrets: readonly string[]): void {
  const redacted = redactor.redact(text);
  for (const secret of secrets) expect(redacted).not.toContain(secret);
  expect(redacted).toContain('[REDACTED:');
  expect(streamed(text)).toBe(redacted);
  expect(redactor.redact(redacted)).toBe(redacted);
}

describe('a space that is written in another way', () => {
  const spaces = [
    '%20',
    '%2520',
    '%252520',
    '%u0020',
    String.raw`\u0020`,
    String.raw`\\u0020`,
    String.raw`\x20`,
    String.raw`\x{20}`,
    String.raw`\u{20}`,
    String.raw`\U00000020`,
    String.raw`\040`,
    '&#32;',
    '&#x20;',
    '&#x0020;',
    '&nbsp;',
    '&ensp;',
    '&amp;#32;',
    '%C2%A0',
    '%E3%80%80',
    String.raw`\ `,
  ];
  const texts = [
    [card, card.slice(-4)],
    ['DE89 3704 0044 0532 0130 00', '0532'],
    ['ssn 536-22-1847', '536-22-1847'],
    ['+49 170 5144797', '5144797'],
    ['call (415) 389-4821', '389-4821'],
    [`my password is ${word}`, word],
    [`api key: ${key}`, key],
    ['Your code is 422010', '422010'],
    [`mysql -uroot -p${word}`, word],
    [`curl -u ada:${word} https://example.com`, word],
    [`Bearer ${key}`, key],
    [`Authorization: Basic ${Buffer.from(`ada:${word}`).toString('base64')}`, 'YWRhO'],
    ['date of birth: 1965-02-19', '1965'],
    ['Full Name: Anouk Kessler', 'Kessler'],
  ] as const;

  test.each(spaces)('as %s separates what it separates in the plain text', (space) => {
    for (const [text, secret] of texts) {
      const encoded = text.replaceAll(' ', space);
      for (const around of [encoded, `GET /a?q=${encoded}&n=1`, `INFO {"note":"${encoded}"}`])
        expectRedacted(around, secret.replaceAll(' ', space));
    }
  });

  test.each(['%0A', '%0D%0A', '%0a', String.raw`\u000a`, String.raw`\x0a`, '&#10;', '&NewLine;'])(
    'as is a line break, %s',
    (lineBreak) => {
      expectRedacted(`a note${lineBreak}password: ${word}${lineBreak}b`, word);
      expectRedacted(`id,password${lineBreak}1,${word}${lineBreak}`, word);
      expectRedacted(`user: ada${lineBreak}${lineBreak}Password is ${word}`, word);
    },
  );

  test.each(['%09', String.raw`\u0009`, String.raw`\011`, '&#9;', '&Tab;'])(
    'and a tab, %s',
    (tab) => {
      expectRedacted(`id${tab}password&#10;1${tab}${word}&#10;`, word);
      expectRedacted(`4${tab}password is ${word}${tab}5`, word);
    },
  );

  test.each([
    `https://example.com/a?q=my+password+is+${word}`,
    `/search?from=desk&q=api+key%3A+${key}&page=2`,
    `q=my+password+is+${word}`,
    `cmd=curl+-u+ada%3A${word}+https%3A%2F%2Fexample.com`,
    `cmd=mysql+-uroot+-p${word}`,
    `a=1&to=%2B49+170+5144797&text=Your+code+is+422010`,
    `card=4242+4242+4242+4242`,
    `iban=DE89+3704+0044+0532+0130+00`,
    `payload=%7B%22text%22%3A%22my+password+is+${word}%22%7D`,
    `'https://example.com/?q=it's+me,+password+is+${word}'`,
    `next=%2Fpay%3Fq%3Dmy%2Bpassword%2Bis%2B${word}`,
    `{"url":"https://example.com/?q=my+password+is+${word}"}`,
  ])('as a plus sign in a query or a form: %s', (text) => {
    const secrets = [word, key, '5144797', '422010', '4242+4242', '0532'];
    expectRedacted(text, ...secrets);
  });
});

describe('JSON whose punctuation is escaped', () => {
  const json = JSON.stringify({ user: 'ada', password: word, list: [{ api_key: key }] });
  const nested = JSON.stringify(json).slice(1, -1);
  const deeper = (text: string): string => text.replaceAll('\\', '\\\\');

  test.each([
    ['quotes as \\u0022', asUnits(json, '"')],
    ['all of it as \\u', asUnits(json, '"{}:,[]')],
    ['quotes and colons', asUnits(json, '":')],
    ['every character', asUnits(json, json)],
    ['quotes as \\x22', json.replaceAll('"', String.raw`\x22`)],
    ['quotes in octal', json.replaceAll('"', String.raw`\042`)],
    ['quotes as %u0022', json.replaceAll('"', '%u0022')],
    ['quotes as references', json.replaceAll('"', '&QUOT;')],
    ['apostrophes', asUnits(json.replaceAll('"', "'"), "'")],
    ['backslashes and quotes, inside of a text', asUnits(nested, '\\"')],
    ['quotes behind backslashes, inside of a text', asUnits(nested, '"')],
    ['twice', deeper(asUnits(json, '"'))],
    ['four times', deeper(deeper(asUnits(json, '"')))],
  ])('%s', (_, escaped) => {
    for (const text of [
      escaped,
      `2026-11-27 INFO Sending ${escaped} in 4 ms`,
      `INFO resp={"payload":"${escaped}"} in 4 ms`,
      `data: {"payload":"${escaped}"}\n\n`,
      `JSON.parse('${escaped}')`,
      `{"payload":"${escaped}"}`,
    ])
      expectRedacted(text, word, key);
  });

  test('keeps its spelling around what goes, and stays JSON', () => {
    const text = JSON.stringify({ payload: 'P' }).replace('P', asUnits(json, '"'));

    expect(redactor.redact(`x ${asUnits('{"password":"', '"')}${word}\\u0022}`)).toBe(
      'x {\\u0022password\\u0022:\\u0022[REDACTED:sensitive_key]\\u0022}',
    );
    expect(JSON.parse(JSON.parse(redactor.redact(text)).payload)).toMatchObject({ user: 'ada' });
  });
});

describe('quotes that are doubled', () => {
  const cell = (value: unknown): string => `"${JSON.stringify(value).replaceAll('"', '""')}"`;
  const doubled = cell({ user: '', password: word, note: 'say "hi"', list: [{ api_key: key }] });

  test.each([
    ['a cell of CSV', `id,payload,n\n1,${doubled},2\n2,"{""a"":""""}",3\n`],
    ['a cell between semicolons', `1;${doubled};2`],
    ['a cell between tabs', `1\t${doubled}\t2`],
    ['a cell with spaces in it', `1,"{ ""password"" : ""${word}"" }",2`],
    ['a value of any characters', `1,"{""password"":""x(${word}=""}",2`],
    ['JSON in JSON in a cell', `1,${cell({ body: JSON.stringify({ password: word }) })},2`],
    ['a cell in a cell', `1,"a,""{""""password"""":""""${word}""""}""",2`],
    ['a cell in JSON', `INFO {"csv":${JSON.stringify(`1,${doubled}`)}}`],
    ['a cell in a form', `data=${encodeURIComponent(`1,${doubled}`)}`],
    ['a setting in a cell', `1,"password=""${word}""",2`],
    ['code in a cell', `1,"set(""password"", ""${word}"")",2`],
    ['XML in a text of C#', `x = @"<user password=""${word}"" />";`],
    ['a text of SQL', `INSERT INTO t VALUES ('{''password'': ''${word}''}')`],
    ['a statement in a text of SQL', `EXEC('ALTER LOGIN a WITH PASSWORD = ''${word}''')`],
    ['a statement in a text of T-SQL', `EXEC x N'CREATE LOGIN a WITH PASSWORD = N''${word}'''`],
    ['an apostrophe in JSON in SQL', `VALUES ('{"note":"it''s","password":"${word}"}')`],
  ])('%s', (_, text) => {
    expectRedacted(text, word, key);
  });

  test('what stands around keeps them', () => {
    expect(redactor.redact(`1,"{""password"":""${word}"",""n"":1}",2`)).toBe(
      '1,"{""password"":""[REDACTED:sensitive_key]"",""n"":1}",2',
    );
  });

  test.each([
    'password = "" # none',
    `a = ""; b = ''; password = ""`,
    'x if password == "" else y',
    '<input name="password" value="" alt="">',
    '{"password":"","token":""}',
    '1,"{""password"":"""",""n"":1}",2',
    '"""The password of the user."""',
    `case "": return ''`,
  ])('an empty text is none: %s', (text) => {
    expect(redactor.redact(text)).toBe(text);
  });
});

describe('a token that goes on behind', () => {
  const [start, end] = [gitHubToken.slice(0, 17), gitHubToken.slice(17)];

  test.each([
    ['a soft line break', `token: ${start}=\r\n${end}`],
    ['a soft line break of one character', `${start}=\n${end} it is`],
    ['a soft line break in JSON', String.raw`x {"a":"${start}=\r\n${end}"}`],
    ['a backslash at the end of a line', `TOKEN=${start}\\\n${end}`],
    ['the end of a text and a plus sign', `const a = "${start}" + "${end}";`],
    ['the end of a text and a plus sign, over two lines', `"${start}" +\n      '${end}'`],
    ['the end of a text and a full stop', `'${start}' . '${end}'`],
    ['the end of a text and a backslash', `TOKEN='${start}'\\\n'${end}'`],
    ['the end of a text and of a line', `(\n  "${start}"\n  "${end}"\n)`],
    ['the end of a text and what Visual Basic has there', `t = "${start}" & _\n  "${end}"`],
    [
      'the end of a text and of a line, in JSON',
      `${JSON.stringify({ code: `t = "${start}" +\n  "${end}"` })} x`,
    ],
    ['the end of a text, in JSON', `x {"a":${JSON.stringify(`b = "${start}" + "${end}"`)}}`],
  ])('%s', (_, text) => {
    expectRedacted(text, start.slice(4), end);
  });

  test('is one of a card too, before and behind the break', () => {
    const digits = card.replaceAll(' ', '');
    for (const place of [5, 9, 11])
      for (const joint of ['=\r\n', '\\\n', '" + "'])
        expectRedacted(`"${digits.slice(0, place)}${joint}${digits.slice(place)}"`, '424242');
  });

  test.each([
    `const a = "${'x'.repeat(20)}" + "password";`,
    'DB_PASSWORD=\nDB_HOST=localhost\n',
    'sk-\\\nfading-circle',
    `"github_pat_" + name`,
  ])('and nothing else: %s', (text) => {
    expect(redactor.redact(text)).toBe(text);
  });

  test('what follows a whole token stays', () => {
    expect(redactor.redact(`["${gitHubToken}",\n "next"] ${gitHubToken} + "more"`)).toBe(
      '["[REDACTED:github_token]",\n "next"] [REDACTED:github_token] + "more"',
    );
  });
});

test.each([
  'GET /docs/how%20to%20reset%20a%20password.html?page=2',
  '/search?q=forgot+password+how+to+reset&lang=en',
  'sum=a+b+c&n=1',
  'x = a+b; n=user+pass',
  'https://example.com/a%20b?range=10-20%20of%2030',
  'color=red+blue&size=10+20+30',
  'C++ and a+b=c, 1+1=2, 2026-11-20T10:00:00+02:00',
  'years 2010–2015, pages 12–14',
  'run_4242424242424242_1 and x86_64_4242',
  String.raw`C:\ a\ b \u0022quoted\u0022 text \x22and\x22 more`,
  'col1\tcol2\n2024\t1999\n',
])('what hides nothing stays: %s', (text) => {
  expect(redactor.redact(text)).toBe(text);
});

test('llm-otel scan finds JSON in a cell, and its copy has it no more', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'llm-otel-cells-'));
  try {
    writeFileSync(join(folder, 'a.csv'), `id,payload\n1,"{""password"":""${word}"",""n"":1}"\n`);
    const { code, stdout } = await runScan(folder, ['a.csv', '--fix']);

    expect(code).toBe(1);
    expect(stdout).toMatch(/sensitive_key +1 +a\.csv/);
    expect(readFileSync(join(folder, 'a.redacted.csv'), 'utf8')).toBe(
      'id,payload\n1,"{""password"":""[REDACTED:sensitive_key]"",""n"":1}"\n',
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('patterns of a policy are tried on every spelling, and not over a joint', () => {
  const own = createRedactor({
    version: 1,
    patterns: [{ name: 'employee_id', pattern: String.raw`\bEMP-\d{6}\b` }],
  });
  const encoded = Buffer.from('employee EMP-123456 is here').toString('base64');

  for (const text of ['EMP%2D123456', String.raw`a\u0020EMP\u002d123456`, encoded])
    expect(own.redact(text)).toContain('[REDACTED:employee_id]');
  expect(own.redact('"EMP-12" + "3456"')).toBe('"EMP-12" + "3456"');
});
