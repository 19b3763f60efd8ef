import {
  anthropicStream,
  type InferenceCall,
  type StreamFormat,
  type StreamReader,
} from '@llm-otel/llm-conventions';
import { readMember } from '@llm-otel/llm-conventions/client';
import { stopAttributes, usageAttributes } from './messages-response.ts';

/** The events of a streamed message, with what Anthropic alone has names for set as soon as an event tells it. */
export function messagesStream(call: InferenceCall): StreamFormat {
  return {
    open(options) {
      const reader: StreamReader = anthropicStream.open(options);
      return {
        read(event) {
          const type = readMember(event, 'type');
          if (type === 'message_start')
            call.setAttributes(
              {},
              usageAttributes(readMember(readMember(event, 'message'), 'usage')),
            );
          else if (type === 'message_delta')
            call.setAttributes({}, stopAttributes(readMember(event, 'delta')));
          return reader.read(event);
        },
        incomplete: () => reader.incomplete?.(),
        response: () => reader.response(),
      };
    },
  };
}
