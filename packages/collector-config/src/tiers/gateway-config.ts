import type { CollectorExporter, Signal } from '../compile-options.ts';
import type { CollectorVersion } from '../collector-version.ts';
import type { ConfigFile } from '../config-file.ts';
import type { Processor } from '../redaction/processor.ts';
import type { Fleet } from '../resolve-options.ts';
import type { RulePolicy } from '../sampling/compile-sampling.ts';
import { healthCheck, memoryLimiter, ownTelemetry, receivers } from './common-settings.ts';
import { exporterId, exporterSettings, hasQueue, signalsOf } from './exporter-settings.ts';
import { GEN_AI_CONNECTOR, GEN_AI_FILTER, genAiFilter } from './gen-ai-only.ts';
import { tailSamplingSettings } from './tail-sampling-settings.ts';

export interface GatewayParts {
  readonly fleet: Fleet;
  readonly version: CollectorVersion;
  readonly policies: readonly RulePolicy[];
  readonly redaction: readonly Processor[];
  readonly exporters: readonly CollectorExporter[];
  /** About a rule: what is not exact. */
  readonly remarks: (at: string) => readonly string[];
}

export const QUEUE_FOLDER = '/var/lib/otelcol/queue';

/** The tier that sees whole traces: decides which are kept, takes out what must not leave, and delivers. */
export function gatewayConfig(parts: GatewayParts): ConfigFile {
  const { fleet, version, policies, redaction, exporters } = parts;
  const filtered = exporters.filter(({ only }) => only !== undefined);
  const filteredSignals = [...new Set(filtered.flatMap((one) => signalsOf(one)))];
  return {
    header: [
      'Gateway: decides about whole traces, takes out what must not leave, and delivers from a queue on disk.',
      `For OpenTelemetry Collector (contrib) ${version.text}.`,
    ],
    settings: {
      receivers,
      processors: {
        memory_limiter: memoryLimiter,
        tail_sampling: tailSamplingSettings(
          fleet,
          version,
          policies.map(({ policy }) => policy),
        ),
        ...Object.fromEntries(redaction.map(({ id, settings }) => [id, settings])),
        ...(filtered.length === 0 ? undefined : { [GEN_AI_FILTER]: genAiFilter(filteredSignals) }),
      },
      exporters: Object.fromEntries(
        exporters.map((exporter) => [exporterId(exporter), exporterSettings(exporter)]),
      ),
      ...(filtered.length === 0 ? undefined : { connectors: { [GEN_AI_CONNECTOR]: {} } }),
      extensions: {
        health_check: healthCheck,
        file_storage: {
          directory: QUEUE_FOLDER,
          create_directory: true,
          compaction: { on_start: true, on_rebound: true, directory: QUEUE_FOLDER },
        },
      },
      service: {
        extensions: ['health_check', 'file_storage'],
        telemetry: ownTelemetry,
        pipelines: Object.assign(
          {},
          ...signals.map((signal) => pipelinesOf(signal, parts)),
        ) as Record<string, object>,
      },
    },
    comments: commentsOf(parts),
  };
}

const signals: readonly Signal[] = ['traces', 'metrics', 'logs'];

/** One for what goes everywhere, and one behind it for exporters that want a part. */
function pipelinesOf(
  signal: Signal,
  { redaction, exporters }: GatewayParts,
): Readonly<Record<string, object>> {
  const ofSignal = exporters.filter((exporter) => signalsOf(exporter).includes(signal));
  if (ofSignal.length === 0) return {};
  const idsOf = (some: readonly CollectorExporter[]): string[] =>
    some.map((exporter) => exporterId(exporter));
  const partial = ofSignal.filter(({ only }) => only !== undefined);
  const whole = idsOf(ofSignal.filter(({ only }) => only === undefined));
  const processors = [
    'memory_limiter',
    ...(signal === 'traces' ? ['tail_sampling'] : []),
    ...redaction.filter(({ settings }) => worksOn(settings, signal)).map(({ id }) => id),
  ];
  if (partial.length === 0) {
    return { [signal]: { receivers: ['otlp'], processors, exporters: whole } };
  }
  return {
    [signal]: { receivers: ['otlp'], processors, exporters: [...whole, GEN_AI_CONNECTOR] },
    [`${signal}/gen_ai`]: {
      receivers: [GEN_AI_CONNECTOR],
      processors: [GEN_AI_FILTER],
      exporters: idsOf(partial),
    },
  };
}

/** The redaction processor works on every signal, a transform on those that it has statements for. */
function worksOn(settings: Readonly<Record<string, unknown>>, signal: Signal): boolean {
  const statements = {
    traces: 'trace_statements',
    metrics: 'metric_statements',
    logs: 'log_statements',
  };
  const isTransform = Object.keys(settings).some((key) => key.endsWith('_statements'));
  return !isTransform || statements[signal] in settings;
}

function commentsOf({
  policies,
  redaction,
  exporters,
  remarks,
}: GatewayParts): Map<string, string> {
  const comments = new Map([
    ['processors.memory_limiter', 'Refuses before memory runs out; agents try again.'],
    [
      'processors.tail_sampling.policies',
      'A trace is kept when one of them votes for it, unless a drop does not let it.',
    ],
    [
      `processors.${GEN_AI_FILTER}`,
      'Drops what is not about models and agents, for exporters that want nothing else: a span may miss its parent there.',
    ],
    [
      `connectors.${GEN_AI_CONNECTOR}`,
      'Behind tail sampling and redaction, so that each runs once and all exporters have the same traces.',
    ],
    ['extensions.file_storage', 'What is acknowledged and not delivered yet outlives a restart.'],
  ]);
  let last = '';
  for (const [index, { at, rule }] of policies.entries()) {
    if (at === last) continue;
    last = at;
    const lines = [`${at}: ${JSON.stringify(rule)}`, ...remarks(at)];
    comments.set(`processors.tail_sampling.policies.${index}`, lines.join('\n'));
  }
  for (const { id, settings, comments: inside, about } of redaction) {
    if (about !== undefined) comments.set(`processors.${id}`, about);
    const values = (settings['blocked_values'] ?? []) as readonly string[];
    for (const [index, value] of values.entries()) {
      const text = inside?.get(value);
      if (text !== undefined) comments.set(`processors.${id}.blocked_values.${index}`, text);
    }
  }
  for (const exporter of exporters) {
    if (!hasQueue(exporter)) continue;
    comments.set(
      `exporters.${exporterId(exporter)}.retry_on_failure`,
      'Never gives up: after a limit the data would be dropped, also from the queue on disk.',
    );
  }
  return comments;
}
