import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commands } from './index.ts';

let cwd = '';

beforeEach(() => void (cwd = mkdtempSync(join(tmpdir(), 'llm-otel-collector-'))));
afterEach(() => rmSync(cwd, { recursive: true }));

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let input: string | undefined;
afterEach(() => void (input = undefined));

async function collector(...args: string[]): Promise<Run> {
  const texts = { stdout: '', stderr: '' };
  const output = (name: keyof typeof texts): { write(text: string): void } => ({
    write: (text) => void (texts[name] += text),
  });
  const code = await commands[0]?.run(args, {
    stdout: output('stdout'),
    stderr: output('stderr'),
    stdin: input === undefined ? undefined : Readable.from([Buffer.from(input)]),
    cwd,
  });
  return { code: code ?? -1, ...texts };
}

const write = (name: string, text: string): void => writeFileSync(join(cwd, name), text);
const read = (name: string): string => readFileSync(join(cwd, name), 'utf8');

const policy = `
# YAML as well as JSON
sampling: errors-and-10-percent
exporters: [{ type: otlp_http, endpoint: '\${env:BACKEND_URL}' }]
`;
const refused = JSON.stringify({
  sampling: { version: 1, rules: [{ name: 'x', keep: { rate: { tracesPerSecond: 1 } } }] },
  exporters: [{ type: 'debug' }],
});

test('files go to the folder, and the report to the terminal', async () => {
  write('policy.yaml', policy);

  const { code, stdout, stderr } = await collector('policy.yaml', '--out', 'collectors');

  expect(code).toBe(0);
  expect(stdout).toContain('sampling.rules[0].when.error');
  expect(stdout).toMatch(/\d+ exact, 3 approximate, 0 refused\n$/);
  expect(stderr).toBe(
    `wrote agent.yaml, gateway.yaml, kubernetes.yaml to ${join(cwd, 'collectors')}\n`,
  );
  expect(readdirSync(join(cwd, 'collectors')).toSorted()).toEqual([
    'agent.yaml',
    'gateway.yaml',
    'kubernetes.yaml',
  ]);
});

test('without a folder nothing is written', async () => {
  write('policy.yaml', policy);

  expect(await collector('policy.yaml')).toMatchObject({ code: 0, stderr: '' });
  expect(readdirSync(cwd)).toEqual(['policy.yaml']);
});

test('--json prints the clauses for programs', async () => {
  write('policy.yaml', policy);

  const { stdout } = await collector('policy.yaml', '--json');

  expect(JSON.parse(stdout)).toContainEqual({
    at: 'sampling.rules[0].keep',
    fidelity: 'exact',
    note: 'all',
  });
});

test('--version chooses the names of a release', async () => {
  write('policy.yaml', policy);

  await collector('policy.yaml', '--out', '.', '--version', '0.150.0');

  expect(read('agent.yaml')).toContain('loadbalancing:');
});

describe('--check', () => {
  test('is content with what was written, and writes nothing', async () => {
    write('policy.yaml', policy);
    await collector('policy.yaml', '--out', 'out');

    expect(await collector('policy.yaml', '--out', 'out', '--check')).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  test('names what is missing or another text', async () => {
    write('policy.yaml', policy);
    await collector('policy.yaml', '--out', 'out');
    write('out/agent.yaml', 'edited');
    rmSync(join(cwd, 'out/kubernetes.yaml'));

    const { code, stderr } = await collector('policy.yaml', '--out', 'out', '--check');

    expect(code).toBe(1);
    expect(stderr).toContain('agent.yaml, kubernetes.yaml in ');
    expect(read('out/agent.yaml')).toBe('edited');
  });
});

test('what a Collector cannot do fails, unless approximations are allowed', async () => {
  write('policy.json', refused);

  const strict = await collector('policy.json', '--out', '.');
  expect(strict.code).toBe(1);
  expect(strict.stderr).toContain('refused');
  expect(strict.stderr).toContain('or pass --allow-approximate');
  expect(readdirSync(cwd)).toEqual(['policy.json']);

  expect(await collector('policy.json', '--out', '.', '--allow-approximate')).toMatchObject({
    code: 0,
  });
});

test('a mistake in the file is an error that names the place', async () => {
  write('policy.json', '{ "exporters": [{ "type": "kafka" }] }');

  await expect(collector('policy.json')).rejects.toThrow('exporters[0].type is "kafka"');
  await expect(collector('missing.json')).rejects.toThrow('missing.json');
});

test('help is a result; a wrong use is exit code 2 and says what is wrong', async () => {
  const { stdout, code } = await collector('--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Usage: llm-otel collector <file>/);

  for (const [args, problem] of [
    [[], 'no file is given'],
    [['a', 'b'], 'one file, and not also b'],
    [['a', '--check'], '--check needs --out'],
    [['a', '--outt', 'x'], '--outt'],
  ] as const) {
    const wrong = await collector(...args);
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain(problem);
    expect(wrong.stderr).toContain('Usage:');
  }
});

test('- is the input', async () => {
  input = policy;
  const { code, stdout } = await collector('-');

  expect([code, stdout.includes('sampling.rules[0].when.error')]).toEqual([0, true]);
  input = undefined;
  await expect(collector('-')).rejects.toThrow('there is no input to read');
});

test('a folder that cannot be made is an error, and parents are made', async () => {
  write('policy.yaml', policy);
  write('taken', '');

  await expect(collector('policy.yaml', '--out', 'taken/deep/er')).rejects.toThrow(
    /ENOTDIR|EEXIST/,
  );
  if (process.platform === 'linux') {
    await expect(collector('policy.yaml', '--out', '/proc/nope/deep')).rejects.toThrow('ENOENT');
  }
  expect((await collector('policy.yaml', '--out', 'a/b/c')).code).toBe(0);
  expect(readdirSync(join(cwd, 'a/b/c'))).toContain('gateway.yaml');
});
