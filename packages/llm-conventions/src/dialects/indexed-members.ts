import { toText } from '../read-member.ts';

/** A member of a list that is spread over attributes: its members by their names. */
export type IndexedMember = ReadonlyMap<string, unknown>;

// A list as long is a mistake, or an attack.
const MAX_INDEX = 10_000;

/**
 * Lists spread over attributes, `0.role`, `0.content`, `1.role`, …, put together again, in the order of the numbers and
 * without their gaps.
 */
export function indexedMembers(flat: ReadonlyMap<string, unknown>): IndexedMember[] {
  const members = new Map<number, Map<string, unknown>>();
  for (const [name, value] of flat) {
    const dot = name.indexOf('.');
    const index = Number(dot === -1 ? name : name.slice(0, dot));
    if (!Number.isInteger(index) || index < 0 || index > MAX_INDEX) continue;
    let member = members.get(index);
    if (member === undefined) members.set(index, (member = new Map()));
    member.set(dot === -1 ? '' : name.slice(dot + 1), value);
  }
  return [...members].toSorted(([a], [b]) => a - b).map(([, member]) => member);
}

/** The members of `member` whose names start with `prefix`, without it. */
export function membersOf(member: IndexedMember, prefix: string): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [name, value] of member)
    if (name.startsWith(prefix)) found.set(name.slice(prefix.length), value);
  return found;
}

export function stringOf(member: IndexedMember, name: string): string | undefined {
  return toText(member.get(name));
}
