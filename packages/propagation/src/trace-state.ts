import type { TraceState } from '@opentelemetry/api';

const MAX_MEMBERS = 32;
const MAX_LENGTH = 512;
// Members longer than this go first when the list is too long.
const LARGE_MEMBER_LENGTH = 128;
const KEY = /^[a-z0-9][a-z0-9_\-*/@]{0,255}$/;
// Printable ASCII without `,` and `=`, not ending in a space.
const VALUE = /^[ -+\--<>-~]{0,255}[!-+\--<>-~]$/;

interface Member {
  readonly key: string;
  readonly value: string;
}

/**
 * A W3C `tracestate` list, newest member first. It is read when something is asked of it, so passing a request on
 * costs nothing here. A malformed member is left out, of two with one key the first counts, and a list of more
 * than 32 members is no list at all. Immutable.
 */
export class HeaderTraceState implements TraceState {
  readonly #header: string;
  #members: readonly Member[] | undefined;
  #text: string | undefined;

  constructor(header: string = '', members?: readonly Member[]) {
    this.#header = header;
    this.#members = members;
  }

  get(key: string): string | undefined {
    return this.#read().find((member) => member.key === key)?.value;
  }

  /**
   * A list with the member in front. Where the list would be too long, members of more than 128 characters give way
   * first, then the oldest. The same list where `key` or `value` is not valid.
   */
  set(key: string, value: string): HeaderTraceState {
    if (!KEY.test(key) || !VALUE.test(value) || key.length + value.length >= MAX_LENGTH)
      return this;
    const others = this.#read().filter((member) => member.key !== key);
    return new HeaderTraceState('', withinLimits([{ key, value }, ...others]));
  }

  unset(key: string): HeaderTraceState {
    const members = this.#read();
    const others = members.filter((member) => member.key !== key);
    return others.length === members.length ? this : new HeaderTraceState('', others);
  }

  serialize(): string {
    return (this.#text ??= this.#read()
      .map(({ key, value }) => `${key}=${value}`)
      .join(','));
  }

  #read(): readonly Member[] {
    return (this.#members ??= withinLimits(parseMembers(this.#header)));
  }
}

function parseMembers(header: string): readonly Member[] {
  const members: Member[] = [];
  const seen = new Set<string>();
  let listed = 0;
  for (let start = 0; start <= header.length;) {
    const comma = header.indexOf(',', start);
    const end = comma === -1 ? header.length : comma;
    const text = header.slice(start, end).trim();
    start = end + 1;
    // Empty members are allowed and do not count.
    if (text === '') continue;
    if (++listed > MAX_MEMBERS) return [];
    const equals = text.indexOf('=');
    const key = text.slice(0, Math.max(equals, 0));
    const value = text.slice(equals + 1);
    if (!seen.has(key) && KEY.test(key) && VALUE.test(value)) {
      seen.add(key);
      members.push({ key, value });
    }
  }
  return members;
}

/** `members` without those that have to go, the first one excepted. Order is kept. */
function withinLimits(members: readonly Member[]): readonly Member[] {
  let excess = totalLength(members) - MAX_LENGTH;
  if (excess <= 0 && members.length <= MAX_MEMBERS) return members;
  const kept = members.slice(0, MAX_MEMBERS);
  excess = totalLength(kept) - MAX_LENGTH;
  for (const minimum of [LARGE_MEMBER_LENGTH, 0]) {
    for (let at = kept.length - 1; at >= 1 && excess > 0; at--) {
      const length = lengthOf(kept[at] as Member);
      if (length <= minimum) continue;
      kept.splice(at, 1);
      excess -= length + 1;
    }
  }
  // One member of a key and a value of 256 characters is still one too long.
  return excess > 0 ? [] : kept;
}

function lengthOf({ key, value }: Member): number {
  return key.length + 1 + value.length;
}

function totalLength(members: readonly Member[]): number {
  return members.reduce((length, member) => length + lengthOf(member) + 1, -1);
}
