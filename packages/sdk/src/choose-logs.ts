import type { LedgerSnapshot } from '@llm-otel/core';
import {
  type LogRecordProcessor,
  loadPeer,
  telemetryDefaults,
  type TelemetryEnvironment,
} from '@llm-otel/core/setup';
import {
  consoleDestination,
  resilientLogProcessor,
  type Spool,
} from '@llm-otel/exporters-resilient';
import { logContentBudget, moveLogMediaOut } from '@llm-otel/llm-conventions';
import { redactLogs, type Redactor } from '@llm-otel/redaction';
import type { Measure } from './operation-durations.ts';
import { otlpReceiver } from './otlp-receiver.ts';
import { sdkModules } from './sdk-modules.ts';
import type { TelemetryOptions } from './telemetry-options.ts';

export interface LogsChoice {
  readonly processor: LogRecordProcessor;
  readonly ledger: () => LedgerSnapshot;
}

/**
 * How log records are exported, or `undefined` where nobody asked for it. They pass the same redactor as spans.
 * @throws MissingPeerError where logs were asked for and `@opentelemetry/sdk-logs` is not installed
 */
export async function chooseLogs(
  options: TelemetryOptions,
  environment: TelemetryEnvironment,
  redactor: Redactor,
  measured?: Measure,
  spool?: Spool,
): Promise<LogsChoice | undefined> {
  if (options.logs === false) return undefined;
  const exporters = environment.logsExporters ?? (options.logs === true ? ['otlp'] : ['none']);
  if (exporters.includes('none')) return undefined;
  await loadPeer('@opentelemetry/sdk-logs', 'exporting logs', sdkModules.logs);
  const processor = resilientLogProcessor({
    destinations: await Promise.all(
      exporters.map(async (exporter) =>
        exporter === 'console'
          ? consoleDestination()
          : otlpReceiver('logs', environment, options, measured),
      ),
    ),
    // As for spans: behind redaction, media in front of the budget.
    transforms: [
      redactLogs(redactor),
      options.contentStore && moveLogMediaOut(options.contentStore),
      logContentBudget({ maxBytesPerAttribute: options.maxContentBytes }),
    ],
    queue: { maxItems: environment.logBatchMaxQueueItems },
    batch: {
      maxItems: environment.logBatchMaxExportItems,
      delayMillis: environment.logBatchDelayMillis ?? telemetryDefaults.logBatchDelayMillis,
    },
    retry: options.retry,
    spool,
    clock: options.clock,
  });
  // The SDK's records are what the processor takes; its interface says `unknown`, for both lines.
  const taking = processor as LogRecordProcessor & typeof processor;
  return { processor: taking, ledger: () => processor.ledger() };
}
