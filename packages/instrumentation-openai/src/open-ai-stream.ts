import type { InferenceCall, StreamFormat, StreamReader } from '@llm-otel/llm-conventions';
import { readMember } from '@llm-otel/llm-conventions/client';
import { openAiAttributes } from './response-facts.ts';

/** `format`, with what OpenAI alone has names for set as soon as a chunk tells it. */
export function openAiStream(format: StreamFormat): (call: InferenceCall) => StreamFormat {
  return (call) => ({
    open(options) {
      const reader: StreamReader = format.open(options);
      let told = false;
      return {
        read(chunk) {
          // Events of the responses API carry the response in them.
          const body = readMember(chunk, 'response') ?? chunk;
          if (!told && readMember(body, 'service_tier') != null) {
            told = true;
            call.setAttributes(openAiAttributes(body));
          }
          return reader.read(chunk);
        },
        response: () => reader.response(),
      };
    },
  });
}
