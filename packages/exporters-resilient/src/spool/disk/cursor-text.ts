import type { Cursor, SettledRange } from './cursor.ts';
import { checksum } from './record-header.ts';

// More than six numbers of 16 digits with their names take, and half a sector: a disk writes it whole or not at all.
const PLACE_BYTES = 256;
/** A block of most file systems: a log has it from the start, and needs no room for it on a disk that is full. */
export const CURSOR_BYTES = 4096;
// Beside the numbers: names, checksum and the end of the line.
const FRAME_BYTES = 40;

export interface CursorText {
  /** The place alone, or all of {@link CURSOR_BYTES}. ASCII. */
  readonly text: string;
  /** How much of it says where the cursor is. That counts without the rest. */
  readonly placeBytes: number;
  /** Ranges for which there was no room. */
  readonly left: number;
}

/**
 * One line of JSON, so that an operator can read it, for the place, and one for what is settled behind it, where anything is. Each
 * has a checksum, for a cursor that is wrong would settle what was never sent. The second line holds only beside the
 * place it was written with: where a disk took one of the two, what is settled out of turn is forgotten and nothing else.
 */
export function formatCursor(cursor: Cursor): CursorText {
  const { segment, offset, sequence, item, end, settled } = cursor;
  const crc = placeChecksum(cursor);
  const place = lineOf({ segment, offset, sequence, item, end, crc }, PLACE_BYTES);
  if (settled.length === 0) return { text: place, placeBytes: PLACE_BYTES, left: 0 };
  const { numbers, left } = numbersOf(cursor);
  const ranges = { settled: numbers, crc: rangesChecksum(crc, numbers) };
  const text = place + lineOf(ranges, CURSOR_BYTES - PLACE_BYTES);
  return { text, placeBytes: PLACE_BYTES, left };
}

/** Undefined for what is no cursor. */
export function parseCursor(text: string): Cursor | undefined {
  const place = parsed<Cursor & { readonly crc: number }>(text.slice(0, PLACE_BYTES));
  if (place === undefined) return undefined;
  const { segment, offset, sequence, item, end } = place;
  const cursor = { segment, offset, sequence, item, end, settled: [] };
  if (end === undefined || placeChecksum(cursor) !== place.crc) return undefined;
  const ranges = parsed<{ readonly settled: readonly number[]; readonly crc: number }>(
    text.slice(PLACE_BYTES),
  );
  const isOurs =
    Array.isArray(ranges?.settled) && rangesChecksum(place.crc, ranges.settled) === ranges.crc;
  return isOurs ? { ...cursor, settled: rangesOf(cursor, ranges.settled) } : cursor;
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

function rangesOf(cursor: Cursor, numbers: readonly number[]): SettledRange[] {
  const ranges: SettledRange[] = [];
  let { segment, sequence, item } = cursor;
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

function parsed<T>(text: string): (Partial<T> & T) | undefined {
  try {
    return JSON.parse(text) as T & Partial<T>;
  } catch {
    return undefined;
  }
}

function placeChecksum({ segment, offset, sequence, item, end }: Cursor): number {
  return checksum(Buffer.from([segment, offset, sequence, item, end.sequence, end.item].join(' ')));
}

function rangesChecksum(crc: number, numbers: readonly number[]): number {
  return checksum(Buffer.from([crc, ...numbers].join(' ')));
}
