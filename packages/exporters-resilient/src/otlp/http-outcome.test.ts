import { expect, test } from 'vitest';
import { httpOutcome } from './http-outcome.ts';

const NOW = Date.UTC(2026, 0, 1);

test.each([0, 3_600_000, -3_600_000])(
  'a Retry-After date is of the clock of the receiver: how far ours is off (%i ms) does not matter',
  (off) => {
    const headers: Record<string, string> = {
      date: new Date(NOW).toUTCString(),
      'retry-after': new Date(NOW + 2000).toUTCString(),
    };
    const response = {
      status: 429,
      header: (name: string) => headers[name],
      body: new Uint8Array(),
    };

    expect(httpOutcome(response, NOW + off)).toMatchObject({ kind: 'retry', afterMillis: 2000 });
  },
);

test('without a Date of the receiver our clock is all there is', () => {
  const header = (name: string): string | undefined =>
    name === 'retry-after' ? new Date(NOW + 2000).toUTCString() : undefined;

  const outcome = httpOutcome({ status: 503, header, body: new Uint8Array() }, NOW - 1000);

  expect(outcome).toMatchObject({ afterMillis: 3000 });
});

test.each([429, 502, 503, 504])('Retry-After of %i is obeyed', (status) => {
  const header = (name: string): string | undefined => (name === 'retry-after' ? '7' : undefined);

  const outcome = httpOutcome({ status, header, body: new Uint8Array() }, NOW);

  expect(outcome).toMatchObject({ kind: 'retry', afterMillis: 7000 });
});

const answered = (status: number): string =>
  httpOutcome({ status, header: () => undefined, body: new Uint8Array() }, NOW).kind;
const statuses = Array.from({ length: 200 }, (_, index) => 400 + index);

test('of all statuses from 400 to 599 only 429, 502, 503 and 504 are tried again, and 407, which is of a proxy', () => {
  expect(statuses.filter((status) => answered(status) === 'retry')).toEqual([
    407, 429, 502, 503, 504,
  ]);
  expect(statuses.filter((status) => answered(status) === 'too_large')).toEqual([413]);
});
