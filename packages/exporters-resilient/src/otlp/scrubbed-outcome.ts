import type { Outcome } from '../delivery/sender.ts';
import { withoutLikelySecrets } from './likely-secrets.ts';

const PRINTED_MESSAGE = 200;
// So much that what is printed never ends in the middle of what was cut off.
const LOOKED_AT = 4096;

/** An outcome whose texts may be printed: without secrets that a receiver quotes, and short. */
export function scrubbedOutcome(outcome: Outcome, scrub: (text: string) => string): Outcome {
  const printable = (text: string | undefined): string | undefined =>
    text === undefined || text === '' ? text : shown(scrub(text));
  if (outcome.kind === 'refused' || outcome.kind === 'too_large')
    return { ...outcome, message: printable(outcome.message ?? '')! };
  if (outcome.kind === 'retry' && outcome.detail !== undefined)
    return { ...outcome, detail: printable(outcome.detail) };
  if (outcome.kind !== 'delivered') return outcome;
  const { message = '', unread } = outcome;
  if (message === '' && unread === undefined) return outcome;
  return { ...outcome, message: printable(message)!, unread: printable(unread) };
}

function shown(text: string): string {
  const isCut = text.length > LOOKED_AT;
  const looked = withoutLikelySecrets(isCut ? text.slice(0, LOOKED_AT) : text);
  return (isCut ? looked.replace(/\S*$/, '') : looked).slice(0, PRINTED_MESSAGE);
}
