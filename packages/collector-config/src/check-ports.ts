import { InvalidOptionError } from '@llm-otel/sampling/policy';
import type { CollectorExporter } from './compile-options.ts';
import { portOf } from './endpoint-checks.ts';
import { exporterTypes } from './exporter-types.ts';
import {
  HEALTH_PORT,
  METRICS_PORT,
  OTLP_GRPC_PORT,
  OTLP_HTTP_PORT,
} from './tiers/common-settings.ts';

/**
 * A Collector does not start where two of its parts listen on one port, and `validate` does not say so.
 * @throws InvalidOptionError naming the exporter that listens where something else does
 */
export function checkPorts(exporters: readonly CollectorExporter[]): void {
  const taken = new Map([
    [OTLP_GRPC_PORT, 'OTLP over gRPC'],
    [OTLP_HTTP_PORT, 'OTLP over HTTP'],
    [METRICS_PORT, "the Collector's own metrics"],
    [HEALTH_PORT, 'the health check'],
  ]);
  for (const [index, { type, endpoint }] of exporters.entries()) {
    if (type !== 'prometheus') continue;
    const option = `exporters[${index}].endpoint`;
    const port = portOf(endpoint ?? exporterTypes[type].defaultEndpoint ?? '');
    if (port === undefined) continue;
    const by = taken.get(port);
    if (by !== undefined) {
      const use = `another port than ${port}, where a gateway has ${by}`;
      throw new InvalidOptionError({ option, value: endpoint, use });
    }
    taken.set(port, `exporters[${index}]`);
  }
}
