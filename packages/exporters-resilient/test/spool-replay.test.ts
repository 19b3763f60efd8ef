import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startOtlpSink } from '@llm-otel/testing';
import { expect, test, vi } from 'vitest';
import { spoolFolder } from '../src/spool/disk/spool-folder.ts';
import { temporaryFolder } from './fixtures/record-logs.ts';
import { makeSpoolLog, runSpool } from './fixtures/spool-logs.ts';

vi.setConfig({ testTimeout: 120_000 });

const CLI = join(import.meta.dirname, 'fixtures/spool-cli.ts');

function startReplay(directory: string, endpoint: string): ChildProcess {
  const args = [CLI, 'replay', '--directory', directory, '--endpoint', endpoint];
  return spawn(process.execPath, args, { stdio: 'ignore' });
}

test.each([
  ['SIGINT', 130, null],
  ['SIGKILL', null, 'SIGKILL'],
] as const)(
  'a replay that ends by %s in the middle goes on where it was, and at most one record arrives twice',
  async (signal, code, killedBy) => {
    using folder = temporaryFolder();
    const names = Array.from({ length: 200 }, (_, index) => `span ${index}`);
    makeSpoolLog(
      spoolFolder(folder.path),
      'collector.traces.internal@7-dead.0',
      names.map((name) => [name]),
    );
    await using sink = await startOtlpSink();
    sink.slow(10);

    for (let round = 1; round <= 3; round++) {
      const child = startReplay(folder.path, sink.url);
      const ended = once(child, 'exit');
      await sink.waitFor(round * 40, 60_000);
      child.kill(signal);
      expect(await ended).toEqual([code, killedBy]);
    }
    sink.slow(0);
    const { code: last, out } = await runSpool(folder.path, ['replay', '--endpoint', sink.url]);

    expect(out).toMatch(/ 0 refused, 0 damaged, 0 left\n$/);
    expect(last).toBe(0);
    expect(new Set(sink.spans.map(({ name }) => name))).toEqual(new Set(names));
    expect(sink.duplicateSpans.length).toBeLessThanOrEqual(3);
    expect((await runSpool(folder.path, ['ls'])).out).toBe('nothing waits\n');
  },
);
