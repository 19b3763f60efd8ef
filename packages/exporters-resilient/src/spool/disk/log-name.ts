import type { Signal } from '@llm-otel/core';
import { isSensitivity, type Sensitivity } from '../sensitivity.ts';
import { checksum } from './record-header.ts';

/** What a log holds, and whose it is: the name of its folder says both. */
export interface LogName {
  readonly destination: string;
  readonly signal: Signal;
  readonly sensitivity: Sensitivity;
  /** Of dead letters: why the receiver refused them, as the ledger counts it. */
  readonly refusedBecause?: string | undefined;
  readonly owner: string;
  /** Several logs of a kind may come to one owner. */
  readonly index: number;
}

const PATTERN = /^([\w%-]+)\.(traces|metrics|logs)\.([a-z]+)(?:\.([\w-]+))?@([\w-]+)\.(\d+)$/;
const LONGEST = 150;

/** `collector.traces.internal@4711-1f3a.0`; of dead letters `collector.traces.internal.http_400@4711-1f3a.1` */
export function formatLogName(name: LogName): string {
  const { destination, signal, sensitivity, refusedBecause, owner, index } = name;
  const kind = refusedBecause === undefined ? '' : `.${refusedBecause}`;
  return `${encode(destination)}.${signal}.${sensitivity}${kind}@${owner}.${index}`;
}

/** Undefined for the name of anything else. */
export function parseLogName(name: string): LogName | undefined {
  const [, encoded = '', signal, sensitivity, refusedBecause, owner = '', index] =
    PATTERN.exec(name) ?? [];
  if (signal === undefined || !isSensitivity(sensitivity)) return undefined;
  const destination = decode(encoded);
  if (destination === undefined) return undefined;
  return {
    destination,
    signal: signal as Signal,
    sensitivity,
    refusedBecause,
    owner,
    index: Number(index),
  };
}

/**
 * The name of a destination as logs have it: whole, where its folder can bear that, else its beginning and a checksum of all
 * of it. The same for a name that is stored already.
 */
export function storedName(destination: string): string {
  if (encode(destination).length <= LONGEST) return destination;
  let start = '';
  let length = 0;
  for (const character of destination) {
    length += encode(character).length;
    if (length > LONGEST - 10) break;
    start += character;
  }
  return `${start}-${checksum(Buffer.from(destination)).toString(16)}`;
}

/** Names of destinations are for people, and may hold what a file system does not take. */
function encode(destination: string): string {
  const bytes = new TextEncoder().encode(destination);
  let encoded = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    encoded += /[\w-]/.test(character) ? character : `%${byte.toString(16).padStart(2, '0')}`;
  }
  return encoded;
}

function decode(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
