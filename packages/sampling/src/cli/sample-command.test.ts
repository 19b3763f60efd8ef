import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliIo, RecordedRequest, Recording } from '@llm-otel/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { recording } from '../../test/recording.ts';
import { commands } from './index.ts';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'sample-'));
  const put = (name: string, content: string | Uint8Array): void =>
    writeFileSync(join(cwd, name), content);
  put('run.jsonl', recording(400));
  put('more.jsonl', recording(100, 2));
  put('spool', recording(400));
  put('torn.jsonl', `${recording(400)}{"resourceSpans":[`);
  put('empty.json', '{}');
  put('policy.json', JSON.stringify(policy));
  put('wrong.json', '{"version":1,"rules":[{"name":"a","keep":2}]}');
  put('broken.json', '{');
  const long = { name: 'a name that is as long as a sentence can be', keep: { ratio: 0.1 } };
  put('long.json', JSON.stringify({ version: 1, rules: [long] }));
  return () => rmSync(cwd, { recursive: true });
});

const policy = {
  version: 1,
  rules: [
    { name: 'errors', when: { error: true }, keep: 'all' },
    { name: 'agents', when: { agent: 'x' }, keep: { rate: { tracesPerSecond: 5 } } },
    { name: 'busy', keep: { adaptive: { base: 0.5, spansPerSecond: 9, aboveLoad: 0.7 } } },
  ],
};

/** Stands for the reader that the command line hands in: OTLP/JSON, a request a line. */
async function recordings(name: string): Promise<readonly Recording[]> {
  const text = await readFile(join(cwd, name), 'utf8');
  const destinations = name === 'spool' ? ['small', 'large'] : [undefined];
  return destinations.map((destination) => {
    const lines = text.split('\n').filter((line) => line !== '');
    if (destination === 'small') lines.length = 10;
    const damage = { parts: 0, first: undefined as string | undefined };
    return {
      name,
      destination,
      bytes: destination === 'small' ? 10 : text.length,
      bytesRead: text.length / 2,
      damage,
      async *requests() {
        for (const [at, line] of lines.entries()) {
          try {
            const request = (await JSON.parse(line)) as RecordedRequest['request'];
            yield { signal: 'traces', request, place: `line ${at + 1}` };
          } catch {
            damage.parts++;
            damage.first ??= `line ${at + 1} is no JSON`;
          }
        }
      },
    };
  });
}

async function runWith(
  args: readonly string[],
  options: Partial<CliIo> & { readonly columns?: number } = {},
): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const io: CliIo = {
    stdout: { write: (text: string) => ((out += text), true), columns: options.columns },
    stderr: { write: (text: string) => ((err += text), true), columns: options.columns },
    cwd,
    environment: {},
    signal: new AbortController().signal,
    recordings,
    ...options,
  };
  const code = await (commands[0]?.run(args, io) ?? Promise.reject(new Error('no command')));
  return { code, out, err };
}

const run = (...args: string[]): ReturnType<typeof runWith> => runWith(args);

