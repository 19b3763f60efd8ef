import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emailAddress, openAiKey } from '../../test/made-secrets.ts';
import { runScan } from '../../test/run-scan.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llm-otel-scan-fix-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const scan = (...args: string[]) => runScan(folder, args);
const write = (name: string, content: string | Uint8Array): void =>
  writeFileSync(join(folder, name), content);
const read = (name: string): Buffer => readFileSync(join(folder, name));

/** What `--fix` makes of a file, with the placeholder taken back. */
async function fixed(name: string, content: string | Uint8Array): Promise<Buffer> {
  write(name, content);
  expect((await scan(name, '--fix')).code).toBe(1);
  return read(name.replace(/\.(\w+)$/, '.redacted.$1'));
}
const MASK = '[REDACTED:openai_api_key]';

describe('a copy differs from its file in nothing but what was found', () => {
  test.each([
    [
      'numbers that no double holds',
      `{"id": 9007199254740993, "e": 1e400, "z": -0, "t": 1.50, "big": 123456789012345678901234567890, "k": "SECRET"}`,
    ],
    ['spaces and order', `{\n\t"b" :1,\r\n  "10": [ ],"2":{ },   "a":[1 , 2,"SECRET" ]\n}\n\n`],
    ['names that stand twice', `{"a":1,"k":"SECRET","a":2,"k":"x"}`],
    ['escapes', String.raw`{"a":"\u00e9\/\t","k":"see SECRET"}`],
    ['a mark of the byte order', `\uFEFF{"a":1.0,"k":"SECRET"}`],
    ['no line break at the end', `{"n":1e2}\r\n{"k":"SECRET","n":10.00}`],
    ['members that change their map', `{"__proto__":{"a":1.0},"k":"SECRET"}`],
    ['a log with both line ends', `start\r\nkey SECRET\nend\r\n`],
  ])('%s', async (_, content) => {
    const copy = await fixed('a.json', content.replace('SECRET', openAiKey));

    expect(copy.toString()).toBe(content.replace('SECRET', MASK));
  });

  test('an OTLP request too', async () => {
    const content = `{ "resourceSpans": [ {"schemaUrl":"https://x.example/?api_key=SECRET", "new": 1.0,
  "scopeSpans":[{"spans":[{"traceId":"0AF7651916CD43DD8448EB211C80319C","startTimeUnixNano":1763000000000000001,
    "name":"a","name":"b","attributes":[
      {"key":"n","value":{"intValue":9007199254740993}},
      {"key":"n","value":{"intValue":"9007199254740993","new":[]}},
      {"key":"d","value":{"doubleValue":1.50}},
      {"key":"map","value":{"kvlistValue":{"values":[
        {"key":"10","value":{"intValue":1}}, {"key":"2","value":{"stringValue":"SECRET"}},
        {"key":"2","value":{"stringValue":"x"}} ]}}}
    ]}]}]} ]}`;
    const copy = (await fixed('spans.json', content.replaceAll('SECRET', openAiKey))).toString();

    expect(copy.replace(/(?<=api_key=)\[REDACTED:\w+\]/, 'SECRET')).toBe(
      content.replace('{"stringValue":"SECRET"}', `{"stringValue":"${MASK}"}`),
    );
  });

  test('what is hidden by a later member of its name is found', async () => {
    const hidden = `{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"${openAiKey}","name":"a",
      "attributes":[{"key":"password","value":{"stringValue":"x y"},"value":{"stringValue":"${openAiKey}","stringValue":"b"}}],
      "attributes":[{"key":"a","value":{"stringValue":"${openAiKey}"}},{"key":"a","value":{"stringValue":"b"}}]}]}]}]}`;
    const copy = (await fixed('spans.json', hidden)).toString();

    expect(copy).not.toContain(openAiKey);
    expect(copy.split(MASK)).toHaveLength(4);
  });

  test('values that go because of their name, whatever they were', async () => {
    const copy = await fixed(
      'spans.json',
      '{"resourceSpans":[{"resource":{"attributes":[{"key":"password","value":{"arrayValue":{"values":[{"intValue":"1"}]}}},{"key":"api_key","value":"raw"}],"token":"9f86d081884c7d65"}}]}',
    );

    expect(copy.toString()).toBe(
      '{"resourceSpans":[{"resource":{"attributes":[{"key":"password","value":{"arrayValue":{"values":[{"stringValue":"[REDACTED:sensitive_key]"}]}}},{"key":"api_key","value":{"stringValue":"[REDACTED:sensitive_key]"}}],"token":"[REDACTED:sensitive_key]"}}]}',
    );
  });

  test('members and attributes that are taken out leave no comma behind', async () => {
    write('policy.json', JSON.stringify({ version: 1, prompts: false }));
    write(
      'a.jsonl',
      '{"gen_ai.prompt":"a", "n":1.0,"x":{"gen_ai.prompt":"b"} , "gen_ai.prompt":3}\n',
    );
    write(
      'b.json',
      '{"resourceSpans":[{"resource":{"attributes":[ {"key":"a","value":{"intValue":1}}, {"key":"gen_ai.prompt","value":{"stringValue":"p"}} ]}}]}',
    );

    await scan('.', '--fix', '--policy', 'policy.json');

    expect(read('a.redacted.jsonl').toString()).toBe('{"n":1.0,"x":{}}\n');
    expect(read('b.redacted.json').toString()).toBe(
      '{"resourceSpans":[{"resource":{"attributes":[ {"key":"a","value":{"intValue":1}} ]}}]}',
    );
  });

  test('names that hold a secret', async () => {
    const copy = await fixed('a.json', `{"x":{"of ${emailAddress}":{"n":1.0},"m":2.0}}`);

    expect(copy.toString()).toBe('{"x":{"of [REDACTED:email_address]":{"n":1.0},"m":2.0}}');
  });

  test('a card number that is a number', async () => {
    const copy = await fixed('a.json', '{"card":4111111111111111,"at":1763000000000000,"x":[1.0]}');

    expect(copy.toString()).toBe(
      '{"card":"[REDACTED:credit_card]","at":1763000000000000,"x":[1.0]}',
    );
  });

  test('more values than a redactor looks at in one', async () => {
    const items = Array.from({ length: 120_000 }, (_, index) => `{"n":${index}}`).join(',');
    const content = `{"a":[${items}],"b":{"password":"SECRET","k":[${items}]}}`;
    const copy = await fixed('a.json', content.replace('SECRET', 'hunter2 x'));

    expect(copy.toString()).toBe(content.replace('SECRET', '[REDACTED:sensitive_key]'));
  });

  test('more text than a redactor looks at in one', async () => {
    const line = 'a line of a log that says nothing at all\n';
    const before = line.repeat(420_000);
    const copy = await fixed('a.log', `${before}key ${openAiKey}\n${line}`);

    expect(copy.length).toBe(before.length + line.length + `key ${MASK}\n`.length);
    expect(copy.subarray(before.length).toString()).toBe(`key ${MASK}\n${line}`);
  });
});

