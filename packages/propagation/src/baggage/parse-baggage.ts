import {
  type Baggage,
  type BaggageEntry,
  baggageEntryMetadataFromString,
} from '@opentelemetry/api';
import { isPlain, isToken } from './characters.ts';
import { HeaderBaggage } from './header-baggage.ts';
import { MAX_BYTES, MAX_MEMBERS } from './limits.ts';
import { percentDecode } from './percent-encoding.ts';

const SPACE = 32;
const TAB = 9;
const COMMA = 44;
const SEMICOLON = 59;
const EQUALS = 61;

/**
 * Reads a W3C `baggage` header, or several. `undefined` where there is no valid member. Members past 180 or past
 * 8192 bytes are left out, as are malformed ones; of two with one key the last counts. Never throws; takes time in
 * proportion to the first 8192 characters.
 */
export function parseBaggage(header: unknown): Baggage | undefined {
  const entries = new Map<string, BaggageEntry>();
  const lines: readonly unknown[] = Array.isArray(header) ? header : [header];
  let bytes = 0;
  for (const line of lines) {
    if (typeof line !== 'string') continue;
    bytes = parseLine(line, bytes, entries);
    if (bytes > MAX_BYTES) break;
  }
  return entries.size === 0 ? undefined : new HeaderBaggage(entries);
}

/** Adds the members of one header. Returns the bytes read so far, commas between members and lines included. */
function parseLine(line: string, before: number, entries: Map<string, BaggageEntry>): number {
  const limit = MAX_BYTES - before;
  let start = 0;
  while (start < line.length) {
    let equals = -1;
    let semicolon = -1;
    let end = start;
    for (; end < line.length; end++) {
      const code = line.charCodeAt(end);
      if (code === COMMA) break;
      if (code === EQUALS && equals < 0 && semicolon < 0) equals = end;
      else if (code === SEMICOLON && semicolon < 0) semicolon = end;
      // The member would be cut, and a cut value is a wrong value.
      if (end >= limit) return MAX_BYTES + 1;
    }
    if (equals > 0) {
      addMember(line, { start, equals, semicolon: semicolon < 0 ? end : semicolon, end }, entries);
    }
    start = end + 1;
  }
  return before + start;
}

interface MemberBounds {
  readonly start: number;
  readonly equals: number;
  readonly semicolon: number;
  readonly end: number;
}

function addMember(
  line: string,
  { start, equals, semicolon, end }: MemberBounds,
  entries: Map<string, BaggageEntry>,
): void {
  const keyStart = skipBlanks(line, start, equals);
  const keyEnd = skipBlanksBack(line, keyStart, equals);
  if (!isToken(line, keyStart, keyEnd)) return;
  const valueStart = skipBlanks(line, equals + 1, semicolon);
  const valueEnd = skipBlanksBack(line, valueStart, semicolon);
  const key = line.slice(keyStart, keyEnd);
  if (entries.size >= MAX_MEMBERS && !entries.has(key)) return;
  const raw = line.slice(valueStart, valueEnd);
  const value = isPlain(line, valueStart, valueEnd) ? raw : percentDecode(raw);
  entries.set(
    key,
    semicolon === end
      ? { value }
      : { value, metadata: baggageEntryMetadataFromString(line.slice(semicolon + 1, end).trim()) },
  );
}

function skipBlanks(line: string, from: number, to: number): number {
  let at = from;
  while (at < to && isBlank(line.charCodeAt(at))) at++;
  return at;
}

function skipBlanksBack(line: string, from: number, to: number): number {
  let at = to;
  while (at > from && isBlank(line.charCodeAt(at - 1))) at--;
  return at;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}
