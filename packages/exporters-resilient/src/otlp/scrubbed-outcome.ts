import type { Outcome } from '../delivery/sender.ts';

const PRINTED_MESSAGE = 200;

/** An outcome whose texts may be printed: without secrets that a receiver quotes, and short. */
export function scrubbedOutcome(outcome: Outcome, scrub: (text: string) => string): Outcome {
  const printable = (text: string | undefined): string | undefined =>
    text === undefined || text === '' ? text : scrub(text).slice(0, PRINTED_MESSAGE);
  if (outcome.kind === 'refused' || outcome.kind === 'too_large')
    return { ...outcome, message: printable(outcome.message ?? '')! };
  if (outcome.kind === 'retry' && outcome.detail !== undefined)
    return { ...outcome, detail: printable(outcome.detail) };
  if (outcome.kind !== 'delivered') return outcome;
  const { message = '', unread } = outcome;
  if (message === '' && unread === undefined) return outcome;
  return { ...outcome, message: printable(message)!, unread: printable(unread) };
}
