import type { Container, Editor } from '../editor.ts';

/** Changes a decoded message itself. It was read for that. */
export class DecodedEdits implements Editor {
  readonly #removed = new Map<unknown[], Set<number>>();
  /** Whether anything was changed. */
  changed = false;

  hidden(): readonly Readonly<Record<string, unknown>>[] {
    return [];
  }

  set(container: Container, key: string | number, value: unknown): void {
    (container as Record<string | number, unknown>)[key] = value;
    this.changed = true;
  }

  rename(map: Container, key: string, name: string): void {
    const members = map as Record<string, unknown>;
    members[name] = members[key];
    this.remove(map, key);
  }

  /** Items of lists go with `finish`: until then the others keep their places. */
  remove(container: Container, key: string | number): void {
    this.changed = true;
    if (typeof key === 'string') {
      delete (container as Record<string, unknown>)[key];
      return;
    }
    const list = container as unknown[];
    const known = this.#removed.get(list);
    if (known === undefined) this.#removed.set(list, new Set([key]));
    else known.add(key);
  }

  finish(): void {
    for (const [list, removed] of this.#removed) {
      const kept = list.filter((_, index) => !removed.has(index));
      list.splice(0, list.length, ...kept);
    }
  }
}
