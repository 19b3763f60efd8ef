import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Environment } from '@llm-otel/core';
import { otlpSettings, type OtlpSettings } from '@llm-otel/core/setup';
import { readSettings } from './check-environment.ts';
import type { CheckOutcome, Finding } from './finding.ts';

const CHECK = 'the receiver';
const TIMEOUT_MILLIS = 5000;
const MAX_SKEW_MILLIS = 5000;

/** What a receiver answered to an empty request. */
interface Answer {
  readonly status: number;
  readonly date: string | undefined;
  readonly contentType: string;
}

/** Whether the receiver is there, speaks the protocol that is set, lets us in, and has the same time. */
export async function checkEndpoint(
  environment: Environment,
  now: () => number,
): Promise<CheckOutcome> {
  const { settings } = readSettings(environment);
  const exporters = settings.tracesExporters;
  if (exporters !== undefined && !exporters.includes('otlp')) {
    return {
      check: CHECK,
      findings: [],
      skipped: `OTEL_TRACES_EXPORTER is ${exporters.join(', ')}`,
    };
  }
  const otlp = otlpSettings('traces', settings);
  try {
    const answer = await post(otlp);
    if (otlp.protocol === 'grpc') return { check: CHECK, findings: [notGrpc(otlp, answer)] };
    return {
      check: CHECK,
      findings: [...statusFindings(otlp, answer), ...skewFindings(otlp, answer, now())],
    };
  } catch (error) {
    // Frames of HTTP/2 are what a receiver of gRPC answers with.
    if (otlp.protocol === 'grpc' && isNoHttp1(error)) return { check: CHECK, findings: [] };
    return { check: CHECK, findings: [failure(otlp, error)] };
  }
}

/** Sends a request without spans, which every receiver of OTLP accepts and nobody sees. */
function post({ url, protocol, headers }: OtlpSettings): Promise<Answer> {
  const isJson = isJsonProtocol(protocol);
  const body = isJson ? '{}' : '';
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = send(
      url,
      {
        method: 'POST',
        signal: AbortSignal.timeout(TIMEOUT_MILLIS),
        headers: {
          ...headers,
          'content-type': isJson ? 'application/json' : 'application/x-protobuf',
          'content-length': body.length,
        },
      },
      (response) => {
        response.resume();
        resolve({
          status: response.statusCode ?? 0,
          date: response.headers.date,
          contentType: response.headers['content-type'] ?? '',
        });
      },
    );
    sent.on('error', reject).end(body);
  });
}

/** Whether what answered does not speak HTTP/1.1. */
function isNoHttp1(error: unknown): boolean {
  const { code = '', message = '' } = error as Partial<NodeJS.ErrnoException>;
  return code.startsWith('HPE_') || /Parse Error/.test(message);
}

function notGrpc({ url }: OtlpSettings, { status }: Answer): Finding {
  return {
    id: 'wrong-protocol',
    severity: 'error',
    what: `${withoutSecrets(url)} answers HTTP/1.1 with status ${status}, and OTEL_EXPORTER_OTLP_PROTOCOL is grpc`,
    why: 'every call fails there, and what it holds is lost',
    fix: 'send to the gRPC port of the receiver, 4317 unless it was changed, or set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf',
  };
}

function failure({ url }: OtlpSettings, error: unknown): Finding {
  const { code = '', name, message } = error as Partial<NodeJS.ErrnoException>;
  const shown = withoutSecrets(url);
  // A server of gRPC answers HTTP/1.1 with frames of HTTP/2.
  if (isNoHttp1(error)) {
    return {
      id: 'wrong-protocol',
      severity: 'error',
      what: `${shown} does not speak HTTP/1.1 (${code || message})`,
      why: 'most likely it is a receiver of OTLP over gRPC; every request of OTLP over HTTP fails there',
      fix: 'send to the HTTP port of the receiver, 4318 unless it was changed (4317 is the one of gRPC), or set OTEL_EXPORTER_OTLP_PROTOCOL=grpc',
    };
  }
  const reason =
    name === 'TimeoutError' || name === 'AbortError'
      ? `no answer in ${TIMEOUT_MILLIS} ms`
      : code || String(message);
  const isTls = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO)/.test(code);
  return {
    id: isTls ? 'endpoint-tls' : 'endpoint-unreachable',
    severity: 'error',
    what: `${shown} cannot be reached: ${reason}`,
    why: 'spans wait, are tried again, and are dropped in the end; the application does not notice',
    fix: isTls
      ? 'check the certificate of the receiver, and whether the endpoint should start with http:// or https://'
      : 'start the receiver, or name the right one in OTEL_EXPORTER_OTLP_ENDPOINT',
  };
}

function statusFindings(
  { url, protocol }: OtlpSettings,
  { status, contentType }: Answer,
): Finding[] {
  if (status >= 200 && status < 300 && !contentType.includes('text/html')) return [];
  const shown = withoutSecrets(url);
  const why = 'every request is refused in the same way, and what it holds is lost';
  if (status === 401 || status === 403) {
    return [
      {
        id: 'endpoint-unauthorized',
        severity: 'error',
        what: `${shown} answers ${status}`,
        why,
        fix: 'set the key in OTEL_EXPORTER_OTLP_HEADERS, for example authorization=Bearer%20…',
      },
    ];
  }
  if (status === 415 || status === 400) {
    return [
      {
        id: 'wrong-protocol',
        severity: 'error',
        what: `${shown} answers ${status} to ${protocol}`,
        why,
        fix: `set OTEL_EXPORTER_OTLP_PROTOCOL to what the receiver takes: ${isJsonProtocol(protocol) ? 'http/protobuf' : 'http/json'} perhaps`,
      },
    ];
  }
  if (status >= 500 || status === 429) {
    return [
      {
        id: 'endpoint-unhealthy',
        severity: 'warning',
        what: `${shown} answers ${status}`,
        why: 'the receiver is there and cannot take anything now',
        fix: 'look at the receiver',
      },
    ];
  }
  return [
    {
      id: 'wrong-endpoint',
      severity: 'error',
      what: `${shown} answers ${status}${contentType === '' ? '' : ` (${contentType})`}, which no receiver of OTLP does`,
      why,
      fix: 'OTEL_EXPORTER_OTLP_ENDPOINT is the address without /v1/traces; OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is used as it is',
    },
  ];
}

function skewFindings({ url }: OtlpSettings, { date }: Answer, now: number): Finding[] {
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

function isJsonProtocol(protocol: string): boolean {
  return protocol === 'http/json';
}

/** Without user, password and query, which may hold a key. */
function withoutSecrets(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
