import type { Cursor, SettledRange } from './cursor.ts';
import { checksum } from './record-header.ts';

// More than six numbers of 16 digits with their names take, and half a sector: a disk writes it whole or not at all.
const PLACE_BYTES = 256;
/** A block of most file systems: a log has it from the start, and needs no room for it on a disk that is full. */
export const CURSOR_BYTES = 4096;
// Beside the ranges: names, six numbers of 16 digits and the end of the line.
const FRAME_BYTES = 160;

export interface CursorText {
  /** The place alone, or all of {@link CURSOR_BYTES}. ASCII. */
  readonly text: string;
  /** How much of it says where the cursor is. That counts without the rest. */
  readonly placeBytes: number;
  /** Ranges for which there was no room. */
  readonly left: number;
}

/** Where a cursor is. */
interface PlaceLine extends Omit<Cursor, 'settled'> {
  readonly crc: number;
}

/** What is settled behind the place of a cursor, with the place and the end of that time. */
interface SettledLine {
  /** Segment, sequence and item. */
  readonly from: readonly [number, number, number];
  readonly settled: readonly number[];
  /** Sequence and item. */
  readonly end: readonly [number, number];
  readonly crc: number;
}

/**
 * One line of JSON, so that an operator can read it, for the place, and one for what is settled behind it, where anything is. Each
 * has a checksum, for a cursor that is wrong would settle what was never sent. What either says stays true: where a disk
 * took one of the two, or the second is of before, something may be sent again, and that is all.
 */
export function formatCursor(cursor: Cursor): CursorText {
  const { segment, offset, sequence, item, end, settled } = cursor;
  const crc = placeChecksum(cursor);
  const place = lineOf({ segment, offset, sequence, item, end, crc }, PLACE_BYTES);
  if (settled.length === 0) return { text: place, placeBytes: PLACE_BYTES, left: 0 };
  const { numbers, left } = numbersOf(cursor);
  const line = {
    from: [segment, sequence, item],
    settled: numbers,
    end: [end.sequence, end.item],
  } as const;
  const ranges: SettledLine = { ...line, crc: settledChecksum(line) };
  const text = place + lineOf(ranges, CURSOR_BYTES - PLACE_BYTES);
  return { text, placeBytes: PLACE_BYTES, left };
}

/** Undefined for what is no cursor. */
export function parseCursor(text: string): Cursor | undefined {
  const place = parsed<PlaceLine>(text.slice(0, PLACE_BYTES), placeChecksum);
  if (place === undefined) return undefined;
  const { segment, offset, sequence, item } = place;
  const line = parsed<SettledLine>(text.slice(PLACE_BYTES), settledChecksum);
  if (line === undefined) return { segment, offset, sequence, item, end: place.end, settled: [] };
  // Or a number would be used again, of a record that is settled: a disk may have taken the second line alone.
  const end = {
    sequence: Math.max(place.end.sequence, line.end[0]),
    item: Math.max(place.end.item, line.end[1]),
  };
  return { segment, offset, sequence, item, end, settled: rangesOf(line) };
}

// Of a range: the records that are open in front of it and their items, its own, and how many segments further it ends, and where.
const NUMBERS = 6;

/** Those that fit, from the first on: small numbers, so that many do. */
function numbersOf(cursor: Cursor): { readonly numbers: number[]; readonly left: number } {
  const numbers: number[] = [];
  let room = CURSOR_BYTES - PLACE_BYTES - FRAME_BYTES;
  let before = cursor as Pick<Cursor, 'segment' | 'sequence' | 'item'>;
  for (const { sequence, item, end } of cursor.settled) {
    const range = [
      sequence - before.sequence,
      item - before.item,
      end.sequence - sequence,
      end.item - item,
      end.segment - before.segment,
      end.offset,
    ];
    room -= range.join().length + 1;
    if (room < 0) break;
    numbers.push(...range);
    before = end;
  }
  return { numbers, left: cursor.settled.length - numbers.length / NUMBERS };
}

function rangesOf({ from, settled: numbers }: SettledLine): SettledRange[] {
  const ranges: SettledRange[] = [];
  let [segment, sequence, item] = from;
  for (let at = 0; at < numbers.length; at += NUMBERS) {
    const [openRecords, openItems, records, items, segments, offset] = numbers.slice(at, at + 6);
    const start = { sequence: sequence + openRecords!, item: item + openItems! };
    segment += segments!;
    sequence = start.sequence + records!;
    item = start.item + items!;
    ranges.push({ ...start, end: { segment, offset: offset!, sequence, item } });
  }
  return ranges;
}

function lineOf(value: unknown, bytes: number): string {
  return `${JSON.stringify(value).padEnd(bytes - 1)}\n`;
}

/** Undefined for what is not as it was written: any bytes, and any JSON. */
function parsed<T extends { readonly crc: number }>(
  text: string,
  checksumOf: (line: T) => number,
): T | undefined {
  try {
    const line = JSON.parse(text) as T;
    return checksumOf(line) === line.crc ? line : undefined;
  } catch {
    return undefined;
  }
}

function placeChecksum({ segment, offset, sequence, item, end }: Omit<PlaceLine, 'crc'>): number {
  return checksum(Buffer.from([segment, offset, sequence, item, end.sequence, end.item].join(' ')));
}

function settledChecksum({ from, settled, end }: Omit<SettledLine, 'crc'>): number {
  return checksum(Buffer.from([...from, ...settled, ...end].join(' ')));
}
