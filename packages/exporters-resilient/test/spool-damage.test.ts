import { readdirSync, readFileSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ONLY_503, spoolIn, startLife } from './fixtures/lives.ts';
import { temporaryFolder } from './fixtures/record-logs.ts';

const HEADER_BYTES = 48;

/** What the ledger of a process says that finds five records of ten items each, damaged. */
async function afterDamage(
  segmentBytes: number,
  damage: (segments: readonly string[]) => void,
): Promise<Record<string, unknown>> {
  using folder = temporaryFolder();
  const directory = folder.path;
  const options = { batch: { maxItems: 10 } };
  const first = startLife({ directory, script: ONLY_503, options, spool: { segmentBytes } });
  // Two records do not fit into 4096 bytes.
  first.end(50, { attributes: { text: 'x'.repeat(300) } });
  await first.during(first.processor.shutdown(), 6000);
  expect(first.ledger().destinations['otlp']!.spooled).toBe(50);
  const log = join(spoolIn(directory), readdirSync(spoolIn(directory))[0]!);
  const segments = readdirSync(log).filter((name) => name.endsWith('.seg'));
  damage(segments.map((name) => join(log, name)));

  const second = startLife({ directory });
  await second.clock.advance(6000);
  const { exported, recovered, spooled, dropped } = second.ledger().destinations['otlp']!;
  await second.during(second.processor.shutdown(), 1000);
  expect(second.transport.taken).toBe(exported);
  return { exported, recovered, spooled, dropped };
}

const TEN_LOST = { exported: 40, recovered: 50, spooled: 0, dropped: { spool_unreadable: 10 } };
const ALL_LOST = { exported: 0, recovered: 50, spooled: 0, dropped: { spool_unreadable: 50 } };

/** Where each record of a segment starts. */
function recordsOf(bytes: Buffer): number[] {
  const starts: number[] = [];
  for (let at = 0; at < bytes.length; at += HEADER_BYTES + bytes.readUInt32LE(at + 12))
    starts.push(at);
  return starts;
}

test.each([
  ['first', 0],
  ['third', 2],
  ['last', 4],
] as const)(
  'one byte of the %s record that has changed costs ten items, and the ledger says so',
  async (_, record) => {
    for (const byte of [0, 4, 8, 12, 16, 20, 24, 32, 40, HEADER_BYTES, HEADER_BYTES + 20])
      expect({
        byte,
        ...(await afterDamage(1_000_000, ([segment = '']) => {
          const bytes = readFileSync(segment);
          const starts = recordsOf(bytes);
          expect(starts).toHaveLength(5);
          bytes[starts[record]! + byte]! ^= 1;
          writeFileSync(segment, bytes);
        })),
      }).toEqual({ byte, ...TEN_LOST });
  },
);

test.each([
  ['deleted', (path: string) => unlinkSync(path)],
  ['emptied', (path: string) => truncateSync(path, 0)],
  ['cut off', (path: string) => truncateSync(path, 100)],
] as const)(
  'any of five segments that is %s costs ten items, and the ledger says so',
  async (_, damage) => {
    for (const index of [0, 1, 2, 3, 4])
      expect({
        index,
        ...(await afterDamage(4096, (segments) => {
          expect(segments).toHaveLength(5);
          damage(segments[index]!);
        })),
      }).toEqual({ index, ...TEN_LOST });
  },
);

test('the only segment that is emptied or deleted costs all, and the ledger says so', async () => {
  for (const damage of [(path: string) => truncateSync(path, 0), unlinkSync])
    expect(await afterDamage(1_000_000, ([segment = '']) => damage(segment))).toEqual(ALL_LOST);
});
