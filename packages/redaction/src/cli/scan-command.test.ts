import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { awsKeyId, emailAddress, openAiKey } from '../../test/made-secrets.ts';
import { runScan } from '../../test/run-scan.ts';
import { createScanProgress } from './scan-progress.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llm-otel-scan-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const scanInput = (input: readonly Uint8Array[] | undefined, ...args: string[]) =>
  runScan(folder, args, input);
const scan = (...args: string[]) => scanInput(undefined, ...args);

function write(name: string, content: string | Uint8Array): void {
  writeFileSync(join(folder, name), content);
}
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

const request = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'desk' } }] },
      scopeSpans: [
        {
          scope: { name: 'app', version: '1' },
          spans: [
            {
              traceId: '0af7651916cd43dd8448eb211c80319c',
              spanId: 'b7ad6b7169203331',
              name: 'chat gpt-5',
              startTimeUnixNano: '1763000000000000000',
              attributes: [
                { key: 'gen_ai.usage.input_tokens', value: { intValue: '12' } },
                { key: 'ratio', value: { doubleValue: 0.5 } },
                { key: 'note', value: { stringValue: `by ${emailAddress}` } },
                {
                  key: 'list',
                  value: {
                    arrayValue: {
                      values: [
                        { stringValue: 'a' },
                        { stringValue: openAiKey },
                        { boolValue: true },
                      ],
                    },
                  },
                },
                {
                  key: 'map',
                  value: {
                    kvlistValue: {
                      values: [
                        { key: 'password', value: { stringValue: 'hunter2 x' } },
                        { key: 'n', value: { intValue: '1' } },
                      ],
                    },
                  },
                },
              ],
              events: [
                {
                  name: 'exception',
                  attributes: [
                    { key: 'exception.message', value: { stringValue: `401 ${openAiKey}` } },
                  ],
                },
              ],
              status: { code: 2, message: `bad ${openAiKey}` },
            },
          ],
        },
      ],
    },
  ],
};
const place = 'desk, span b7ad6b7169203331 of trace 0af7651916cd43dd8448eb211c80319c';