describe('llm-otel sample simulate', () => {
  test('prints a table with a bar for each rule of each preset, and what is missed', async () => {
    const { code, out, err } = await run('simulate', 'run.jsonl', '--price-per-gb', '0.5');

    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('errors-and-10-percent: 400 traces, ');
    expect(out).toMatch(/^errors {2}all +\d+ +\d+ +0 {2}100 % {2}█{24}$/m);
    expect(out).toMatch(/^others {2}10 % +\d+ +\d+ +\d+ +\d+(\.\d)? % {2}█+.?·+$/m);
    expect(out).toMatch(/^Volume {3}[\d.]+ kB of [\d.]+ kB \([\d.]+ %\), about .* USD a day$/m);
    expect(out).toMatch(/^Slowest {2}dropped: [\d.]+ s, .* invoke_agent writer [0-9a-f]{32}$/m);
    expect(out).toContain('development: 400 traces');
    expect(out).toContain('errors-only: 400 traces');
  });

  test('of a policy in a file', async () => {
    const { out } = await run('simulate', 'run.jsonl', '--policy', 'policy.json');

    expect(out).toContain('policy.json: 400 traces');
    expect(out).toMatch(/^busy +50 %, 9 spans\/s, load 0.7 /m);
    expect(out).not.toContain('development');
  });

  test('of several recordings, which are read side by side', async () => {
    const { out } = await run('simulate', 'run.jsonl', 'more.jsonl', '--policy', 'errors-only');

    expect(out).toContain('errors-only: 500 traces');
  });

  test('of a spool with copies for several destinations, the largest is read', async () => {
    const { out, err } = await run('simulate', 'spool', '--policy', 'errors-only');

    expect(out).toContain('errors-only: 400 traces');
    expect(err).toBe(
      'llm-otel sample: spool holds copies for 2 destinations: those for large are read\n',
    );
  });

  test('what cannot be read is told, and the rest counts', async () => {
    const { code, out, err } = await run('simulate', 'torn.jsonl', '--policy', 'errors-only');

    expect(code).toBe(0);
    expect(out).toContain('errors-only: 400 traces');
    expect(err).toBe('llm-otel sample: torn.jsonl: 1 part cannot be read: line 401 is no JSON\n');
  });

  test('a terminal is told how far it is', async () => {
    const { err } = await runWith(['simulate', 'run.jsonl'], { columns: 80 });

    expect(err.startsWith('\r\u001B[K1 span, ')).toBe(true);
    expect(err).toMatch(/[\d.]+ kB of [\d.]+ kB \(50 %\)/);
    expect(err.endsWith('\r\u001B[K')).toBe(true);
  });

  test.each([200, 100, 80, 60])(
    'no line is longer than a terminal of %d columns',
    async (columns) => {
      const args = ['simulate', 'run.jsonl', '--price-per-gb', '0.5', '--policy'];
      const { out } = await runWith([...args, 'errors-and-10-percent', '--policy', 'long.json'], {
        columns,
      });
      const lines = out.split('\n');

      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns);
      // The rules of the preset still have bars, and what is broken goes on below its text.
      expect(out).toMatch(/^others {2}10 % .*·+$/m);
      expect(out).toMatch(/^ {9}\S/m);
      if (columns < 100) expect(out).toMatch(/^a name that .*… +10 % /m);
      else expect(out).toMatch(/^a name that is as long as a sentence can be +10 % .*·+$/m);
    },
  );

  test('Ctrl-C ends it, on a line of its own', async () => {
    const args = ['simulate', 'run.jsonl'];
    const abort = new AbortController();
    let err = '';
    const stderr = {
      columns: 80,
      write: (text: string) => {
        err += text;
        abort.abort();
        return true;
      },
    };
    await expect(runWith(args, { signal: AbortSignal.abort() })).rejects.toThrow('interrupted');
    const many = runWith(args, { signal: abort.signal, stderr });

    await expect(many).rejects.toThrow('interrupted');
    expect(err.endsWith('\r\u001B[K')).toBe(true);
  });

  test('without a reader it says where there is one', async () => {
    const args = ['simulate', 'run.jsonl'];
    await expect(runWith(args, { recordings: undefined })).rejects.toThrow(
      'llm-otel of @llm-otel/sdk',
    );
  });

  test('as JSON', async () => {
    const { out } = await run(
      'simulate',
      'run.jsonl',
      '--policy',
      'errors-only',
      '--json',
      '--together',
    );
    const [result] = JSON.parse(out) as { simulation: { kept: { traces: number } } }[];

    expect(result?.simulation.kept.traces).toBeGreaterThan(0);
  });

  test('--load is what adaptive rules go by', async () => {
    const kept = async (load: string): Promise<string | undefined> => {
      const { out } = await run('simulate', 'run.jsonl', '--policy', 'policy.json', '--load', load);
      return /^busy .*$/m.exec(out)?.[0];
    };

    expect(await kept('0')).not.toBe(await kept('0.9'));
  });

  test('--help', async () => {
    expect((await run('--help')).out).toContain('Usage: llm-otel sample simulate');
    expect((await run('simulate', '--help')).out).toContain('--price-per-gb');
  });

  test.each([
    [[], 'use "simulate" or "check", not ""'],
    [['simulate'], 'name a recording'],
    [['simulate', 'run.jsonl', '--load', '7'], '--load is 7: use 0 to 1'],
    [['simulate', 'run.jsonl', '--price-per-gb', 'x'], '--price-per-gb is x'],
    [['simulate', '--nonsense'], "Unknown option '--nonsense'"],
    [['check'], 'name a policy file'],
  ])('%j is a mistake', async (args, problem) => {
    const { code, err } = await run(...args);

    expect(code).toBe(2);
    expect(err).toContain(problem);
    expect(err).toContain('Usage:');
  });

  test.each([
    [['simulate', 'empty.json'], 'there are no spans in it'],
    [['simulate', 'missing.json'], 'ENOENT'],
    [['simulate', 'broken.json'], 'there are no spans in it'],
    [
      ['simulate', 'run.jsonl', '--policy', 'errors-onyl'],
      'there is no file errors-onyl, and no such preset: use a file, or development, ',
    ],
    [['simulate', 'run.jsonl', '--policy', '.'], 'EISDIR'],
    [['simulate', 'run.jsonl', '--policy', 'broken.json'], 'broken.json is no JSON'],
    [['simulate', 'run.jsonl', '--policy', 'wrong.json'], 'wrong.json.rules[0].keep is 2'],
  ])('%j fails', async (args, problem) => {
    await expect(run(...args)).rejects.toThrow(problem);
  });
});

test('llm-otel sample check says of each file whether it is valid', async () => {
  expect((await run('check', 'policy.json')).out).toBe('policy.json: valid, 3 rules\n');
  const { code, out } = await run('check', 'policy.json', 'wrong.json', 'broken.json');
  expect(code).toBe(1);
  expect(out).toContain('wrong.json: wrong.json.rules[0].keep is 2: use "all", "none"');
  expect(out).toContain('broken.json: broken.json is no JSON');
});
