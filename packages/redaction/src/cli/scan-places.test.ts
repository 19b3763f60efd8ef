import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emailAddress, openAiKey } from '../../test/made-secrets.ts';
import { runScan } from '../../test/run-scan.ts';
import { nodeKeyedHash } from '../node/index.ts';
import { createRedactor } from '../redactor.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llm-otel-scan-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const scan = (...args: string[]) => runScan(folder, args);
const write = (name: string, content: string): void => writeFileSync(join(folder, name), content);

/** A span with one attribute. */
function spanWith(key: string): string {
  const attributes = [{ key, value: { stringValue: 'x' } }];
  const spans = [
    { traceId: '0'.repeat(31) + '1', spanId: '0'.repeat(15) + '2', name: 'a', attributes },
  ];
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
}

test('what stands in the name of an attribute is told of every file and span that has it', async () => {
  for (const name of ['a.json', 'b.json', 'c.json']) write(name, spanWith(`k ${openAiKey}`));

  const { code, stdout } = await scan('.', '--format', 'json');
  const found = JSON.parse(stdout) as { file: string; kind: string; where: string }[];

  expect(code).toBe(1);
  expect(found.map(({ file }) => file)).toEqual(['a.json', 'b.json', 'c.json']);
  expect(stdout).not.toContain(openAiKey);
});

test.each(['table', 'json', 'sarif'])(
  'a file whose name holds a secret is not told by it, as %s',
  async (format) => {
    write(`${openAiKey}.log`, `mail ${emailAddress}\n`);
    mkdirSync(join(folder, `of ${emailAddress}`));
    write(`of ${emailAddress}/a.bin`, '\0\u0001\0\0');

    const { stdout, stderr } = await scan('.', '--format', format);

    expect(stdout).toContain(
      format === 'sarif' ? 'REDACTED%3Aopenai_api_key' : '[REDACTED:openai_api_key]',
    );
    for (const secret of [openAiKey, emailAddress]) {
      expect(stdout).not.toContain(secret);
      expect(stdout).not.toContain(encodeURIComponent(secret));
      expect(stderr).not.toContain(secret);
    }
  },
);

test('a folder without a file to read is told, and does not pass as clean', async () => {
  mkdirSync(join(folder, 'empty'));

  const { code, stderr } = await scan('empty');

  expect(code).toBe(1);
  expect(stderr).toBe(
    '0 findings in 0 files\nNothing was looked at: there is no file in what was named.\n',
  );
});

test('a policy with hash gets its key from a file, and makes the pseudonyms of the application', async () => {
  const key = 'a key of sixteen bytes at least';
  const policy = { version: 1, presets: ['pii'], actions: { default: 'hash' } } as const;
  write('policy.json', JSON.stringify(policy));
  write('key.txt', `${key}\n`);
  mkdirSync(join(folder, 'logs'));
  write('logs/a.log', `mail ${emailAddress}\n`);

  const { code } = await scan('logs', '--policy', 'policy.json', '--hash-key', 'key.txt', '--fix');

  const redactor = createRedactor(policy, { hash: nodeKeyedHash({ key }) });
  expect(code).toBe(1);
  expect(readFileSync(join(folder, 'logs/a.redacted.log'), 'utf8')).toBe(
    redactor.redact(`mail ${emailAddress}\n`),
  );
});

test('a policy with hash and no key, or one that is too short, is a mistake in the use', async () => {
  write('policy.json', JSON.stringify({ version: 1, actions: { default: 'hash' } }));
  write('key.txt', 'short');
  write('a.log', 'x');

  const without = await scan('a.log', '--policy', 'policy.json');
  const short = await scan('a.log', '--policy', 'policy.json', '--hash-key', 'key.txt');
  const missing = await scan('a.log', '--policy', 'policy.json', '--hash-key', 'none.txt');

  expect(without.code).toBe(2);
  expect(without.stderr).toContain('name the file with its key, --hash-key <file>');
  expect(short.code).toBe(2);
  expect(short.stderr).toContain(
    '--hash-key key.txt: keyedHash.key is [redacted]: use at least 16',
  );
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain('--hash-key none.txt: ');
});
