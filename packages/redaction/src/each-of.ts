/** The same list when nothing in it changed. */
export function eachOf<T>(list: T[], change: (item: T) => T): T[] {
  let copy: T[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const changed = change(list[index]!);
    if (!Object.is(changed, list[index])) (copy ??= [...list])[index] = changed;
  }
  return copy ?? list;
}
