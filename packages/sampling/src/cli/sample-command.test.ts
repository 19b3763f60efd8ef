import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { recording } from '../../test/recording.ts';
import { commands } from './index.ts';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'sample-'));
  const put = (name: string, content: string | Uint8Array): void =>
    writeFileSync(join(cwd, name), content);
  put('run.jsonl', recording(400));
  put('run.jsonl.gz', gzipSync(recording(400)));
  put('empty.json', '{}');
  put('policy.json', JSON.stringify(policy));
  put('wrong.json', '{"version":1,"rules":[{"name":"a","keep":2}]}');
  put('broken.json', '{');
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

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const io = {
    stdout: { write: (text: string) => ((out += text), true) },
    stderr: { write: (text: string) => ((err += text), true) },
    cwd,
    environment: {},
    signal: new AbortController().signal,
  };
  const code = await (commands[0]?.run(args, io) ?? Promise.reject(new Error('no command')));
  return { code, out, err };
}

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

  test('of a policy in a file, over a packed recording', async () => {
    const { out } = await run('simulate', 'run.jsonl.gz', '--policy', 'policy.json');

    expect(out).toContain('policy.json: 400 traces');
    expect(out).toMatch(/^busy +50 %, 9 spans\/s, load 0.7 /m);
    expect(out).not.toContain('development');
  });

  test('of what comes through a pipe', () => {
    const program = `
      const { commands } = await import('@llm-otel/sampling/cli');
      const io = { stdout: process.stdout, stderr: process.stderr, cwd: '/', environment: {} };
      process.exitCode = await commands[0].run(['simulate', '-', '--policy', 'errors-only'], io);
    `;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
      input: recording(50),
    });

    expect(stderr).toBe('');
    expect(stdout).toContain('errors-only: 50 traces');
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
    [['simulate', 'broken.json'], 'broken.json: line 1 is no JSON'],
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
