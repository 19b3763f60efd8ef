import type { Baggage, BaggageEntry } from '@opentelemetry/api';
import { isAll, TOKEN } from './characters.ts';
import { HeaderBaggage } from './header-baggage.ts';
import { MAX_BYTES, MAX_MEMBERS } from './limits.ts';
import { percentEncode } from './percent-encoding.ts';

/**
 * Writes a W3C `baggage` header, in the order of `allowed` where it is given; empty where there is nothing to write.
 * Left out, always as whole members: keys that are not in `allowed`, keys that the header cannot carry, and what does not fit into 180 members and 8192 bytes.
 */
export function formatBaggage(baggage: Baggage, allowed?: ReadonlySet<string>): string {
  if (allowed === undefined) {
    const received = HeaderBaggage.headerOf(baggage);
    if (received !== undefined) return received;
  }
  let header = '';
  let count = 0;
  // The keys on the list are few, and asking for one decodes and copies no other.
  for (const [key, entry] of allowed === undefined
    ? baggage.getAllEntries()
    : listed(baggage, allowed)) {
    const member = memberOf(key, entry);
    if (member === undefined) continue;
    const comma = count === 0 ? '' : ',';
    if (header.length + comma.length + member.length > MAX_BYTES) continue;
    header += comma + member;
    if (++count === MAX_MEMBERS) break;
  }
  return header;
}

function* listed(
  baggage: Baggage,
  allowed: ReadonlySet<string>,
): Generator<readonly [string, BaggageEntry]> {
  for (const key of allowed) {
    const entry = baggage.getEntry(key);
    if (entry !== undefined) yield [key, entry];
  }
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
