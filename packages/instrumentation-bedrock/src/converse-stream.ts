import {
  bedrockStream,
  type InferenceCall,
  type StreamFormat,
  type StreamReader,
} from '@llm-otel/llm-conventions';
import { readMember } from '@llm-otel/llm-conventions/client';
import { routedModel, stopAttributes } from './converse-response.ts';
import { converseLatency } from './latency.ts';

/** The events of `ConverseStreamCommand`, with what Bedrock alone has names for set as soon as an event tells it. */
export function converseStream(call: InferenceCall): StreamFormat {
  return {
    open(options) {
      const reader: StreamReader = bedrockStream.open(options);
      let model: string | undefined;
      return {
        read(event) {
          // Most events: a piece of text, where none is kept.
          if (!options.content && readMember(event, 'contentBlockDelta') !== undefined)
            return undefined;
          const stop = readMember(event, 'messageStop');
          if (stop !== undefined) call.setAttributes({}, stopAttributes(stop));
          const metadata = readMember(event, 'metadata');
          if (metadata !== undefined) {
            call.setAttributes({}, converseLatency(metadata));
            model = routedModel(metadata) ?? model;
          }
          return reader.read(event);
        },
        incomplete: () => reader.incomplete?.(),
        response: () => ({ ...reader.response(), ...(model !== undefined && { model }) }),
      };
    },
  };
}
