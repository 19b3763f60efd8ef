import type { CollectorVersion } from '../collector-version.ts';
import type { CollectorExporter } from '../compile-options.ts';
import type { Fleet } from '../resolve-options.ts';
import { exporterSettings } from '../tiers/exporter-settings.ts';

/** What a deployment is made of. */
export interface DeployParts {
  readonly fleet: Fleet;
  readonly version: CollectorVersion;
  /** What the gateways' configuration refers to as `${env:NAME}`, in order. */
  readonly variables: readonly string[];
  /** Where gateways show metrics for Prometheus, beside their own. */
  readonly metricsPorts: readonly number[];
  /** The configurations as text. */
  readonly agent: string;
  readonly gateway: string;
}

const MEMORY_LIMITER_SHARE = 0.8;
const GARBAGE_COLLECTOR_SHARE = 0.8;

export function imageOf({ fleet, version }: DeployParts): string {
  return fleet.image ?? `otel/opentelemetry-collector-contrib:${version.text}`;
}

/** GOMEMLIMIT for a container: 80 % of what memory_limiter lets it use. */
export function goMemoryLimit(memoryMib: number): string {
  return `${Math.floor(memoryMib * MEMORY_LIMITER_SHARE * GARBAGE_COLLECTOR_SHARE)}MiB`;
}

/** The variables that a configuration refers to, in order. `$$` is a dollar that refers to nothing. */
export function referencedVariables(config: string): readonly string[] {
  const settings = config.replaceAll(/^\s*#.*$/gm, '').replaceAll('$$', '');
  const names = [...settings.matchAll(/\$\{env:(\w+)\}/g)].map(([, name = '']) => name);
  return [...new Set(names)].toSorted();
}

/** Ports of exporters that wait to be asked. */
export function metricsPortsOf(exporters: readonly CollectorExporter[]): readonly number[] {
  const ports = exporters
    .filter(({ type }) => type === 'prometheus')
    .map((exporter) => String(exporterSettings(exporter)['endpoint']))
    .map((endpoint) => Number(/:(\d+)$/.exec(endpoint)?.[1]));
  return [...new Set(ports)].filter((port) => port > 0);
}
