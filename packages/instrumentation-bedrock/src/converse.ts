import type { StartedCall } from '@llm-otel/llm-conventions/client';
import { converseRequest } from './converse-request.ts';
import { converseExtra, converseResponse } from './converse-response.ts';
import { converseStream } from './converse-stream.ts';
import type { StartCommand } from './observed-commands.ts';
import { startInference } from './start-inference.ts';

export const startConverse: StartCommand = (input, server, observation): StartedCall =>
  startInference(observation, converseRequest(input, server, observation.genAi.content), {
    response: ({ output }, recordsContent) => converseResponse(output, recordsContent),
    extra: ({ output }) => converseExtra(output),
  });

export const startConverseStream: StartCommand = (input, server, observation): StartedCall =>
  startInference(
    observation,
    { ...converseRequest(input, server, observation.genAi.content), stream: true },
    {
      // An answer without a stream has said nothing.
      response: () => ({}),
      extra: () => ({}),
      stream: { member: 'stream', format: converseStream },
    },
  );
