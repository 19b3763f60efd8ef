/**
 * The public methods of a client's resources, as `chat.completions.create`: those of the resources it has as members, and of
 * theirs. What begins with `_` is the client's own.
 */
export function clientMethods(
  client: object,
  isResource: (value: object, name: string) => boolean,
): readonly string[] {
  const methods = new Set<string>();
  const known = new Set<object>();
  const walk = (owner: object, path: readonly string[]): void => {
    if (known.has(owner)) return;
    known.add(owner);
    for (const name of memberNames(owner)) {
      const value = (owner as Record<string, unknown>)[name];
      if (typeof value === 'function' && path.length > 0) methods.add([...path, name].join('.'));
      if (typeof value === 'object' && value !== null && isResource(value, name))
        walk(value, [...path, name]);
    }
  };
  walk(client, []);
  return [...methods].toSorted();
}

function memberNames(owner: object): ReadonlySet<string> {
  const names = new Set<string>();
  for (
    let level: object | null = owner;
    level !== null && level !== Object.prototype;
    level = Object.getPrototypeOf(level) as object | null
  )
    for (const name of Object.getOwnPropertyNames(level))
      if (name !== 'constructor' && !name.startsWith('_')) names.add(name);
  return names;
}

/** Methods that are left alone, each group with the reason: `chat.completions: list retrieve`, or `admin.*` for all below. */
export type LeftMethods = Readonly<Record<string, readonly string[]>>;

/** Those of `methods` that are neither observed nor left, and what is listed as left and is not there or observed after all. */
export function unaccounted(
  methods: readonly string[],
  observed: readonly string[],
  left: LeftMethods,
): { readonly unknown: readonly string[]; readonly stale: readonly string[] } {
  const listed = Object.values(left).flat().flatMap(named);
  const isLeft = (method: string, entry: string): boolean =>
    entry.endsWith('*') ? method.startsWith(entry.slice(0, -1)) : method === entry;
  return {
    unknown: methods.filter(
      (method) => !observed.includes(method) && !listed.some((entry) => isLeft(method, entry)),
    ),
    stale: listed.filter(
      (entry) => observed.includes(entry) || !methods.some((method) => isLeft(method, entry)),
    ),
  };
}

function named(entry: string): readonly string[] {
  const [path = '', methods] = entry.split(': ');
  return methods === undefined ? [path] : methods.split(' ').map((method) => `${path}.${method}`);
}
