import {
  finishReasonsOfGemini,
  type InferenceResponse,
  outputFromGemini,
  serviceTierFromGemini,
  usageFromGemini,
} from '@llm-otel/llm-conventions';
import { readMember, readString } from '@llm-otel/llm-conventions/client';

/** The answer to a request for content. One whose prompt was blocked has the finish reason `content_filter`. */
export function generateContentResponse(
  response: unknown,
  recordsContent: boolean,
): InferenceResponse {
  const usage = readMember(response, 'usageMetadata');
  return {
    id: readString(response, 'responseId'),
    model: readString(response, 'modelVersion'),
    usage: usageFromGemini(usage),
    serviceTier: serviceTierFromGemini(usage),
    finishReasons: finishReasonsOfGemini(response),
    ...(recordsContent && { outputMessages: outputFromGemini(response) }),
  };
}
