import type { Baggage, BaggageEntry } from '@opentelemetry/api';
import { isToken } from './characters.ts';
import { MAX_BYTES, MAX_MEMBERS } from './limits.ts';
import { percentEncode } from './percent-encoding.ts';

/**
 * Writes a W3C `baggage` header; empty where there is nothing to write. Left out, always as whole members: keys that
 * are not in `allowed`, keys that the header cannot carry, and what does not fit into 180 members and 8192 bytes.
 */
export function formatBaggage(baggage: Baggage, allowed?: ReadonlySet<string>): string {
  let header = '';
  let members = 0;
  for (const [key, entry] of baggage.getAllEntries()) {
    if (allowed !== undefined && !allowed.has(key)) continue;
    const member = memberOf(key, entry);
    if (member === undefined) continue;
    const length = header.length + member.length + (members === 0 ? 0 : 1);
    if (length > MAX_BYTES) continue;
    header = members === 0 ? member : `${header},${member}`;
    if (++members === MAX_MEMBERS) break;
  }
  return header;
}

function memberOf(key: string, { value, metadata }: BaggageEntry): string | undefined {
  // Encoding only makes it longer, so what cannot fit is not worth encoding.
  if (typeof value !== 'string' || key.length + value.length >= MAX_BYTES) return undefined;
  if (!isToken(key, 0, key.length)) return undefined;
  const member = `${key}=${percentEncode(value)}`;
  return metadata === undefined ? member : withProperties(member, metadata.toString());
}

function withProperties(member: string, properties: string): string {
  // Properties are passed on as they came. A comma or a control character in them would be another member or header.
  return properties === '' || !/^[!-+\--~ \t]*$/.test(properties)
    ? member
    : `${member};${properties}`;
}
