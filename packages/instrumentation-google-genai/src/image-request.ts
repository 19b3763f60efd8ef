import {
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  type InferenceRequest,
} from '@llm-otel/llm-conventions';
import {
  type ModelServer,
  readMember,
  readNumber,
  readString,
} from '@llm-otel/llm-conventions/client';
import { modelName } from './model-name.ts';

/** Images that are made, edited or scaled: content that a model generates. The images themselves are not recorded. */
export function imageRequest(
  params: unknown,
  server: ModelServer,
  recordsContent: boolean,
): InferenceRequest {
  const content =
    readString(params, 'prompt') ?? readString(readMember(params, 'source'), 'prompt');
  return {
    ...server,
    operation: GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
    model: modelName(params),
    outputType: 'image',
    seed: readNumber(readMember(params, 'config'), 'seed'),
    choiceCount: readNumber(readMember(params, 'config'), 'numberOfImages'),
    ...(recordsContent &&
      content !== undefined && {
        inputMessages: [{ role: 'user', parts: [{ type: 'text', content }] }],
      }),
  };
}