describe('llm-otel scan', () => {
  test('tells kind, count and place in OTLP, never the value, and ends with 1', async () => {
    write('spans.json', JSON.stringify(request));

    const { code, stdout, stderr } = await scan('.');

    expect(code).toBe(1);
    expect(stdout).toBe(
      `kind            count  file        where
email_address   1      spans.json  ${place}, note
openai_api_key  1      spans.json  ${place}, list
sensitive_key   1      spans.json  ${place}, map
openai_api_key  1      spans.json  ${place}, event, exception.message
openai_api_key  1      spans.json  ${place}, message
`,
    );
    expect(stderr).toBe('5 findings in 1 file\n');
    expect(stdout + stderr).not.toContain(openAiKey);
  });

  test.each(['table', 'json', 'sarif'])(
    'tells no value that a name holds, as %s',
    async (format) => {
      const service = { key: 'service.name', value: { stringValue: `svc ${openAiKey}` } };
      const span = {
        ...request.resourceSpans[0]!.scopeSpans[0]!.spans[0]!,
        attributes: [{ key: `key ${openAiKey}`, value: { stringValue: emailAddress } }],
      };
      const spans = [{ resource: { attributes: [service] }, scopeSpans: [{ spans: [span] }] }];
      write('spans.json', JSON.stringify({ resourceSpans: spans }));
      write('other.json', JSON.stringify({ [`key ${openAiKey}`]: { [emailAddress]: openAiKey } }));

      const { stdout, stderr } = await scan('.', '--format', format);

      expect(stdout).toContain('service.name');
      expect(stdout + stderr).not.toContain(openAiKey);
      expect(stdout + stderr).not.toContain(emailAddress);
    },
  );

  test('ends with 0 where there is nothing, and says so', async () => {
    write('a.json', '{"a":1}');
    mkdirSync(join(folder, 'node_modules'));
    write('node_modules/x.log', openAiKey);

    expect(await scan('.')).toEqual({ code: 0, stdout: '', stderr: '0 findings in 1 file\n' });
  });

  test('counts lines in JSON lines and in logs', async () => {
    write(
      'spans.jsonl',
      `{"a":1}\n${JSON.stringify(request)}\n{"token":"${openAiKey}"}\nnot JSON ${emailAddress}\n`,
    );
    write('app.log', `started\nDB_PASSWORD=hunter22\n\nkey ${openAiKey} of ${emailAddress}\n`);

    const { stdout } = await scan('.', '--format', 'json');

    const found = (
      JSON.parse(stdout) as { file: string; line: number; kind: string; where: string }[]
    ).map(({ file, line, kind, where }) => `${file}:${line} ${kind} ${where}`);
    expect(found.slice(0, 3)).toEqual([
      'app.log:2 sensitive_key text',
      'app.log:4 openai_api_key text',
      'app.log:4 email_address text',
    ]);
    expect(found).toContain(`spans.jsonl:2 email_address ${place}, note`);
    expect(found.slice(-2)).toEqual([
      'spans.jsonl:3 sensitive_key JSON, token',
      'spans.jsonl:4 email_address text',
    ]);
  });

  test('--fix writes copies without what was found, and leaves the files as they are', async () => {
    write('spans.json', JSON.stringify(request));
    write('app.log', `key ${openAiKey}\r\nnext\n`);
    write('clean.log', 'nothing');
    write('old.jsonl.gz', gzipSync(`{"note":"${awsKeyId}"}\n{"n":1}\n`));
    const before = read('spans.json');

    const { code } = await scan('.', '--fix');

    expect(code).toBe(1);
    expect(readdirSync(folder).toSorted()).toEqual([
      'app.log',
      'app.redacted.log',
      'clean.log',
      'old.jsonl.gz',
      'old.jsonl.redacted.gz',
      'spans.json',
      'spans.redacted.json',
    ]);
    expect(read('spans.json')).toBe(before);
    expect(read('app.redacted.log')).toBe('key [REDACTED:openai_api_key]\r\nnext\n');
    expect(gunzipSync(readFileSync(join(folder, 'old.jsonl.redacted.gz'))).toString()).toBe(
      '{"note":"[REDACTED:aws_access_key]"}\n{"n":1}\n',
    );
    const fixed = JSON.parse(read('spans.redacted.json')) as typeof request;
    const [span] = fixed.resourceSpans[0]!.scopeSpans[0]!.spans;
    expect(span?.attributes[3]).toEqual({
      key: 'list',
      value: {
        arrayValue: {
          values: [
            { stringValue: 'a' },
            { stringValue: '[REDACTED:openai_api_key]' },
            { boolValue: true },
          ],
        },
      },
    });
    expect(span?.attributes[4]).toEqual({
      key: 'map',
      value: {
        kvlistValue: {
          values: [
            { key: 'password', value: { stringValue: '[REDACTED:sensitive_key]' } },
            { key: 'n', value: { intValue: '1' } },
          ],
        },
      },
    });
    expect(span?.attributes.slice(0, 2)).toEqual(
      request.resourceSpans[0]!.scopeSpans[0]!.spans[0]!.attributes.slice(0, 2),
    );
    expect(await scan('spans.redacted.json', 'app.redacted.log')).toMatchObject({ code: 0 });
  });

  test('SARIF names rules, files and lines', async () => {
    write('app.log', `a\nkey ${openAiKey}\n`);

    const { stdout } = await scan('app.log', '--format=sarif');

    expect(JSON.parse(stdout)).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'llm-otel scan', rules: [{ id: 'openai_api_key' }] } },
          results: [
            {
              ruleId: 'openai_api_key',
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'app.log' },
                    region: { startLine: 2 },
                  },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test('goes by the presets, or the policy, that it is given', async () => {
    write('app.log', emailAddress);
    write(
      'policy.json',
      JSON.stringify({
        version: 1,
        presets: [],
        patterns: [{ name: 'host', pattern: 'example\\.com' }],
      }),
    );

    expect(await scan('app.log', '--preset', 'secrets')).toMatchObject({ code: 0 });
    expect((await scan('app.log', '--policy', 'policy.json')).stdout).toContain('host');
  });

  test('what cannot be read is told, and is no success', async () => {
    write('a.bin', Uint8Array.from([0, 255, 254, 1, 2]));
    write('large.log', 'x'.repeat(100));

    const { code, stderr } = await scan('.', '--max-bytes', '50');

    expect(code).toBe(1);
    expect(stderr).toBe(
      'a.bin: neither text nor OTLP nor a spool, left out\nlarge.log: 100 bytes are more than --max-bytes, left out\n0 findings in 2 files, 2 not read\n',
    );
  });

  test.each([
    [[], 'name a file or a folder'],
    [['missing'], 'missing: there is no such file or folder'],
    [['-', '-'], 'standard input can be read once'],
    [['x', '--format', 'xml'], '--format is "xml": use table, json, sarif'],
    [['x', '--preset', 'all'], 'redaction.presets[0] is "all"'],
    [['x', '--preset', 'pii', '--policy', 'p'], 'use either --policy or --preset'],
    [['x', '--policy', 'missing.json'], '--policy missing.json: there is no such file'],
    [['x', '--policy', '.'], '--policy .: it is a folder'],
    [['x', '--policy', 'broken.json'], '--policy broken.json: it is no JSON'],
    [['x', '--max-bytes', '0'], '--max-bytes is "0"'],
    [['x', '--wrong'], "Unknown option '--wrong'"],
  ])('%j is a mistake that is explained', async (args, message) => {
    write('broken.json', `${openAiKey} is no policy`);
    const { code, stderr } = await scan(...args);

    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain(openAiKey);
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
    expect(stderr).toContain('llm-otel scan --help');
  });

  test('help is a result', async () => {
    const { code, stdout } = await scan('--help');

    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: llm-otel scan/);
  });
});

