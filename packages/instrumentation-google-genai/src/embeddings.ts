import { type GenAi, usageFromGemini } from '@llm-otel/llm-conventions';
import {
  readList,
  readMember,
  readNumber,
  type ModelServer,
  type StartedCall,
} from '@llm-otel/llm-conventions/client';
import { modelName } from './model-name.ts';

/** Starts the span of `client.models.embedContent`. The Gemini API tells no tokens of older models. */
export function startEmbeddings(genAi: GenAi, params: unknown, server: ModelServer): StartedCall {
  const call = genAi.startEmbeddings({
    ...server,
    model: modelName(params),
    dimensions: readNumber(readMember(params, 'config'), 'outputDimensionality'),
  });
  return {
    span: call.span,
    context: call.context,
    parsed(response) {
      call.recordResponse({ inputTokens: inputTokens(response) });
      call.end();
    },
    end: () => call.end(),
    fail: (error) => call.fail(error),
  };
}

/** Told for all together, or with each of them. */
function inputTokens(response: unknown): number | undefined {
  const whole = usageFromGemini(readMember(response, 'usageMetadata'))?.inputTokens;
  if (whole !== undefined) return whole;
  const counts = readList(response, 'embeddings').map((embedding) =>
    readNumber(readMember(embedding, 'statistics'), 'tokenCount'),
  );
  return counts.some((count) => count === undefined) || counts.length === 0
    ? undefined
    : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}
