import type { Scan } from '../engine/scan.ts';
import { isPairedSecret } from '../keys/paired-value.ts';
import type { Name } from './sensitive-key.ts';

/** `${NAME:-`, and the value behind it up to the bracket. */
const DEFAULT = /["']?\$\{\w{1,64}:?[-=](?=[^$}\s])/y;
const INSIDE = /["']?([^{}"'\s]{1,256})["']?\}/y;

/**
 * What a shell takes where a variable is not set: `PASSWORD=${PW:-word}`, and from the name inside `${PASSWORD:-word}`.
 * `undefined` when the value is written in another way.
 */
export function findDefault(scan: Scan, start: number, name: Name): boolean | undefined {
  const { text } = scan;
  if (name.before === '{' && text[name.start - 2] === '$' && name.end + 1 === start) {
    if ('?+'.includes(text.charAt(start) || '-')) return false;
    if ('-='.includes(text.charAt(start) || '?')) return note(scan, start + 1, name);
    // `${db.password:word}` of Spring. `${name:0:3}` is a part of a variable.
    return name.key.includes('.') && text[start] !== '$' ? note(scan, start, name) : undefined;
  }
  const isExpanded = text[start] === '$' || text[start + 1] === '$';
  if (!isExpanded) return undefined;
  DEFAULT.lastIndex = start;
  return DEFAULT.test(text) ? note(scan, DEFAULT.lastIndex, name) : undefined;
}

function note(scan: Scan, from: number, name: Name): boolean {
  INSIDE.lastIndex = from;
  const value = INSIDE.exec(scan.text)?.[1];
  if (value === undefined) return false;
  const start = scan.text.indexOf(value, from);
  const end = start + value.length;
  const isSecret =
    name.decision === 'block' || isPairedSecret(name.decision, scan.text, start, end);
  return isSecret && scan.found('sensitive_key', start, end);
}
