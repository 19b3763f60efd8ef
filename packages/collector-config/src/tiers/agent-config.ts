import type { CollectorVersion } from '../collector-version.ts';
import type { ConfigFile } from '../config-file.ts';
import type { Fleet } from '../resolve-options.ts';
import { ottlString } from '../ottl/literals.ts';
import { healthCheck, memoryLimiter, ownTelemetry, receivers } from './common-settings.ts';

/** The tier that applications send to: takes OTLP and hands each trace to the gateway that is responsible for it. */
export function agentConfig(fleet: Fleet, version: CollectorVersion): ConfigFile {
  const { loadBalancing } = version;
  const settings = (routingKey: string): object => ({
    routing_key: routingKey,
    protocol: {
      otlp: {
        tls: { insecure: true },
        timeout: '10s',
        retry_on_failure: { initial_interval: '1s', max_interval: '10s', max_elapsed_time: '0s' },
        sending_queue: { queue_size: 1000 },
      },
    },
    resolver: { static: { hostnames: fleet.gateways } },
  });
  const environment = { ...detectionProcessor(fleet, version), ...environmentProcessor(fleet) };
  const pipeline = (exporter: string): object => ({
    receivers: ['otlp'],
    processors: ['memory_limiter', ...Object.keys(environment)],
    exporters: [exporter],
  });
  const byService = `${loadBalancing}/metrics`;
  return {
    header: [
      'Agent: takes OTLP from applications, and sends each trace to one gateway by its trace id.',
      `For OpenTelemetry Collector (contrib) ${version.text}.`,
    ],
    settings: {
      receivers,
      processors: { memory_limiter: memoryLimiter, ...environment },
      exporters: { [loadBalancing]: settings('traceID'), [byService]: settings('service') },
      extensions: { health_check: healthCheck },
      service: {
        extensions: ['health_check'],
        telemetry: ownTelemetry,
        pipelines: {
          traces: pipeline(loadBalancing),
          metrics: pipeline(byService),
          logs: pipeline(loadBalancing),
        },
      },
    },
    comments: new Map([
      ['processors.memory_limiter', 'Refuses before memory runs out; applications try again.'],
      [
        `processors.${version.resourceDetection}`,
        'Where this agent runs, for resources that do not say where they do.',
      ],
      [
        `exporters.${loadBalancing}.protocol.otlp.retry_on_failure`,
        'A gateway that restarts keeps its traces: spans wait in its queue here, and go nowhere else.',
      ],
      [`exporters.${loadBalancing}.resolver`, 'The same list on every agent, or traces are torn.'],
    ]),
  };
}

function detectionProcessor(
  { resourceDetection }: Fleet,
  version: CollectorVersion,
): Readonly<Record<string, object>> {
  if (resourceDetection.length === 0) return {};
  return {
    [version.resourceDetection]: {
      detectors: resourceDetection,
      timeout: '5s',
      // What an application says of itself is true.
      override: false,
    },
  };
}

function environmentProcessor({ environment }: Fleet): Readonly<Record<string, object>> {
  if (environment === undefined) return {};
  const path = 'resource.attributes["deployment.environment.name"]';
  const statements = [
    { context: 'resource', statements: [`set(${path}, ${ottlString(environment)})`] },
  ];
  return {
    'transform/environment': {
      error_mode: 'ignore',
      trace_statements: statements,
      metric_statements: statements,
      log_statements: statements,
    },
  };
}
