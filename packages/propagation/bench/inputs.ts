import { randomBytes } from 'node:crypto';

/** How many different inputs a bench goes through, so that no single one is remembered. A power of two. */
export const INPUTS = 1024;

/** A string as a socket delivers it: in one piece, and not shared with another string. */
export function fromTheWire(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

export const traceparents: readonly string[] = Array.from({ length: INPUTS }, (_, at) =>
  fromTheWire(`00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-0${at & 1}`),
);

/** The headers of a common request, without those of the trace. */
export const requestHeaders = {
  host: 'api.example.com',
  'user-agent': 'node',
  accept: '*/*',
  'content-type': 'application/json',
  'content-length': '812',
  'x-request-id': 'r-1',
  connection: 'keep-alive',
  'accept-encoding': 'gzip',
  'x-forwarded-for': '192.0.2.1',
};

/** Calls with 0, 1, 2 … up to `INPUTS` and from the start again. */
export function inTurn<T>(work: (at: number) => T): () => T {
  let at = 0;
  return () => work((at = (at + 1) & (INPUTS - 1)));
}
