import {
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_OPERATION_NAME,
} from '../../generated/attributes.ts';
import type { DialectReading } from '../dialect-reading.ts';

const OPERATIONS: ReadonlyMap<unknown, string> = new Map([
  ['llm', 'chat'],
  ['embedding', 'embeddings'],
  ['retriever', 'retrieval'],
  ['tool', 'execute_tool'],
]);

/** Reads a span of the LangSmith SDK, which is in old names of the conventions but for these. */
export function readLangSmith(reading: DialectReading): void {
  const kind = reading.peek('langsmith.span.kind');
  // Its SDK writes tokens on a run of any kind that answers with the message of a model.
  reading.isNoCall ||= kind !== undefined && kind !== 'llm' && kind !== 'embedding';
  const operation = OPERATIONS.get(kind);
  if (operation !== undefined) {
    reading.take('langsmith.span.kind');
    reading.set(ATTR_GEN_AI_OPERATION_NAME, operation);
  }
  for (const key of ['session_id', 'conversation_id', 'thread_id'])
    reading.rename(`langsmith.metadata.${key}`, ATTR_GEN_AI_CONVERSATION_ID);
}
