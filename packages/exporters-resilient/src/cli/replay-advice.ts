import type { Stopped } from './replay-receiver.ts';

const ADVICE: Readonly<Record<string, string>> = {
  http_401:
    'it wants to know who you are: --header authorization=..., or OTEL_EXPORTER_OTLP_HEADERS',
  http_403:
    'these credentials may not write there: --header authorization=..., or OTEL_EXPORTER_OTLP_HEADERS',
  http_404: 'nothing takes OTLP there: --endpoint is the base URL, /v1/<signal> is added to it',
  http_405: 'nothing takes OTLP there: --endpoint is the base URL, /v1/<signal> is added to it',
  http_407: 'a proxy wants credentials',
  http_415: 'it does not take OTLP protobuf: send it to a Collector that passes it on',
  http_429: 'it has no room now: try again later',
  not_otlp:
    'that is no answer of an OTLP receiver but a web page, of a login, a proxy or another service, and nobody has taken what was sent: look at --endpoint',
  ECONNREFUSED: 'nothing listens there: start the receiver, or name another with --endpoint',
  ENOTFOUND: 'there is no host of that name: --endpoint',
};

/** What somebody at a terminal can do about the answer that ended a replay. */
export function replayAdvice(url: string, { reason, message }: Stopped): string {
  const said = message === '' ? '' : `, ${JSON.stringify(message)}`;
  return `${url} answered ${reason}${said}: ${adviceOf(reason)}. What has not arrived is where it was`;
}

function adviceOf(reason: string): string {
  if (reason.startsWith('http_3'))
    return 'it sends you elsewhere, and a redirect is not followed, for it would take the headers along: name that address with --endpoint';
  if (reason.startsWith('http_5') && !Object.hasOwn(ADVICE, reason))
    return 'it is in trouble: look at its log, and try again later';
  return ADVICE[reason] ?? 'look at the log of the receiver, and at --endpoint';
}
