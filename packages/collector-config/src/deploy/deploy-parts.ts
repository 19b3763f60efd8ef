import type { CollectorVersion } from '../collector-version.ts';
import type { CollectorExporter } from '../compile-options.ts';
import type { Fleet } from '../resolve-options.ts';

/** What a deployment is made of. */
export interface DeployParts {
  readonly fleet: Fleet;
  readonly version: CollectorVersion;
  readonly exporters: readonly CollectorExporter[];
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

/** The variables that endpoints and headers refer to, in order. */
export function referencedVariables(exporters: readonly CollectorExporter[]): readonly string[] {
  const texts = exporters.flatMap(({ endpoint = '', headers = {} }) => [
    endpoint,
    ...Object.values(headers),
  ]);
  const names = texts.flatMap((text) =>
    [...text.matchAll(/\$\{env:(\w+)\}/g)].map(([, name = '']) => name),
  );
  return [...new Set(names)].toSorted();
}
