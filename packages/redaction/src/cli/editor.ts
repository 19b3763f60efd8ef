/** A map or a list that was read from a file. */
export type Container = Readonly<Record<string, unknown>> | readonly unknown[];

/** Changes what was read where it stands, so that everything else is written as it was. */
export interface Editor {
  /** Members that a later one of the same name hides, each in a map of its own. */
  hidden(map: Container): readonly Readonly<Record<string, unknown>>[];
  set(container: Container, key: string | number, value: unknown): void;
  rename(map: Container, key: string, name: string): void;
  remove(container: Container, key: string | number): void;
}
