import type { VariablesOf } from './variable.ts';
import { pairs, someOf, text } from './variable-kinds.ts';

/** What is recorded about the service. */
export interface ResourceEnvironment {
  readonly serviceName?: string;
  readonly serviceVersion?: string;
  readonly resourceAttributes?: Readonly<Record<string, string>>;
  readonly deploymentEnvironment?: string;
  readonly nodeEnvironment?: string;
  readonly resourceDetectors?: readonly ResourceDetectorName[];
}

export type ResourceDetectorName =
  | 'env'
  | 'host'
  | 'os'
  | 'process'
  | 'serviceinstance'
  | 'container'
  | 'aws'
  | 'azure'
  | 'gcp'
  | 'all'
  | 'none';

export const resourceVariables: VariablesOf<ResourceEnvironment> = {
  serviceName: {
    name: 'OTEL_SERVICE_NAME',
    kind: text,
    source: 'OpenTelemetry',
    effect: 'service.name',
  },
  serviceVersion: {
    name: 'OTEL_SERVICE_VERSION',
    kind: text,
    source: 'llm-otel',
    effect: 'service.version',
  },
  resourceAttributes: {
    name: 'OTEL_RESOURCE_ATTRIBUTES',
    kind: pairs,
    source: 'OpenTelemetry',
    effect: 'attributes of the resource',
  },
  deploymentEnvironment: {
    name: 'DEPLOYMENT_ENVIRONMENT',
    kind: text,
    source: 'llm-otel',
    effect: 'deployment.environment.name, deployment.environment as before, and the preset',
  },
  nodeEnvironment: {
    name: 'NODE_ENV',
    kind: text,
    source: 'Node.js',
    effect: 'the same, where nothing else names the environment',
  },
  resourceDetectors: {
    name: 'OTEL_NODE_RESOURCE_DETECTORS',
    kind: someOf([
      'env',
      'host',
      'os',
      'process',
      'serviceinstance',
      'container',
      'aws',
      'azure',
      'gcp',
      'all',
      'none',
    ]),
    source: 'OpenTelemetry JS',
    effect:
      'what is found out about the process and where it runs; container, aws, azure and gcp need the package @opentelemetry/resource-detector-… of that name',
  },
};
