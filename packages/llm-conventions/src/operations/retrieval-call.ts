import { SpanKind } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import {
  ATTR_GEN_AI_DATA_SOURCE_ID,
  ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
  ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT,
  ATTR_GEN_AI_RETRIEVAL_TOP_K,
} from '../generated/attributes.ts';
import type { GenAiProviderName } from '../generated/attribute-types.ts';
import { METRIC_GEN_AI_CLIENT_OPERATION_DURATION } from '../generated/metrics.ts';
import { GEN_AI_OPERATION_NAME_VALUE_RETRIEVAL } from '../generated/values.ts';
import { Operation } from '../operation.ts';
import { clientAttributes, nameOf } from './client-attributes.ts';
import type {
  OpenOperation,
  OperationEnvironment,
  OperationRequest,
  ServiceRequest,
} from './operation-request.ts';

type SpanType = 'gen_ai.retrieval.client';

export interface RetrievalRequest extends OperationRequest<SpanType>, ServiceRequest {
  /** `gen_ai.data_source.id` */
  readonly dataSourceId?: string | undefined;
  /** Recorded only where content is on. */
  readonly query?: string | undefined;
  /** Most documents asked for. */
  readonly topK?: number | undefined;
  readonly provider?: GenAiProviderName | undefined;
  readonly model?: string | undefined;
}

export interface RetrievedDocument {
  readonly id?: string | undefined;
  readonly score?: number | undefined;
}

/** A search for documents that has started. */
export interface RetrievalCall extends OpenOperation<SpanType> {
  /** Documents found; only id and score of each are recorded, and only where content is on. */
  recordDocuments(documents: readonly RetrievedDocument[]): void;
}

const failures = new FailureLog();

export class SpanRetrievalCall extends Operation<SpanType> implements RetrievalCall {
  constructor(request: RetrievalRequest, environment: OperationEnvironment) {
    const operation = GEN_AI_OPERATION_NAME_VALUE_RETRIEVAL;
    const { dataSourceId } = request;
    const attributes = clientAttributes(operation, request);
    super(
      {
        type: 'gen_ai.retrieval.client',
        name: nameOf(operation, dataSourceId),
        kind: SpanKind.CLIENT,
        attributes,
        request,
        duration: { metric: METRIC_GEN_AI_CLIENT_OPERATION_DURATION, attributes },
        recordContent: environment.recordContent,
      },
      environment.signals,
      environment.clock,
    );
    this.set(ATTR_GEN_AI_DATA_SOURCE_ID, dataSourceId);
    this.set(ATTR_GEN_AI_RETRIEVAL_TOP_K, request.topK);
    this.setText(ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT, request.query);
  }

  recordDocuments(documents: readonly RetrievedDocument[]): void {
    if (!this.recordsContent) return;
    failures.guard('recording documents', () => {
      this.setContent(
        ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
        documents.map(({ id, score }) => ({ id, score })),
      );
    });
  }
}
