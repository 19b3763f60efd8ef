import {
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT,
} from '../../generated/attributes.ts';
import type { DialectReading } from '../dialect-reading.ts';
import { readLangChainProvider } from './read-common.ts';
import { readLangSmithUsage } from './read-langsmith-usage.ts';

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
  readProvider(reading);
  for (const key of ['session_id', 'conversation_id', 'thread_id'])
    reading.rename(`langsmith.metadata.${key}`, ATTR_GEN_AI_CONVERSATION_ID);
  readLangSmithUsage(reading);
  // Those of several answers in one text.
  const reasons = reading.takeString(ATTR_GEN_AI_RESPONSE_FINISH_REASONS);
  reading.set(ATTR_GEN_AI_RESPONSE_FINISH_REASONS, reasons?.split(', '));
  reading.rename('gen_ai.response.system_fingerprint', ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT);
}

/** It guesses the provider by the name of the model, and says `langchain` where that tells nothing: the metadata know better. */
function readProvider(reading: DialectReading): void {
  if (reading.peek('gen_ai.system') === 'langchain') reading.take('gen_ai.system');
  if (reading.isNoCall) return;
  readLangChainProvider(reading, 'langsmith.metadata');
}
