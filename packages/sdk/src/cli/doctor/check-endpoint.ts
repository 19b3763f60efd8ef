import type { OtlpSettings, TelemetryEnvironment } from '@llm-otel/core/setup';
import type { TransportResponse } from '@llm-otel/exporters-resilient';
import { nodeTransport } from '@llm-otel/exporters-resilient/node';
import { proxyFor } from '../../open-receivers.ts';
import type { EffectiveConfiguration } from './effective-configuration.ts';
import {
  skewFindings,
  TIMEOUT_MILLIS,
  unauthorized,
  unhealthy,
  unreachable,
  withoutSecrets,
} from './endpoint-findings.ts';
import type { CheckOutcome, Finding } from './finding.ts';
import { grpcFindings } from './grpc-findings.ts';
import { type AskedReceiver, protocolName, variableOf, withoutSignal } from './receiver-names.ts';
import { successFindings } from './success-findings.ts';

const CHECK = 'the receiver';

/** Whether each receiver is there, speaks the protocol that is set, lets us in, and has the same time. */
export async function checkEndpoint(
  configuration: EffectiveConfiguration,
  now: () => number,
): Promise<CheckOutcome> {
  const { receivers: configured, environment, hasFile, inProcess } = configuration;
  if (inProcess === undefined && isOff(environment))
    return { check: CHECK, findings: [], skipped: 'telemetry is switched off' };
  const receivers = inProcess?.receivers ?? configured;
  if (receivers.length === 0) {
    const skipped =
      inProcess?.hasDestinations === true
        ? 'the option destinations takes the spans'
        : whyNone(configuration);
    return { check: CHECK, findings: [], skipped };
  }
  const isNamedByFile = inProcess?.hasFile ?? hasFile;
  const asked = await Promise.all(
    receivers.map(async (receiver) => {
      const otlp = { ...receiver, hasFile: isNamedByFile };
      const findings = await ask(otlp, environment, now);
      return findings.map((finding) => [keyOf(finding, otlp), finding] as const);
    }),
  );
  // The first that is told of a key stays.
  return { check: CHECK, findings: [...new Map(asked.flat().toReversed()).values()].toReversed() };
}

function whyNone({ environment, hasFile, findings }: EffectiveConfiguration): string {
  const { tracesExporters } = environment;
  if (hasFile) return 'the file names none';
  if (findings.length > 0) return 'no address can be used';
  return tracesExporters === undefined
    ? 'in tests nothing is sent to a receiver that nobody has named'
    : `OTEL_TRACES_EXPORTER is ${tracesExporters.join(', ')}`;
}

function isOff({ sdkDisabled, enabled }: TelemetryEnvironment): boolean {
  return sdkDisabled === true || enabled === false;
}

/** A host that is not there is told once, whatever is sent to it; a path that is wrong is wrong for one signal. */
function keyOf({ id }: Finding, { url }: OtlpSettings): string {
  return `${id} ${id === 'wrong-endpoint' ? url : new URL(url).origin}`;
}

async function ask(
  otlp: AskedReceiver,
  settings: TelemetryEnvironment,
  now: () => number,
): Promise<Finding[]> {
  if (otlp.protocol === 'grpc') return grpcFindings(otlp, now);
  try {
    const answer = await post(otlp, settings);
    const date = answer.header('date');
    return [...statusFindings(otlp, answer), ...skewFindings(otlp, { date }, now())];
  } catch (error) {
    return [unreachable(otlp, error)];
  }
}

/** Sends a request without anything in it, which every receiver of OTLP accepts and nobody sees, the way exports are sent. */
async function post(
  { url, protocol, headers, tls }: OtlpSettings,
  settings: TelemetryEnvironment,
): Promise<TransportResponse> {
  const isJson = protocol === 'http/json';
  const transport = nodeTransport({ tls, proxy: proxyFor(url, settings) });
  try {
    return await transport.send({
      url,
      headers: {
        ...headers,
        'content-type': isJson ? 'application/json' : 'application/x-protobuf',
      },
      body: new TextEncoder().encode(isJson ? '{}' : ''),
      signal: AbortSignal.timeout(TIMEOUT_MILLIS),
    });
  } finally {
    transport.close?.();
  }
}

function statusFindings(otlp: AskedReceiver, response: TransportResponse): Finding[] {
  const { url, protocol, signal, hasFile } = otlp;
  const { status } = response;
  const contentType = response.header('content-type') ?? '';
  if (status >= 200 && status < 300 && !contentType.includes('text/html'))
    return successFindings(otlp, response);
  const shown = withoutSecrets(url);
  const why = 'every request is refused in the same way, and what it holds is lost';
  if (status === 401 || status === 403) return [unauthorized(otlp, `answers ${status}`)];
  if (status === 415 || status === 400) {
    return [
      {
        id: 'wrong-protocol',
        severity: 'error',
        what: `${shown} answers ${status} to ${protocol}`,
        why,
        fix: `name in ${protocolName(otlp)} what the receiver takes: ${protocol === 'http/json' ? 'http/protobuf' : 'http/json'} perhaps`,
      },
    ];
  }
  if (status >= 500 || status === 429) return [unhealthy(otlp, `answers ${status}`)];
  return [
    {
      id: 'wrong-endpoint',
      severity: 'error',
      what: `${shown} answers ${status}${contentType === '' ? '' : ` (${contentType})`}, which no receiver of OTLP does`,
      why,
      fix:
        (hasFile === true
          ? `the endpoint of an exporter in a configuration file is used as it is: receivers mostly take ${signal} at /v1/${signal}`
          : `OTEL_EXPORTER_OTLP_ENDPOINT is the address without /v1/${signal}; ${variableOf(signal, 'ENDPOINT')} is used as it is`) +
        withoutSignal(otlp),
    },
  ];
}