describe('text in other encodings', () => {
  const text = `caf\u00e9 ${openAiKey}\r\nna\u00efve\n`;

  test.each([
    ['Latin-1', Buffer.from(text, 'latin1'), 'latin1'],
    ['UTF-16, low byte first', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf16le'],
    ['UTF-8 with a byte that is none', Buffer.from([...Buffer.from(text), 0xff, 0x0a]), 'latin1'],
    ['UTF-8 with a hole of zeros', Buffer.concat([Buffer.alloc(64), Buffer.from(text)]), 'latin1'],
    ['UTF-8 with a few controls', Buffer.from(`${text.repeat(20)}\b\b`), 'latin1'],
  ] as const)('%s', async (_, bytes, encoding) => {
    const copy = await fixed('a.log', bytes);

    expect(
      copy.equals(Buffer.from(bytes.toString(encoding).replaceAll(openAiKey, MASK), encoding)),
    ).toBe(true);
  });

  test('UTF-16, high byte first', async () => {
    const swapped = (content: string): Buffer =>
      Buffer.from(`\uFEFF${content}`, 'utf16le').swap16();

    expect(
      (await fixed('a.log', swapped(text))).equals(swapped(text.replace(openAiKey, MASK))),
    ).toBe(true);
  });
});

test('of zstd all frames are read', async () => {
  const frames = [`{"a":1.0}\n`, `{"k":"${openAiKey}"}\n`].map((line) => zstdCompressSync(line));

  const copy = await fixed('a.zst', Buffer.concat(frames));

  expect(zstdDecompressSync(copy).toString()).toBe(`{"a":1.0}\n{"k":"${MASK}"}\n`);
});

describe('files', () => {
  test('a copy has the permissions of its file, replaces a link, and leaves nothing beside it', async () => {
    write('other.txt', 'untouched');
    write('a.log', openAiKey);
    chmodSync(join(folder, 'a.log'), 0o640);
    symlinkSync('other.txt', join(folder, 'a.redacted.log'));

    await scan('a.log', '--fix');

    expect(statSync(join(folder, 'a.redacted.log')).mode & 0o777).toBe(0o640);
    expect(read('a.redacted.log').toString()).toBe(MASK);
    expect(read('other.txt').toString()).toBe('untouched');
    expect(readdirSync(folder).toSorted()).toEqual(['a.log', 'a.redacted.log', 'other.txt']);
  });

  test('a copy that cannot be written is told', async () => {
    write('a.log', openAiKey);
    mkdirSync(join(folder, 'a.redacted.log', 'inside'), { recursive: true });

    const { code, stderr } = await scan('a.log', '--fix');

    expect(code).toBe(1);
    expect(stderr).toContain('a.log: its copy cannot be written: ');
    expect(readdirSync(folder).toSorted()).toEqual(['a.log', 'a.redacted.log']);
  });

  test('links are followed, not in circles, and what they miss is told', async () => {
    mkdirSync(join(folder, 'pods'));
    mkdirSync(join(folder, 'logs'));
    write('pods/0.log', openAiKey);
    symlinkSync('../pods/0.log', join(folder, 'logs/pod.log'));
    symlinkSync('..', join(folder, 'logs/up'));
    symlinkSync('nowhere', join(folder, 'logs/gone.log'));

    const { code, stdout, stderr } = await scan('logs');

    expect(code).toBe(1);
    expect(stdout).toContain('logs/pod.log');
    expect(stderr).toContain('logs/gone.log: there is no such file or folder\n');
    expect(stderr).toContain('1 not read');
  });

  test('a policy that is switched off is no success', async () => {
    write('policy.json', '{"version":1,"enabled":false}');
    write('a.log', openAiKey);

    const { code, stderr } = await scan('a.log', '--policy', 'policy.json');

    expect(code).toBe(2);
    expect(stderr).toContain('has "enabled": false');
  });

  test('a limit on the length of values cuts no file', async () => {
    write('policy.json', '{"version":1,"maxValueLength":100}');
    write('a.log', `${'a '.repeat(100)}${openAiKey}\n`);

    await scan('a.log', '--fix', '--policy', 'policy.json');

    expect(read('a.redacted.log').toString()).toBe(`${'a '.repeat(100)}${MASK}\n`);
  });
});
