import { httpOutcome, type TransportResponse } from '@llm-otel/exporters-resilient';
import { withoutSecrets } from './endpoint-findings.ts';
import type { Finding } from './finding.ts';
import { type AskedReceiver, endpointName } from './receiver-names.ts';

const MAX_PRINTED = 80;
const BRACE = 0x7b;

/** What is wrong with an answer that says all is well: it is judged as those to exports are. */
export function successFindings(otlp: AskedReceiver, response: TransportResponse): Finding[] {
  const shown = withoutSecrets(otlp.url);
  const type = response.header('content-type') ?? '';
  // Some say nothing of what they answer with.
  const header = (name: string): string | undefined =>
    response.header(name) ??
    (name === 'content-type' && response.body[0] === BRACE ? 'application/json' : undefined);
  const outcome = httpOutcome({ ...response, header }, 0);
  const { rejected = 0, message = '' } = outcome.kind === 'delivered' ? outcome : {};
  if (rejected > 0 || message !== '') {
    return [
      {
        id: 'partial-success',
        severity: 'warning',
        what: `${shown} answers a request without anything in it with a partial success${quoted(message)}`,
        why: 'it says so of every request: it takes a part of what is sent, or warns of something',
        fix: 'look at what it says, and at its settings',
      },
    ];
  }
  // Text that happens to be well-formed protobuf is text all the same.
  const isRead = outcome.kind === 'delivered' && outcome.unread === undefined;
  if (isRead && !(response.body.length > 0 && /^\s*text\//i.test(type))) return [];
  return [
    {
      id: 'wrong-endpoint',
      severity: 'warning',
      what: `${shown} answers ${response.status}${type === '' ? '' : ` (${type})`} with what is no answer of OTLP${quoted(textOf(response.body))}`,
      why: 'it is most likely no receiver: what is sent there counts as delivered, and nobody has it',
      fix: `name the receiver in ${endpointName(otlp)}`,
    },
  ];
}

function textOf(body: Uint8Array): string {
  // oxlint-disable-next-line no-control-regex -- of another server, for a terminal
  return new TextDecoder().decode(body).replaceAll(/[\u0000-\u001f\u007f-\u009f\ufffd]+/g, ' ');
}

function quoted(text: string): string {
  const short = text.trim().slice(0, MAX_PRINTED);
  return short === '' ? '' : `: “${short}”`;
}
