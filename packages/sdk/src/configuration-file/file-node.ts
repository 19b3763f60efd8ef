import { nameOf, type Path, type Problems } from './problems.ts';

/** One value of a file, and where it stands. */
export class FileNode {
  readonly value: unknown;
  readonly path: Path;
  readonly problems: Problems;

  constructor(value: unknown, path: Path, problems: Problems) {
    this.value = value;
    this.path = path;
    this.problems = problems;
  }

  get name(): string {
    return nameOf(this.path);
  }

  /** Absent, or `null`, which the schema takes for the same. */
  get isAbsent(): boolean {
    return this.value === undefined || this.value === null;
  }

  at(key: string | number, value: unknown): FileNode {
    return new FileNode(value, [...this.path, key], this.problems);
  }

  /** Notes that this cannot be used. The value is not printed: it may come from a variable that holds a secret. */
  invalid(use: string): undefined {
    this.problems.invalid(this.path, `${this.name} is ${kindOf(this.value)}: use ${use}`);
  }
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return value === '' ? 'empty text' : 'text that does not fit';
  if (typeof value === 'number') return `the number ${value}`;
  return `the value ${value === true}`;
}
