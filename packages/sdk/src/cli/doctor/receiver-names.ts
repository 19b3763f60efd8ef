import type { Signal } from '@llm-otel/core';
import type { SignalReceiver } from '../../export-plan.ts';

/** A receiver that is asked, and whether a configuration file names it. */
export interface AskedReceiver extends SignalReceiver {
  readonly hasFile?: boolean | undefined;
}

/** Where its address is named: what is to be mended. */
export function endpointName({ signal, hasFile }: AskedReceiver): string {
  return hasFile === true
    ? `the endpoint of the exporter for ${signal} in the configuration file, or the option endpoint`
    : `OTEL_EXPORTER_OTLP_ENDPOINT, ${variableOf(signal, 'ENDPOINT')} or the option endpoint`;
}

/** Where its headers are named. */
export function headersName({ signal, hasFile }: AskedReceiver): string {
  return hasFile === true
    ? `headers of the exporter for ${signal} in the configuration file`
    : `OTEL_EXPORTER_OTLP_HEADERS or ${variableOf(signal, 'HEADERS')}`;
}

/** Where its protocol is named. */
export function protocolName({ hasFile }: AskedReceiver): string {
  return hasFile === true
    ? 'the kind of the exporter in the configuration file (otlp_http with its encoding, otlp_grpc)'
    : 'OTEL_EXPORTER_OTLP_PROTOCOL';
}

export function variableOf(signal: Signal, name: 'ENDPOINT' | 'HEADERS'): string {
  return `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_${name}`;
}

/** How a signal is switched off that a receiver does not take. Of traces nobody wants to be told. */
export function withoutSignal({ signal, hasFile }: AskedReceiver): string {
  if (signal === 'traces') return '';
  const how =
    hasFile === true
      ? `take ${signal === 'metrics' ? 'meter_provider' : 'logger_provider'} out of the configuration file`
      : `OTEL_${signal.toUpperCase()}_EXPORTER=none, or the option ${signal}: false`;
  return `; where it takes no ${signal}: ${how}`;
}
