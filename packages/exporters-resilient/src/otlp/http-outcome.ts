import type { Outcome } from '../delivery/sender.ts';
import type { ResponseHead, TransportResponse } from '../transport/transport.ts';
import { readPartialSuccess } from './partial-success.ts';
import { readRetryAfter } from './retry-after.ts';
import { saysTooLarge } from './too-large.ts';
import { claimsWebPage, isWebPage } from './web-page.ts';

const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const PRINTED_TYPE = 60;

/** What the OTLP specification says to do about an answer. Texts of the receiver are in it as they came. */
export function httpOutcome(response: TransportResponse, epochMillis: number): Outcome {
  const { status, body } = response;
  if (!isSuccess(status)) return failure(response, epochMillis, textOf(body));
  // Nobody has decoded it, whatever the status says: it is kept for a receiver, who may be there later.
  if (isWebPage(body)) return notOtlp(response);
  const type = contentType(response);
  const { rejected, message, isReadable } = readPartialSuccess(body, type);
  if (isReadable && response.isTorn !== true) return { kind: 'delivered', rejected, message };
  const what = response.isTorn === true ? 'did not arrive in full' : 'is not one of OTLP';
  return { kind: 'delivered', rejected, message, unread: `${what} (${status}, ${typeName(type)})` };
}

/** The same as far as the head of an answer says it, for the case that its body never comes. */
export function expectedOutcome(head: ResponseHead, epochMillis: number): Outcome {
  if (!isSuccess(head.status)) return failure(head, epochMillis, '');
  const type = contentType(head);
  if (claimsWebPage(type)) return notOtlp(head);
  return { kind: 'delivered', unread: `did not arrive (${head.status}, ${typeName(type)})` };
}

function failure(head: ResponseHead, epochMillis: number, message: string): Outcome {
  const { status } = head;
  const reason = `http_${status}`;
  if (status === 413 || (status === 400 && saysTooLarge(message)))
    return { kind: 'too_large', reason, message };
  if (RETRYABLE.has(status)) {
    const afterMillis = readRetryAfter(
      head.header('retry-after'),
      dateOf(head.header('date')) ?? epochMillis,
    );
    return { kind: 'retry', reason, afterMillis };
  }
  // The proxy and not the receiver: a failure to connect.
  if (status === 407) return { kind: 'retry', reason };
  // Nothing was taken, and a token must not go to wherever it points: not lost before its time, in case that is put right.
  if (status < 400) return { kind: 'retry', reason, detail: redirectDetail(head) };
  return { kind: 'refused', reason, message };
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;
const contentType = (head: ResponseHead): string | undefined => head.header('content-type');

function notOtlp(head: ResponseHead): Outcome {
  const detail = `${head.status}, ${typeName(contentType(head))}`;
  return { kind: 'retry', reason: 'not_otlp', detail };
}

function typeName(type: string | undefined): string {
  return type === undefined ? 'no content type' : type.slice(0, PRINTED_TYPE);
}

/** Where it points, without path and query: those of a login may hold anything. */
function redirectDetail(head: ResponseHead): string | undefined {
  const location = head.header('location') ?? '';
  return URL.canParse(location)
    ? `points to ${new URL(location).origin}, redirects are not followed`
    : 'redirects are not followed';
}

/** The body of an answer, where it looks like text: error pages are, protobuf is not. */
function textOf(body: Uint8Array): string {
  const text = new TextDecoder().decode(body);
  // oxlint-disable-next-line no-control-regex -- control characters are what tells protobuf from text
  return text.replaceAll(/[\u0000-\u001f\u007f\ufffd]+/g, ' ').trim();
}

/** When the receiver answered, by its own clock: a date that it names is of that clock, and ours may be wrong. */
function dateOf(header: string | undefined): number | undefined {
  const date = Date.parse(header ?? '');
  return Number.isNaN(date) ? undefined : date;
}
