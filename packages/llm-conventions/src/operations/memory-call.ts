import { SpanKind } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import {
  ATTR_GEN_AI_MEMORY_QUERY_TEXT,
  ATTR_GEN_AI_MEMORY_RECORD_COUNT,
  ATTR_GEN_AI_MEMORY_RECORD_ID,
  ATTR_GEN_AI_MEMORY_RECORDS,
  ATTR_GEN_AI_MEMORY_STORE_ID,
} from '../generated/attributes.ts';
import type { GenAiProviderName, SpanOperations } from '../generated/attribute-types.ts';
import { METRIC_GEN_AI_CLIENT_OPERATION_DURATION } from '../generated/metrics.ts';
import { GEN_AI_OPERATION_NAME_VALUE_SEARCH_MEMORY } from '../generated/values.ts';
import { Operation } from '../operation.ts';
import { clientAttributes } from './client-attributes.ts';
import type {
  OpenOperation,
  OperationEnvironment,
  OperationRequest,
  ServiceRequest,
} from './operation-request.ts';

type SpanType = 'gen_ai.memory.client';

/** `search_memory`, `create_memory`, `create_memory_store` … */
export type MemoryOperationName = SpanOperations[SpanType];

export interface MemoryRecord {
  readonly content: unknown;
  readonly id?: string | undefined;
  readonly score?: number | undefined;
  readonly metadata?: unknown;
}

export interface MemoryOptions extends OperationRequest<SpanType>, ServiceRequest {
  readonly storeId?: string | undefined;
  /** The one record that is addressed. */
  readonly recordId?: string | undefined;
  /** What is searched for. Recorded only where content is on. */
  readonly query?: string | undefined;
  /** Records that are written. Their number is recorded; their content only where content is on. */
  readonly records?: readonly MemoryRecord[] | undefined;
  /** Named external provider that serves the memory. */
  readonly provider?: GenAiProviderName | undefined;
  /** The memory is part of this process: the span is INTERNAL and not CLIENT. @defaultValue false */
  readonly inProcess?: boolean | undefined;
}

export interface MemoryRequest extends MemoryOptions {
  readonly operation: MemoryOperationName;
}

/** An operation on a memory that has started. */
export interface MemoryCall extends OpenOperation<SpanType> {
  /** Records a search found. A search that answers with an array has its number recorded without this. */
  recordRecords(records: readonly MemoryRecord[]): void;
}

const failures = new FailureLog();

/** A search counts what it found, any other operation what it addresses. */
export class SpanMemoryCall extends Operation<SpanType> implements MemoryCall {
  readonly #isSearch: boolean;

  constructor(request: MemoryRequest, environment: OperationEnvironment) {
    const { operation } = request;
    const attributes = clientAttributes(operation, request);
    super(
      {
        type: 'gen_ai.memory.client',
        name: operation,
        kind: request.inProcess === true ? SpanKind.INTERNAL : SpanKind.CLIENT,
        attributes,
        request,
        duration: { metric: METRIC_GEN_AI_CLIENT_OPERATION_DURATION, attributes },
        recordContent: environment.recordContent,
      },
      environment.signals,
      environment.clock,
    );
    this.#isSearch = operation === GEN_AI_OPERATION_NAME_VALUE_SEARCH_MEMORY;
    this.set(ATTR_GEN_AI_MEMORY_STORE_ID, request.storeId);
    this.set(ATTR_GEN_AI_MEMORY_RECORD_ID, request.recordId);
    this.setText(ATTR_GEN_AI_MEMORY_QUERY_TEXT, request.query);
    if (request.records !== undefined) this.recordRecords(request.records);
    else if (request.recordId !== undefined) this.set(ATTR_GEN_AI_MEMORY_RECORD_COUNT, 1);
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