test('progress is one line that is taken away again, and only on a terminal', () => {
  let written = '';
  const output = { columns: 20, write: (text: string) => ((written += text), true) };
  const progress = createScanProgress(output, 3);
  progress.at(0, 'a/very/long/name/of/a/file');
  progress.at(1, 'too soon');
  progress.done();

  expect(written).toBe('\r\u001b[K1/3 a/very/long/nam\r\u001b[K');
  createScanProgress({ write: () => expect.fail('no terminal') }, 3).at(0, 'x');
});

describe('standard input', () => {
  const lines = `${JSON.stringify(request)}\nkey ${openAiKey}\n`;
  const parts = [Buffer.from(lines.slice(0, 100)), Buffer.from(lines.slice(100))];

  test('is looked into, and its copy goes to standard output with the table on the other one', async () => {
    const { code, stdout } = await scanInput(parts, '-');
    expect(code).toBe(1);
    expect(stdout).toContain('openai_api_key  1      standard input:2  text');

    const fixed = await scanInput(parts, '-', '--fix');
    expect(fixed.code).toBe(1);
    expect(fixed.stderr).toContain('standard input:2  text');
    expect(fixed.stdout).not.toContain(openAiKey);
    expect(fixed.stdout.split('\n')[1]).toBe('key [REDACTED:openai_api_key]');
    expect(await scanInput([Buffer.from(fixed.stdout)], '-')).toMatchObject({ code: 0 });
  });

  test('with nothing to hide comes out as it went in', async () => {
    const input = [Buffer.from('{"a":1}\n')];

    expect(await scanInput(input, '-', '--fix')).toMatchObject({ code: 0, stdout: '{"a":1}\n' });
  });

  test.each([
    ['that is none', undefined, 'standard input: there is none to read\n'],
    ['that is too long', [Buffer.alloc(60, 97)], 'standard input: it has more than the 50 bytes'],
    ['that is no telemetry', [Buffer.from([0, 255, 1])], 'standard input: neither text nor OTLP'],
  ] as const)('%s is told, and nothing of it comes out', async (_, input, problem) => {
    const { code, stdout, stderr } = await scanInput(input, '-', '--fix', '--max-bytes', '50');

    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(problem);
  });
});

