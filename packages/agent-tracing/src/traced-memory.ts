import { type Context, SpanKind } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_MEMORY_QUERY_TEXT,
  ATTR_GEN_AI_MEMORY_RECORD_COUNT,
  ATTR_GEN_AI_MEMORY_RECORD_ID,
  ATTR_GEN_AI_MEMORY_RECORDS,
  ATTR_GEN_AI_MEMORY_STORE_ID,
  GEN_AI_OPERATION_NAME_VALUE_SEARCH_MEMORY,
  METRIC_GEN_AI_CLIENT_OPERATION_DURATION,
  Operation,
} from '@llm-otel/llm-conventions';
import { FailureLog } from '@llm-otel/core';
import type { AgentSettings } from './agent-settings.ts';
import type { MemoryOperation, MemoryOptions, MemoryRecord } from './agent-types.ts';
import { clientAttributes } from './client-attributes.ts';

const failures = new FailureLog();

/** An operation on a memory. A search counts what it found, any other operation what it addresses. */
export class TracedMemory extends Operation implements MemoryOperation {
  readonly #isSearch: boolean;

  constructor(operation: string, options: MemoryOptions, parent: Context, settings: AgentSettings) {
    const attributes = clientAttributes(operation, options);
    super(
      {
        name: operation,
        kind: options.inProcess === true ? SpanKind.INTERNAL : SpanKind.CLIENT,
        parent,
        attributes,
        duration: { metric: METRIC_GEN_AI_CLIENT_OPERATION_DURATION, attributes },
        recordContent: settings.recordContent,
      },
      settings.signals,
      settings.clock,
    );
    this.#isSearch = operation === GEN_AI_OPERATION_NAME_VALUE_SEARCH_MEMORY;
    this.set(ATTR_GEN_AI_MEMORY_STORE_ID, options.storeId);
    this.set(ATTR_GEN_AI_MEMORY_RECORD_ID, options.recordId);
    this.setText(ATTR_GEN_AI_MEMORY_QUERY_TEXT, options.query);
    if (options.records !== undefined) this.recordRecords(options.records);
    else if (options.recordId !== undefined) this.set(ATTR_GEN_AI_MEMORY_RECORD_COUNT, 1);
  }

  recordRecords(records: readonly MemoryRecord[]): void {
    failures.guard('recording memory records', () => {
      this.set(ATTR_GEN_AI_MEMORY_RECORD_COUNT, records.length);
      this.setContent(ATTR_GEN_AI_MEMORY_RECORDS, records);
    });
  }

  override end(result?: unknown): void {
    if (this.#isSearch && Array.isArray(result))
      this.set(ATTR_GEN_AI_MEMORY_RECORD_COUNT, result.length);
    super.end();
  }
}
