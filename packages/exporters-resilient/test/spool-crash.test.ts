import { cpSync, readdirSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Files, realFiles } from '../src/spool/disk/files.ts';
import { type Life, ONLY_503, spoolIn, startLife } from './fixtures/lives.ts';
import { openLog, requestOf, temporaryFolder, textOf } from './fixtures/record-logs.ts';

vi.setConfig({ testTimeout: 120_000 });

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

class Killed extends Error {}

/** The real files of a process that is killed before its call number `at`: nothing it does later reaches the disk. */
function filesUntil(at: number): { readonly files: Files; readonly calls: () => number } {
  let calls = 0;
  const files: Record<string, unknown> = {};
  for (const [name, call] of Object.entries(realFiles)) {
    if (typeof call !== 'function' || (name !== 'fdatasync' && !name.endsWith('Sync'))) continue;
    files[name] = (...args: unknown[]): unknown => {
      // Closing is what the kernel does for the dead.
      if (name === 'closeSync') return (call as (...all: unknown[]) => unknown)(...args);
      if (calls++ >= at) throw new Killed();
      return (call as (...all: unknown[]) => unknown)(...args);
    };
  }
  return { files: files as unknown as Files, calls: () => calls };
}

test('killed before any call to the file system, a log gives every record that was acknowledged and not settled', () => {
  for (let at = 0; ; at++) {
    using place = temporaryFolder();
    const { files, calls } = filesUntil(at);
    const acknowledged = new Set<string>();
    const settled = new Set<string>();
    try {
      const { log, failures } = openLog(place.path, { files, segmentBytes: 200, fsync: 'always' });
      for (let i = 0; i < 12; i++) {
        const text = `record ${i}`.padEnd(50);
        const stored = log.put(requestOf(text));
        if ('refused' in stored || failures.some((error) => error instanceof Killed)) break;
        stored.rest();
        acknowledged.add(text);
        if (i % 3 < 2) {
          const taken = log.next();
          if (taken === undefined) break;
          taken.stored.settled(1);
          settled.add(textOf(taken.request));
        }
        if (i % 4 === 3) log.checkpoint();
      }
      log.close(true);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }

    const { log, lost } = openLog(place.path, { segmentBytes: 200 });
    const given = new Set<string>();
    for (let taken = log.next(); taken !== undefined; taken = log.next())
      given.add(textOf(taken.request));
    for (const text of acknowledged)
      if (!settled.has(text)) expect({ at, text: given.has(text) }).toEqual({ at, text: true });
    expect(lost).toEqual({});
    if (calls() < at) return;
    expect(at).toBeLessThan(500);
  }
});

test('killed before any call of a close, a log gives what is open once, and what was settled in any order at most once more, until the cursor says so', () => {
  const texts = Array.from({ length: 12 }, (_, i) => `record ${i}`.padEnd(50));
  // As priorities or second attempts settle them: in no order.
  const settledFirst = [1, 2, 5, 7, 8, 10];
  for (let at = 0; ; at++) {
    using place = temporaryFolder();
    let isClosing = false;
    let left = at;
    const files = Object.fromEntries(
      Object.entries(realFiles).map(([name, call]) => [
        name,
        typeof call !== 'function' || !(name === 'fdatasync' || name.endsWith('Sync'))
          ? call
          : (...args: unknown[]): unknown => {
              if (isClosing && name !== 'closeSync' && left-- <= 0) throw new Killed();
              return (call as (...all: unknown[]) => unknown)(...args);
            },
      ]),
    ) as unknown as Files;
    const { log } = openLog(place.path, { files, segmentBytes: 200, fsync: 'always' });
    const stored = texts.map((text) => {
      const put = log.put(requestOf(text));
      if ('refused' in put) throw new Error(put.refused);
      return put;
    });
    for (const index of settledFirst) stored[index]!.settled(1);
    for (const [index, one] of stored.entries()) if (!settledFirst.includes(index)) one.rest();
    isClosing = true;
    try {
      log.close(true);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
    const died = left < 0;

    const { log: next, lost } = openLog(place.path, { segmentBytes: 200 });
    const given = new Map<string, number>();
    for (let taken = next.next(); taken !== undefined; taken = next.next()) {
      const text = textOf(taken.request);
      given.set(text, (given.get(text) ?? 0) + 1);
      taken.stored.settled(1);
    }
    expect({ at, lost }).toEqual({ at, lost: {} });
    for (const [index, text] of texts.entries()) {
      const times = given.get(text) ?? 0;
      if (!settledFirst.includes(index))
        expect({ at, text, isThere: times > 0 }).toMatchObject({ isThere: true });
      expect({ at, text, isOften: times > 1 }).toMatchObject({ isOften: false });
    }
    expect(at).toBeLessThan(500);
    if (died) continue;
    // Without a kill nothing comes twice, and nothing that was settled comes at all.
    const open = texts.filter((_, index) => !settledFirst.includes(index));
    expect(given).toEqual(new Map(open.map((text) => [text, 1])));
    return;
  }
});

/** Nothing is closed: the process is gone. */
function removeLocks(directory: string): void {
  for (const name of readdirSync(spoolIn(directory)))
    if (name.includes('.lock')) unlinkSync(join(spoolIn(directory), name));
}

/** Everything that is left in a spool, delivered. */
async function deliver(directory: string): Promise<ReturnType<Life['ledger']>> {
  removeLocks(directory);
  const last = startLife({ directory });
  await last.clock.advance(6000);
  const ledger = last.ledger();
  await last.during(last.processor.shutdown(), 1000);
  return ledger;
}

test.each([
  ['takes it over while its receiver is away', ONLY_503, {}],
  ['takes it over and delivers it', [], {}],
  ['has no destination for it', ONLY_503, { destination: 'other', spool: { maxBytes: 64 * 1024 } }],
] as const)(
  'killed before any call to the file system, a process that finds what another one left and %s loses nothing of it',
  async (_what, script, options) => {
    const origin = join(folder.path, 'origin');
    const first = startLife({ directory: origin, script: ONLY_503, spool: { segmentBytes: 4096 } });
    first.end(300);
    await first.during(first.processor.shutdown(), 6000);

    for (let at = 0; ; at++) {
      const directory = join(folder.path, `${at}`);
      cpSync(origin, directory, { recursive: true });
      const { files, calls } = filesUntil(at);
      const heir = startLife({ directory, script, tools: { files }, ...options });
      await heir.clock.advance(1500);
      const died = calls() > at;
      const arrived = heir.transport.taken;
      const { destinations } = await deliver(directory);

      const { exported, dropped } = destinations['otlp']!;
      // What had arrived and was not settled any more comes again.
      expect({ at, dropped, all: exported + arrived >= 300 }).toEqual({
        at,
        dropped: {},
        all: true,
      });
      rmSync(directory, { recursive: true });
      if (!died) break;
      expect(at).toBeLessThan(500);
    }
  },
);
