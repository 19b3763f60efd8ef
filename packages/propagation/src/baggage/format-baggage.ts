import type { Baggage, BaggageEntry } from '@opentelemetry/api';
import { isAll, TOKEN } from './characters.ts';
import { HeaderBaggage } from './header-baggage.ts';
import { MAX_BYTES, MAX_MEMBERS } from './limits.ts';
import { percentEncode } from './percent-encoding.ts';

/**
 * Writes a W3C `baggage` header; empty where there is nothing to write. Left out, always as whole members: keys that
 * are not in `allowed`, keys that the header cannot carry, and what does not fit into 180 members and 8192 bytes.
 */
export function formatBaggage(baggage: Baggage, allowed?: ReadonlySet<string>): string {
  if (allowed === undefined) {
    const received = HeaderBaggage.headerOf(baggage);
    if (received !== undefined) return received;
  }
  const members: string[] = [];
  // The comma in front of the first member is not written.
  let length = -1;
  for (const [key, entry] of baggage.getAllEntries()) {
    if (allowed !== undefined && !allowed.has(key)) continue;
    const member = memberOf(key, entry);
    if (member === undefined || length + member.length + 1 > MAX_BYTES) continue;
    length += member.length + 1;
    if (members.push(member) === MAX_MEMBERS) break;
  }
  return members.join(',');
}

function memberOf(key: string, { value, metadata }: BaggageEntry): string | undefined {
  // Encoding only makes it longer, so what cannot fit is not worth encoding.
  if (typeof value !== 'string' || key.length + value.length >= MAX_BYTES) return undefined;
  if (key === '' || !isAll(TOKEN, key, 0, key.length)) return undefined;
  const member = `${key}=${percentEncode(value)}`;
  return metadata === undefined ? member : withProperties(member, metadata.toString());
}

function withProperties(member: string, properties: string): string {
  // Properties are passed on as they came. A comma or a control character in them would be another member or header.
  return properties === '' || !/^[!-+\--~ \t]*$/.test(properties)
    ? member
    : `${member};${properties}`;
}
