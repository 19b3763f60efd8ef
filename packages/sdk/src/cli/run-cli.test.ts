import type { CliCommand, CliIo } from '@llm-otel/core';
import { expect, test } from 'vitest';
import { runCli } from './run-cli.ts';

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const greet: CliCommand = {
  name: 'greet',
  summary: 'says hello',
  run(args, io) {
    io.stdout.write(`hello ${args.join(' ')}\n`);
    return Promise.resolve(args.includes('nobody') ? 1 : 0);
  },
};
const broken: CliCommand = {
  name: 'broken',
  summary: 'fails',
  run: () => Promise.reject(new Error('the disk is on fire')),
};

async function cli(...args: string[]): Promise<Run> {
  const texts = { stdout: '', stderr: '' };
  const output = (name: keyof typeof texts): CliIo['stdout'] => ({
    write(text) {
      texts[name] += text;
      return true;
    },
  });
  const code = await runCli(
    args,
    {
      stdout: output('stdout'),
      stderr: output('stderr'),
      cwd: '/',
      environment: {},
      signal: new AbortController().signal,
    },
    () => Promise.resolve([broken, greet]),
  );
  return { code, ...texts };
}

test('a command gets what stands behind its name, and its exit code counts', async () => {
  expect(await cli('greet', '--loud', 'world')).toEqual({
    code: 0,
    stdout: 'hello --loud world\n',
    stderr: '',
  });
  expect(await cli('greet', 'nobody')).toMatchObject({ code: 1 });
});

test('help lists the commands; without a command it goes to stderr, and the use was wrong', async () => {
  const help = await cli('--help');
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toContain('  greet   says hello\n');
  expect(await cli()).toEqual({ code: 2, stdout: '', stderr: help.stdout });
  expect(await cli('help', 'greet')).toMatchObject({ code: 0, stdout: 'hello --help\n' });
});

test('a command that does not exist is named, with those that do', async () => {
  const { code, stderr } = await cli('gret');

  expect(code).toBe(2);
  expect(stderr).toMatch(/^llm-otel: there is no command "gret"\n\nUsage:/);
});

test('a command that fails ends with its reason and without a stack', async () => {
  expect(await cli('broken')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'llm-otel broken: the disk is on fire\n',
  });
});
