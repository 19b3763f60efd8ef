import type { Baggage } from '@opentelemetry/api';
import { isAll, TOKEN } from './characters.ts';
import { HeaderBaggage, type RawMember } from './header-baggage.ts';
import { MAX_BYTES, MAX_MEMBERS } from './limits.ts';
import { trimBlanks } from '../trim-blanks.ts';
import { isWellEncoded } from './percent-encoding.ts';

/** What was found, and whether the header is exactly that: nothing left out, nothing to be written another way. */
interface Found {
  readonly members: RawMember[];
  clean: boolean;
}

/**
 * Reads a W3C `baggage` header, or several. `undefined` where there is no valid member. Members past 180 or past
 * 8192 bytes are left out, as are malformed ones. Never throws; takes time in proportion to the first 8192
 * characters.
 */
export function parseBaggage(header: unknown): Baggage | undefined {
  const found: Found = { members: [], clean: true };
  if (typeof header === 'string') parseLine(header, MAX_BYTES, found);
  else if (Array.isArray(header)) parseLines(header, found);
  if (found.members.length === 0) return undefined;
  const asItIs = found.clean && typeof header === 'string';
  return new HeaderBaggage(found.members, asItIs ? header : undefined);
}

function parseLines(lines: readonly unknown[], found: Found): void {
  let budget = MAX_BYTES;
  for (const line of lines) {
    if (budget <= 0) return;
    if (typeof line !== 'string') continue;
    parseLine(line, budget, found);
    // The comma that stands between two headers when they are one list.
    budget -= line.length + 1;
  }
}

/** Adds the members of one header that end within `budget` characters: a cut value would be a wrong value. */
function parseLine(header: string, budget: number, found: Found): void {
  // One more, to see whether a member ends there.
  const line = header.length > budget ? header.slice(0, budget + 1) : header;
  if (line.endsWith(',')) found.clean = false;
  let equals = -1;
  for (let start = 0; start < line.length;) {
    const comma = line.indexOf(',', start);
    const end = comma === -1 ? line.length : comma;
    if (end > budget || found.members.length === MAX_MEMBERS) {
      found.clean = false;
      return;
    }
    if (equals < start) equals = line.indexOf('=', start);
    if (
      equals > start &&
      equals < end &&
      isAll(TOKEN, line, start, equals) &&
      isWellEncoded(line, equals + 1, end)
    ) {
      const value = line.slice(equals + 1, end);
      found.members.push({ key: line.slice(start, equals), value, properties: undefined });
    } else {
      found.clean = false;
      addMember(line.slice(start, end), found.members);
    }
    start = end + 1;
  }
}

/** Takes a member apart that is not just key and value: with blanks, properties, or characters to be encoded. */
function addMember(text: string, members: RawMember[]): void {
  const semicolon = text.indexOf(';');
  const pair = semicolon === -1 ? text : text.slice(0, semicolon);
  const equals = pair.indexOf('=');
  const key = trimBlanks(pair.slice(0, Math.max(equals, 0)));
  if (key === '' || !isAll(TOKEN, key, 0, key.length)) return;
  const properties = semicolon === -1 ? undefined : trimBlanks(text.slice(semicolon + 1));
  members.push({ key, value: trimBlanks(pair.slice(equals + 1)), properties });
}