test('a file of one line of JSON stays one line', async () => {
  write('one.jsonl', `{"note":"${emailAddress}"}\n`);

  await scan('.', '--fix');

  expect(read('one.redacted.jsonl')).toBe('{"note":"[REDACTED:email_address]"}\n');
});

describe('what is compressed', () => {
  const lines = `{"note":"${emailAddress}"}\n{"n":1}\n`;

  test('with zstd is unpacked, and packed again', async () => {
    write('old.jsonl.zst', zstdCompressSync(lines));

    const { stdout } = await scan('.', '--fix');

    expect(stdout).toContain('old.jsonl.zst:1');
    expect(
      zstdDecompressSync(readFileSync(join(folder, 'old.jsonl.redacted.zst'))).toString(),
    ).toBe('{"note":"[REDACTED:email_address]"}\n{"n":1}\n');
  });

  test('request by request, as the Collector does, is read and written in that form', async () => {
    const packed = zstdCompressSync(JSON.stringify(request));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(packed.length);
    write('collector.bin', Buffer.concat([length, packed, length, packed]));

    const { stdout } = await scan('.', '--fix');

    expect(stdout).toContain('openai_api_key  2      collector.bin');
    const fixed = readFileSync(join(folder, 'collector.redacted.bin'));
    const first = zstdDecompressSync(fixed.subarray(4, 4 + fixed.readUInt32BE(0))).toString();
    expect(first).toContain('[REDACTED:openai_api_key]');
    expect(await scan('collector.redacted.bin')).toMatchObject({ code: 0 });
  });

  test('and damaged, or much larger than allowed, is told', async () => {
    write('cut.gz', gzipSync(lines).subarray(0, 30));
    write('bomb.gz', gzipSync('a'.repeat(100_000)));

    const { code, stderr } = await scan('.', '--max-bytes', '5000');

    expect(code).toBe(1);
    expect(stderr).toContain('cut.gz: it cannot be unpacked: unexpected end of file\n');
    expect(stderr).toContain('bomb.gz: unpacked it is larger than --max-bytes\n');
  });
});

describe('a spool', () => {
  /** A record as a spool has it: the test of the SDK reads those of a real one. */
  function record(payload: Uint8Array): Buffer {
    const header = Buffer.alloc(48);
    header.set([0xf5, 0x4c, 0x4f, 0x52]);
    header.writeUInt32LE(crc32(payload), 8);
    header.writeUInt32LE(payload.length, 12);
    header.writeUInt32LE(crc32(header.subarray(8)), 4);
    return Buffer.concat([header, payload]);
  }
  const body = record(Buffer.from(JSON.stringify(request)));
  const log = 'llm-otel-spool-0/otlp.traces.internal@1-2.0';

  test('is read by its segments, and what is damaged in one is passed over', async () => {
    mkdirSync(join(folder, log), { recursive: true });
    write(`${log}/cursor`, 'x'.repeat(3) + openAiKey);
    write(`${log}/1.seg`, Buffer.concat([body, Buffer.from([0xf5, 0x4c, 1, 2]), body]));
    write(`${log}/2.seg`, body.subarray(0, 200));

    const { code, stdout, stderr } = await scan('.', '--fix');

    expect(code).toBe(1);
    expect(stdout).toContain(`openai_api_key  2      ${log}/1.seg  ${place}, list`);
    expect(stdout).not.toContain('cursor');
    expect(stderr).toContain(`${log}/2.seg: 1 damaged record, left out\n`);
    expect(readdirSync(join(folder, log))).toEqual(['1.seg', '1.seg.redacted', '2.seg', 'cursor']);
    expect(await scan(`${log}/1.seg.redacted`)).toMatchObject({ code: 0 });
  });
});
