import { InvalidOptionError } from '@llm-otel/sampling/policy';

/** Newest release that the output was validated with. */
export const TESTED_VERSION = '0.161.0';

const OLDEST_MINOR = 144;

/** What differs between releases of the OpenTelemetry Collector (core and contrib), as far as it is emitted. */
export interface CollectorVersion {
  /** `0.161.0` */
  readonly text: string;
  /** The exporter that was `loadbalancing` before 0.153. */
  readonly loadBalancing: 'load_balancing' | 'loadbalancing';
  /** `latency` of tail_sampling: above the threshold (since 0.157), or from it on. */
  readonly latencyIsExclusive: boolean;
  /** `not` inside of `and` and `drop` of tail_sampling: since 0.154. */
  readonly nestedNot: boolean;
  /** `maximum_trace_size_bytes` of tail_sampling: since 0.149. */
  readonly traceSizeLimit: boolean;
  /** The processor that was `resourcedetection`: seen under its new name in 0.155, under the old one in 0.149. */
  readonly resourceDetection: 'resource_detection' | 'resourcedetection';
  /** `hash_function: hmac-sha256` of redaction: seen in 0.149, and not in 0.144. */
  readonly redactionHmac: boolean;
  /** `burst_capacity` of `rate_limiting`: since 0.153. */
  readonly burstCapacity: boolean;
}

/**
 * @param text - `0.161.0`, `v0.161.0` or `0.161`
 * @throws InvalidOptionError for anything else, and for releases before 0.144, which call exporters by other names
 */
export function collectorVersionOf(text: string): CollectorVersion {
  const [, minorText, patch = '0'] = /^v?0\.(\d{1,4})(?:\.(\d{1,4}))?$/.exec(text) ?? [];
  const minor = Number(minorText);
  if (minorText === undefined || minor < OLDEST_MINOR) {
    throw new InvalidOptionError({
      option: 'collectorVersion',
      value: text,
      use: `a release from 0.${OLDEST_MINOR}.0 on, such as "${TESTED_VERSION}"`,
    });
  }
  return {
    text: `0.${minor}.${patch}`,
    loadBalancing: minor >= 153 ? 'load_balancing' : 'loadbalancing',
    latencyIsExclusive: minor >= 157,
    nestedNot: minor >= 154,
    traceSizeLimit: minor >= 149,
    resourceDetection: minor >= 155 ? 'resource_detection' : 'resourcedetection',
    redactionHmac: minor >= 149,
    burstCapacity: minor >= 153,
  };
}
