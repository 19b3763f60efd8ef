import type { OtlpSettings } from '@llm-otel/core/setup';
import type { Finding } from './finding.ts';
import { type AskedReceiver, endpointName, headersName, protocolName } from './receiver-names.ts';

export const TIMEOUT_MILLIS = 5000;
const MAX_SKEW_MILLIS = 5000;

/** Why nothing came back. */
export function unreachable(otlp: AskedReceiver, error: unknown): Finding {
  const { url } = otlp;
  const { code = '', name, message } = error as Partial<NodeJS.ErrnoException>;
  const shown = withoutSecrets(url);
  // A server of gRPC answers HTTP/1.1 with frames of HTTP/2.
  if (code.startsWith('HPE_') || /Parse Error/.test(message ?? '')) {
    return {
      id: 'wrong-protocol',
      severity: 'error',
      what: `${shown} does not speak HTTP/1.1 (${code || message})`,
      why: 'most likely it is a receiver of OTLP over gRPC; every request of OTLP over HTTP fails there',
      fix: `send to the HTTP port of the receiver, 4318 unless it was changed (4317 is the one of gRPC), or name gRPC in ${protocolName(otlp)}`,
    };
  }
  const reason =
    name === 'TimeoutError' || name === 'AbortError'
      ? `no answer in ${TIMEOUT_MILLIS} ms`
      : code || String(message);
  const isTls = /^(tls_files|ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO)/.test(
    code,
  );
  return {
    id: isTls ? 'endpoint-tls' : 'endpoint-unreachable',
    severity: 'error',
    what: `${shown} cannot be reached: ${reason}`,
    why: 'what is sent there waits, is tried again, and is dropped in the end; the application does not notice',
    fix: isTls
      ? 'check the certificate of the receiver, and whether the endpoint should start with http:// or https://'
      : `start the receiver, or name the right one in ${endpointName(otlp)}`,
  };
}

/** Whether the receiver has another time than this machine. */
export function skewFindings(
  { url }: OtlpSettings,
  { date }: { readonly date: string | undefined },
  now: number,
): Finding[] {
  const skew = now - Date.parse(date ?? '');
  // The header has whole seconds.
  if (!Number.isFinite(skew) || Math.abs(skew) <= MAX_SKEW_MILLIS + 1000) return [];
  const seconds = Math.round(Math.abs(skew) / 1000);
  return [
    {
      id: 'clock-skew',
      severity: 'warning',
      what: `the clock here is ${seconds} s ${skew > 0 ? 'ahead of' : 'behind'} that of ${withoutSecrets(url)}`,
      why: 'spans of one trace from several machines do not line up, and a back end may refuse what seems to be of tomorrow',
      fix: 'synchronise both with NTP',
    },
  ];
}

/** Without user, password and query, which may hold a key. */
export function withoutSecrets(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** It does not know us. `what` is what it does: `answers 401`. */
export function unauthorized(otlp: AskedReceiver, what: string): Finding {
  return {
    id: 'endpoint-unauthorized',
    severity: 'error',
    what: `${withoutSecrets(otlp.url)} ${what}`,
    why: 'every request is refused in the same way, and what it holds is lost',
    fix: `set the key in ${headersName(otlp)}${otlp.hasFile === true ? '' : ', for example authorization=Bearer%20…'}`,
  };
}

/** It is the right one, and cannot. */
export function unhealthy({ url }: OtlpSettings, what: string): Finding {
  return {
    id: 'endpoint-unhealthy',
    severity: 'warning',
    what: `${withoutSecrets(url)} ${what}`,
    why: 'the receiver is there and cannot take anything now',
    fix: 'look at the receiver',
  };
}
