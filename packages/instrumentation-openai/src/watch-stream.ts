import type { InferenceCall, StreamFormat, StreamReader } from '@llm-otel/llm-conventions';
import { overrideMember, readMember } from '@llm-otel/llm-conventions/client';
import type { ClientStream } from './client-shape.ts';
import { openAiAttributes } from './response-facts.ts';

/**
 * Watches the stream in place: the application keeps the client's own object, with `controller`, `tee` and
 * `toReadableStream`, which all take their chunks from `iterator`. The first one who reads decides when the call ends.
 */
export function watchStream(
  stream: ClientStream,
  call: InferenceCall,
  format: StreamFormat,
  timeoutMillis: number | undefined,
): void {
  const iterate = stream.iterator.bind(stream);
  const observed = call.stream(
    { [Symbol.asyncIterator]: iterate },
    withOpenAiAttributes(format, call),
    { timeoutMillis, signal: stream.controller?.signal },
  );
  overrideMember(stream, 'iterator', () => observed[Symbol.asyncIterator]());
}

/** `format`, with what OpenAI alone has names for set as soon as a chunk tells it. */
function withOpenAiAttributes(format: StreamFormat, call: InferenceCall): StreamFormat {
  return {
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
  };
}
