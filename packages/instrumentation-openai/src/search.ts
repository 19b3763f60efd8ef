import type { GenAi } from '@llm-otel/llm-conventions';
import {
  type ModelServer,
  readList,
  readNumber,
  readMember,
  readString,
  type StartedCall,
} from '@llm-otel/llm-conventions/client';

/** Starts the span of `client.vectorStores.search(vectorStoreId, request)`. */
export function startSearch(
  genAi: GenAi,
  server: ModelServer,
  [vectorStoreId, request]: readonly unknown[],
): StartedCall {
  const query: unknown = readMember(request, 'query');
  const call = genAi.startRetrieval({
    ...server,
    dataSourceId: typeof vectorStoreId === 'string' ? vectorStoreId : undefined,
    query: typeof query === 'string' ? query : readList(request, 'query').join('\n') || undefined,
    topK: readNumber(request, 'max_num_results'),
  });
  return {
    span: call.span,
    context: call.context,
    parsed(page) {
      call.recordDocuments(
        readList(page, 'data').map((document) => ({
          id: readString(document, 'file_id'),
          score: readNumber(document, 'score'),
        })),
      );
      call.end();
    },
    end: () => call.end(),
    fail: (error) => call.fail(error),
  };
}
