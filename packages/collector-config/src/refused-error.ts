import type { Clause } from './clause.ts';

/** A policy asks for something that a Collector cannot do, and approximations were not allowed. */
export class RefusedError extends Error {
  readonly code = 'LLM_OTEL_COLLECTOR_REFUSED';
  /** All of the policy, as those of a result; the message has the refused ones. */
  readonly clauses: readonly Clause[];

  constructor(clauses: readonly Clause[]) {
    const lines = clauses
      .filter(({ fidelity }) => fidelity === 'refused')
      .map(({ at, note, use }) => `  ${at}: ${use} (otherwise: ${note})`);
    super(
      `a Collector cannot do all of it:\n${lines.join('\n')}\nor allow the approximations with allowApproximate`,
    );
    this.name = 'RefusedError';
    this.clauses = clauses;
  }

  // By its code and not instanceof: two copies of this package may be installed.
  static is(error: unknown): error is RefusedError {
    return error instanceof Error && 'code' in error && error.code === 'LLM_OTEL_COLLECTOR_REFUSED';
  }
}
