/**
 * The indexes of `names` in the order in which they are chosen for `key` (rendezvous hashing): each key has its own
 * order, so that without one of the names only the keys move that had it first.
 */
export function rendezvousOrder(key: string, names: readonly string[]): number[] {
  const scores = names.map((name) => hash(name, hash(key, 0x811c9dc5)));
  return scores.map((_, index) => index).toSorted((a, b) => scores[b]! - scores[a]!);
}

/** FNV-1a with a finish that mixes the last characters into all bits. */
function hash(text: string, seed: number): number {
  let value = seed;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
