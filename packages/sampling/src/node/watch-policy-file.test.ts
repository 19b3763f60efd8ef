import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidOptionError } from '@llm-otel/core';
import { fakeClock } from '@llm-otel/testing';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { policyOf } from '../../test/tail-harness.ts';
import { type LivePolicy, samplingPolicy } from '../index.ts';
import type { SamplingPolicy } from '../policy/index.ts';
import type { PolicySource } from '../source/policy-source.ts';
import { watchPolicyFile, type WatchPolicyFileOptions } from './watch-policy-file.ts';

const all = policyOf({ name: 'all', keep: 'all' });
const none = policyOf({ name: 'none', keep: 'none' });

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'policy-'));
  path = join(folder, 'policy.json');
  return () => rmSync(folder, { recursive: true, force: true });
});

const write = (policy: unknown, to: string = path): void =>
  writeFileSync(to, JSON.stringify(policy));

function watchIt(options: WatchPolicyFileOptions = {}): {
  live: LivePolicy;
  source: PolicySource;
  failures: string[];
  next: () => Promise<SamplingPolicy>;
} {
  const failures: string[] = [];
  const live = samplingPolicy(none);
  const source = watchPolicyFile(live, path, {
    onFailure: (error) => failures.push(String(error)),
    ...options,
  });
  onTestFinished(() => source.stop());
  const next = (): Promise<SamplingPolicy> => new Promise((resolve) => live.onUpdate(resolve));
  return { live, source, failures, next };
}

describe('a policy in a file', () => {
  test('is read at once', async () => {
    write(all);
    const { live, source } = watchIt();
    await source.refresh();

    expect(live.policy).toEqual(all);
    expect(live.updates).toBe(1);
  });

  test('that is written over is read again, without being asked to', async () => {
    write(all);
    const { source, next } = watchIt();
    await source.refresh();
    const updated = next();

    write(none);

    expect(await updated).toEqual(none);
  });

  test('that is replaced by a rename is read again, more than once', async () => {
    write(none);
    const { source, next } = watchIt();
    await source.refresh();
    for (const policy of [all, none, all]) {
      const updated = next();
      write(policy, `${path}.new`);
      renameSync(`${path}.new`, path);
      expect(await updated).toEqual(policy);
    }
  });

  test('behind a link that is turned is read again, as a ConfigMap does it', async () => {
    for (const [version, policy] of [
      ['v1', none],
      ['v2', all],
    ] as const) {
      mkdirSync(join(folder, version));
      write(policy, join(folder, version, 'policy.json'));
    }
    symlinkSync('v1', join(folder, 'data'));
    symlinkSync('data/policy.json', path);
    const { source, next } = watchIt();
    await source.refresh();
    const updated = next();

    symlinkSync('v2', join(folder, 'data.new'));
    renameSync(join(folder, 'data.new'), join(folder, 'data'));

    expect(await updated).toEqual(all);
  });

  test.each([
    ['missing', () => undefined, 'ENOENT'],
    ['no JSON', () => writeFileSync(path, '{'), 'SyntaxError'],
    ['no valid policy', () => write({ version: 1, rules: [] }), 'sampling.rules is []'],
    ['too long', () => writeFileSync(path, 'x'.repeat(300_000)), 'more than 262144 bytes'],
  ])(
    'that is %s leaves the policy as it is, and is read when it is right',
    async (_, make, why) => {
      make();
      const { live, source, failures } = watchIt();

      expect(await source.refresh()).toBe('failed');
      expect(live.policy).toEqual(none);
      expect(failures[0]).toContain(why);

      write(all);
      await source.refresh();
      expect(live.policy).toEqual(all);
    },
  );

  test('is looked at every half minute where nobody tells of changes', async () => {
    rmSync(folder, { recursive: true });
    const clock = fakeClock();
    const { source, next } = watchIt({ clock });
    expect(await source.refresh()).toBe('failed');
    expect(clock.pendingTimers).toEqual([30_000]);

    mkdirSync(folder);
    write(all);
    const updated = next();
    await clock.advance(30_000);

    expect(await updated).toEqual(all);
    source.stop();
    expect(clock.pendingTimers).toEqual([]);
    expect(await source.refresh()).toBe('unchanged');
  });
});

test.each([0, -5, Number.NaN, 2 ** 31])('an interval of %d ms is refused', (intervalMillis) => {
  const watch = (): unknown => watchPolicyFile(samplingPolicy(all), path, { intervalMillis });

  expect(watch).toThrow(InvalidOptionError);
  expect(watch).toThrow('intervalMillis is');
});
