/** Where something was found. Never what. */
export interface Finding {
  readonly kind: string;
  /** Relative to where the command runs. */
  readonly file: string;
  /** From 1. Absent in binary files and in JSON that is one document. */
  readonly line: number | undefined;
  /** `span chat of research-desk, trace 5b8a…`, or a path in JSON. */
  readonly where: string;
  readonly count: number;
}

/** Collects findings: the same kind at the same place counts up. */
export class Findings {
  readonly #found = new Map<string, Finding & { count: number }>();

  add(finding: Omit<Finding, 'count'>): void {
    const { kind, file, line, where } = finding;
    const key = JSON.stringify([file, line, where, kind]);
    const known = this.#found.get(key);
    if (known === undefined) this.#found.set(key, { ...finding, count: 1 });
    else known.count++;
  }

  /** Findings, not places. */
  get total(): number {
    return this.all.reduce((sum, { count }) => sum + count, 0);
  }

  get all(): readonly Finding[] {
    return [...this.#found.values()];
  }
}
