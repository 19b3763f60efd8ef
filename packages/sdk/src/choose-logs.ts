import type { LedgerSnapshot } from '@llm-otel/core';
import { type LogRecordProcessor, loadPeer, telemetryDefaults } from '@llm-otel/core/setup';
import { type HeldItems, resilientLogProcessor } from '@llm-otel/exporters-resilient';
import { logMemoryLimit } from '@llm-otel/exporters-resilient/node';
import { logContentBudget, moveLogMediaOut, normaliseLogs } from '@llm-otel/llm-conventions';
import { cutLogAttributes, redactLogs } from '@llm-otel/redaction';
import { diag } from '@opentelemetry/api';
import type { Choosing } from './choosing.ts';
import { memoryLimitOptions } from './memory-limit-options.ts';
import { openReceivers } from './open-receivers.ts';
import { sdkModules } from './sdk-modules.ts';

export interface LogsChoice {
  readonly processor: LogRecordProcessor;
  readonly ledger: () => LedgerSnapshot;
  readonly held: () => HeldItems;
}

/**
 * How log records are exported, or `undefined` where nobody asked for it, or where the logs SDK is not installed. They
 * pass the same redactor as spans.
 * @throws what keeps the logs SDK from being loaded, with `strict`
 */
export async function chooseLogs({
  options,
  environment,
  plan,
  redactor,
  lengths,
  measure,
  spool,
}: Choosing): Promise<LogsChoice | undefined> {
  if (plan.logs === undefined) return undefined;
  try {
    await loadPeer('@opentelemetry/sdk-logs', 'exporting logs', sdkModules.logs);
  } catch (error) {
    if (options.strict === true) throw error;
    // Spans and metrics do without.
    diag.warn(
      `llm-otel: log records are off: ${error instanceof Error ? error.message : String(error)}`,
    );
    return undefined;
  }
  const processor = resilientLogProcessor({
    destinations: await openReceivers('logs', plan.logs, { environment, measure }),
    filters: [logMemoryLimit(memoryLimitOptions(options))],
    // As for spans: names of today first, so that redaction knows content; behind it media, in front of the budget.
    transforms: [
      normaliseLogs(),
      redactLogs(redactor),
      options.contentStore && moveLogMediaOut(options.contentStore),
      logContentBudget({ maxBytesPerAttribute: options.maxContentBytes }),
      lengths?.logs === undefined ? undefined : cutLogAttributes(lengths.logs),
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
  return { processor: taking, ledger: () => processor.ledger(), held: () => processor.held() };
}
