// Any course of several lives of a process on one spool: the ledger of each, and what arrived of all.
import { readdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type LedgerSnapshot, total } from '@llm-otel/core';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Life, spoolIn, startLife } from './fixtures/lives.ts';
import { spanIdsIn } from './fixtures/received.ts';
import { temporaryFolder } from './fixtures/record-logs.ts';
import { smallDisk } from './fixtures/small-disk.ts';
import type { Answer } from './fixtures/scripted-transport.ts';

const HOUR = 3_600_000;

const answer: fc.Arbitrary<Answer> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ status: 200 }) },
  { weight: 2, arbitrary: fc.constant({ status: 503 }) },
  fc.constant({ status: 429, retryAfter: '3' }),
  fc.constant({ status: 413 }),
  fc.constant({ status: 400 }),
  fc.constant('page' as const),
  fc.constant('stall' as const),
  fc.constant('reset' as const),
  fc.constant('hang' as const),
);

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ end: fc.nat({ max: 60 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ answers: fc.array(answer, { minLength: 1, maxLength: 4 }) }),
  },
  { weight: 3, arbitrary: fc.record({ wait: fc.constantFrom(0, 1, 500, 5000, 40_000) }) },
  fc.record({ flush: fc.constantFrom(0, 100, 20_000) }),
  fc.record({ jump: fc.constantFrom(-3 * HOUR, -1000, 1000, 3 * HOUR) }),
  fc.record({ restart: fc.constantFrom(0, 1000, 5000) }),
  fc.record({ kill: fc.constant(true) }),
  fc.record({ diskIsFull: fc.boolean() }),
);

/** What was lost on purpose, in all lives that ended so far. */
interface Losses {
  ended: number;
  dropped: number;
  rejected: number;
  /** Of processes that were killed: what was in no file. */
  killed: number;
  exported: number;
}

const otlp = (ledger: LedgerSnapshot) => ledger.destinations['otlp']!;

test.each(['overflow', 'always'] as const)(
  'with mode %s every span of every life arrived, was refused or dropped and counted, or died in the memory of a process that was killed',
  { timeout: 240_000 },
  async (mode) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 20 }),
        fc.constantFrom(undefined, 64 * 1024),
        async (steps, maxBytes) => {
          using folder = temporaryFolder();
          const directory = folder.path;
          const all: Losses = { ended: 0, dropped: 0, rejected: 0, killed: 0, exported: 0 };
          const bodies: Uint8Array[] = [];
          const disk = smallDisk();
          let wasFull = false;
          let wasKilled = false;
          const start = (): Life =>
            startLife({
              directory,
              tools: { files: disk.files },
              spool: { mode, maxBytes, segmentBytes: 4096 },
              options: {
                queue: { maxItems: 100 },
                batch: { maxItems: 10 },
                buffer: { maxItems: 60 },
                retry: { maxElapsedMillis: 20_000 },
              },
            });
          const over = (life: Life): LedgerSnapshot => {
            const ledger = life.ledger();
            const { exported, dropped, rejected } = otlp(ledger);
            all.ended += ledger.ended;
            all.exported += exported;
            all.dropped += total(ledger.dropped) + total(dropped);
            all.rejected += total(rejected);
            bodies.push(...life.transport.bodies);
            return ledger;
          };
          const stop = async (life: Life, millis: number): Promise<void> => {
            const begun = life.clock.monotonicMillis();
            let took = Infinity;
            const stopped = life.processor.shutdown({ timeoutMillis: millis }).then(() => {
              took = life.clock.monotonicMillis() - begun;
            });
            await life.during(stopped, 8000);
            const ledger = over(life);
            expect(ledger.queued + otlp(ledger).inFlight).toBe(0);
            expect(took).toBeLessThanOrEqual(millis);
            expect(otlp(ledger).exported).toBe(life.transport.taken);
          };

          let life = start();
          const waiting: Promise<void>[] = [];
          for (const now of steps) {
            if ('diskIsFull' in now) {
              disk.isFull = now.diskIsFull;
              wasFull ||= disk.isFull;
            } else if ('end' in now) life.end(now.end, { attributes: { text: 'x'.repeat(1000) } });
            else if ('answers' in now) life.transport.script = [...now.answers];
            else if ('jump' in now) life.clock.jump(now.jump);
            else if ('flush' in now)
              waiting.push(life.processor.forceFlush({ timeoutMillis: now.flush }));
            else if ('restart' in now) {
              await stop(life, now.restart);
              const left = otlp(life.ledger()).spooled;
              await Promise.all(waiting.splice(0));
              // Whoever comes has no lock on a disk that is full, and takes nothing over before there is one.
              disk.isFull = false;
              life = start();
              await life.clock.advance(0);
              // Too old, or too much, is what the heir counts itself.
              if (!wasKilled) expect(otlp(life.ledger()).recovered).toBe(left);
            } else if ('kill' in now) {
              const ledger = over(life);
              const { inFlight } = otlp(ledger);
              // In a spool that is full the oldest records make room, also those of what is on its way, and a disk that is full takes none.
              const isOnDisk = mode === 'always' && maxBytes === undefined && !wasFull;
              all.killed += ledger.queued + (isOnDisk ? 0 : inFlight);
              wasKilled = true;
              waiting.length = 0;
              bury(directory);
              disk.isFull = false;
              life = start();
              await life.clock.advance(0);
            } else
              for (let passed = 0; passed < now.wait; passed += 500) {
                await life.clock.advance(Math.min(500, now.wait - passed));
                life.ledger();
              }
            await life.clock.advance(0);
            life.ledger();
          }
          await stop(life, 5000);
          disk.isFull = false;
          const last = start();
          last.transport.script = [{ status: 200 }];
          await last.clock.advance(60_000);
          await stop(last, 5000);

          expect(otlp(last.ledger()).spooled).toBe(0);
          const arrived = bodies.flatMap(spanIdsIn);
          const known = new Set(arrived);
          const { ended, exported, dropped, rejected, killed } = all;
          if (wasKilled) {
            // What a process had delivered and not noted on disk comes again, and may be dropped or refused then.
            expect(known.size).toBeLessThanOrEqual(ended);
            expect(known.size).toBeGreaterThanOrEqual(ended - dropped - rejected - killed);
          } else {
            expect(exported + dropped + rejected).toBe(ended);
            expect([known.size, arrived.length]).toEqual([exported, exported]);
          }
        },
      ),
      { numRuns: 60 },
    );
  },
);

/** The process is gone: nothing is closed, and its lock is nobody's. */
function bury(directory: string): void {
  // One that spooled nothing made no folder.
  if (readdirSync(directory).length === 0) return;
  for (const name of readdirSync(spoolIn(directory)))
    if (name.includes('.lock')) unlinkSync(join(spoolIn(directory), name));
}
