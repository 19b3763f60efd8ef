import { join } from 'node:path';
import { type Files, namesIn } from '../spool/disk/files.ts';
import { type LogName, parseLogName } from '../spool/disk/log-name.ts';
import { START } from '../spool/disk/cursor.ts';
import { readCursor } from '../spool/disk/cursor-file.ts';
import { SettledRanges } from '../spool/disk/settled-ranges.ts';
import { thisThread } from '../spool/disk/owner-identity.ts';
import { Obituaries } from '../spool/disk/owner-lock.ts';
import type { RecordHeader } from '../spool/disk/record-header.ts';
import { SegmentReader } from '../spool/disk/segment-reader.ts';
import type { Clock } from '@llm-otel/core';

/** A log as it lies on disk. */
export interface FoundLog {
  readonly name: LogName;
  readonly folder: string;
  readonly segments: readonly string[];
  readonly bytes: number;
  /** False when its owner is dead, or has closed it. */
  readonly inUse: boolean;
}

/** One place in a segment, in order. */
export type Entry =
  | {
      readonly kind: 'record';
      readonly segment: string;
      readonly offset: number;
      readonly header: RecordHeader;
      /** Delivered or given up already. */
      readonly settled: boolean;
      /** Undefined when the payload is damaged. */
      readonly payload: Uint8Array | undefined;
    }
  | {
      readonly kind: 'garbage';
      readonly segment: string;
      readonly offset: number;
      readonly bytes: number;
    };

// Of an owner in another container, which cannot be looked up: sixty touches of its lock that did not come.
const SILENCE_MILLIS = 600_000;

/** The folders of all users in a spool directory; the directory itself where it is one of them. */
export function spoolFolders(files: Files, directory: string): string[] {
  const isSpool = (name: string): boolean => /^llm-otel-spool-(\d+|user)$/.test(name);
  if (isSpool(directory.split(/[\\/]/).at(-1) ?? '')) return [directory];
  return namesIn(files, directory)
    .filter(isSpool)
    .map((name) => join(directory, name));
}

/** Every log in a spool folder. */
export function findLogs(files: Files, folder: string, clock: Clock): FoundLog[] {
  const obituaries = new Obituaries(files, folder, thisThread(files), clock, Infinity);
  const inUse = (owner: string): boolean => {
    const seen = obituaries.seenAlive(owner);
    return typeof seen === 'boolean' ? seen : clock.epochMillis() - seen.touched < SILENCE_MILLIS;
  };
  return namesIn(files, folder).flatMap((found) => {
    const name = parseLogName(found);
    if (name === undefined) return [];
    const path = join(folder, found);
    const segments = namesIn(files, path).filter((file) => file.endsWith('.seg'));
    let bytes = 0;
    for (const file of namesIn(files, path)) bytes += sizeOf(files, join(path, file));
    return [{ name, folder: path, segments, bytes, inUse: inUse(name.owner) }];
  });
}

/** Everything in a log, settled records included. Reads what is there and changes nothing. */
export function* entriesOf(files: Files, log: FoundLog): Generator<Entry> {
  const cursor = readCursor(files, log.folder) ?? START;
  const ranges = new SettledRanges(cursor.settled);
  const isSettled = (sequence: number): boolean =>
    sequence < cursor.sequence || ranges.at(sequence) !== undefined;
  for (const segment of log.segments) {
    const reader = openSegment(files, join(log.folder, segment));
    if (reader === undefined) continue;
    try {
      for (let next = 0; ;) {
        const offset = next;
        const found = reader.find(offset);
        if (found.kind === 'end') {
          // An empty file is one whose record is gone, or was never written.
          if (found.torn > 0 || offset === 0)
            yield { kind: 'garbage', segment, offset, bytes: found.torn };
          break;
        }
        if (found.kind === 'garbage')
          yield { kind: 'garbage', segment, offset, bytes: found.next - offset };
        else
          yield {
            kind: 'record',
            segment,
            offset,
            header: found.header,
            settled: isSettled(found.header.sequence),
            // Read only where somebody asks for it.
            get payload() {
              return reader.payload(offset, found.header);
            },
          };
        next = found.next;
      }
    } finally {
      reader.close();
    }
  }
}

/**
 * The same for a command: Ctrl-C ends it. Without a pause now and then nobody would hear of the key.
 */
export async function* readEntries(
  files: Files,
  log: FoundLog,
  interrupted: AbortSignal,
): AsyncGenerator<Entry> {
  let pausedAt = -Infinity;
  for (const entry of entriesOf(files, log)) {
    if (performance.now() - pausedAt > PAUSE_MILLIS) {
      await new Promise((resolve) => setImmediate(resolve));
      pausedAt = performance.now();
    }
    if (interrupted.aborted) return;
    yield entry;
  }
}

const PAUSE_MILLIS = 20;

// Its process may delete it while we look.
function openSegment(files: Files, path: string): SegmentReader | undefined {
  try {
    return new SegmentReader(files, path);
  } catch {
    return undefined;
  }
}

function sizeOf(files: Files, path: string): number {
  try {
    return files.statSync(path).size;
  } catch {
    return 0;
  }
}
