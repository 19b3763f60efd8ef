import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { testSteps } from '../run/test-steps.ts';

const root = join(import.meta.dirname, '../..');
const files = globSync('.github/**/*.yml', { cwd: root }).toSorted();
const workflows = files.filter((file) => file.startsWith('.github/workflows/'));

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly 'timeout-minutes'?: number;
  readonly needs?: string | readonly string[];
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function commandsOf(file: string): string[] {
  const { jobs } = parse(read(file)) as Workflow;
  return Object.values(jobs).flatMap(({ steps }) =>
    steps.flatMap(({ run }) => run?.split('\n') ?? []),
  );
}

test('there are workflows for changes, nights and releases', () => {
  expect(workflows).toEqual([
    '.github/workflows/ci.yml',
    '.github/workflows/nightly.yml',
    '.github/workflows/release.yml',
  ]);
});

describe.each(files)('%s', (file) => {
  test('is YAML without duplicate keys', () => {
    expect(parse(read(file), { strict: true, uniqueKeys: true })).toBeTypeOf('object');
  });

  test('uses actions by commit, with the version beside it, or its own', () => {
    const uses = read(file).match(/^.*\buses: .*$/gm) ?? [];

    expect(
      uses.filter(
        (line) => !/uses: (\.\/\S+|[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/.test(line),
      ),
    ).toEqual([]);
  });
});

describe.each(workflows)('%s', (file) => {
  const workflow = parse(read(file)) as Workflow;

  test('asks for no more than reading, unless a job does', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
  });

  test('ends every job in time and waits only for jobs that exist', () => {
    for (const [name, job] of Object.entries(workflow.jobs)) {
      expect(job['timeout-minutes'], name).toBeGreaterThan(0);
      for (const needed of [job.needs ?? []].flat()) expect(workflow.jobs).toHaveProperty(needed);
    }
  });

  test('runs scripts and steps that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const steps = testSteps(root).map(({ name }) => name);
    for (const command of commandsOf(file)) {
      const [, script = 'test', args = ''] =
        /\bnpm (?:run )?(test|[\w:]+)(?: -- (.*))?/.exec(command.replace(/npm config.*/, '')) ?? [];
      expect(scripts).toHaveProperty([script]);
      if (script === 'test') {
        for (const name of args.split(' ').filter(Boolean)) expect(steps).toContain(name);
      }
    }
  });
});

test('the one required check waits for every other job', () => {
  const { jobs } = parse(read('.github/workflows/ci.yml')) as Workflow;
  const others = Object.keys(jobs).filter((name) => name !== 'ci');

  expect(jobs['ci']?.needs).toEqual(others);
});

test('no step of npm test is left out of ci', () => {
  const run = commandsOf('.github/workflows/ci.yml').join('\n');
  const left = testSteps(root).filter(
    ({ name }) => !new RegExp(String.raw`npm test --.*\b${name}\b|npm run ${name}\b`).test(run),
  );

  expect(left).toEqual([]);
});
