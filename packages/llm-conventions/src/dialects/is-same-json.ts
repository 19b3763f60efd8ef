/** Deeper values are of no use to anybody, and would exhaust the stack. */
const MAX_DEPTH = 200;

/**
 * Whether two values of JSON are the same, in whatever order their members are. A member that is undefined is none. Of
 * values that are nested too deep nobody can tell: they are not.
 */
export function isSameJson(one: unknown, other: unknown, depth = 0): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return false;
  if (depth >= MAX_DEPTH) return false;
  if (Array.isArray(one) || Array.isArray(other))
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => isSameJson(item, other[index], depth + 1))
    );
  const members = membersOf(one);
  const others = new Map(membersOf(other));
  return (
    members.length === others.size &&
    members.every(
      ([name, value]) => others.has(name) && isSameJson(value, others.get(name), depth + 1),
    )
  );
}

function membersOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, member]) => member !== undefined);
}
