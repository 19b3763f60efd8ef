import { type Context, SpanKind } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_DATA_SOURCE_ID,
  ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
  ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT,
  ATTR_GEN_AI_RETRIEVAL_TOP_K,
  GEN_AI_OPERATION_NAME_VALUE_RETRIEVAL,
  METRIC_GEN_AI_CLIENT_OPERATION_DURATION,
  Operation,
} from '@llm-otel/llm-conventions';
import { FailureLog } from '@llm-otel/core';
import type { AgentSettings } from './agent-settings.ts';
import type { Retrieval, RetrievalOptions, RetrievedDocument } from './agent-types.ts';
import { clientAttributes } from './client-attributes.ts';

const failures = new FailureLog();

/** A search for documents. */
export class TracedRetrieval extends Operation implements Retrieval {
  constructor(options: RetrievalOptions, parent: Context, settings: AgentSettings) {
    const operation = GEN_AI_OPERATION_NAME_VALUE_RETRIEVAL;
    const { dataSourceId } = options;
    const attributes = clientAttributes(operation, options);
    super(
      {
        name: dataSourceId === undefined ? operation : `${operation} ${dataSourceId}`,
        kind: SpanKind.CLIENT,
        parent,
        attributes,
        duration: { metric: METRIC_GEN_AI_CLIENT_OPERATION_DURATION, attributes },
        recordContent: settings.recordContent,
      },
      settings.signals,
      settings.clock,
    );
    this.set(ATTR_GEN_AI_DATA_SOURCE_ID, dataSourceId);
    this.set(ATTR_GEN_AI_RETRIEVAL_TOP_K, options.topK);
    this.setText(ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT, options.query);
  }

  recordDocuments(documents: readonly RetrievedDocument[]): void {
    failures.guard('recording documents', () => {
      this.setContent(
        ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
        documents.map(({ id, score }) => ({ id, score })),
      );
    });
  }
}
