import { AttemptError } from './attempt-error.ts';
import { failureCode } from './failure-code.ts';
import type { Outcome } from './sender.ts';

/** Of an attempt that threw: what went wrong may be over at the next one. */
export function failedOutcome(error: unknown): Outcome {
  const reason = failureCode(error);
  return error instanceof AttemptError
    ? { kind: 'retry', reason, detail: error.message }
    : { kind: 'retry', reason };
}
