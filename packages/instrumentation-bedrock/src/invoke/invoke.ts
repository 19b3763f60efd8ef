import type { StartedCall } from '@llm-otel/llm-conventions/client';
import { readMember, readString } from '@llm-otel/llm-conventions/client';
import type { StartCommand } from '../observed-commands.ts';
import { startInference } from '../start-inference.ts';
import { isEmbedding, startEmbeddings } from './embeddings.ts';
import { countsOfHeaders, latencyOfHeaders } from './header-counts.ts';
import { invokeRequest } from './invoke-request.ts';
import { invokeResponse, invokeStop } from './invoke-response.ts';
import { invokeStream } from './invoke-stream.ts';
import { jsonBody } from './json-body.ts';

export const startInvoke: StartCommand = (input, server, observation): StartedCall => {
  const recordsContent = observation.genAi.content !== 'none';
  const body = jsonBody(readMember(input, 'body'), recordsContent);
  if (isEmbedding(readString(input, 'modelId') ?? '', body))
    return startEmbeddings(input, body, server, observation);
  // The answer is read once, for both.
  let answer: unknown;
  return startInference(observation, invokeRequest(input, body, server, recordsContent), {
    extra({ output, response }) {
      answer = jsonBody(readMember(output, 'body'), recordsContent);
      return { ...latencyOfHeaders(response), ...invokeStop(answer) };
    },
    response: ({ output, response }, records) => ({
      serviceTier: readString(output, 'serviceTier'),
      ...invokeResponse(answer, countsOfHeaders(response), records),
    }),
  });
};

export const startInvokeStream: StartCommand = (input, server, observation): StartedCall => {
  const recordsContent = observation.genAi.content !== 'none';
  const body = jsonBody(readMember(input, 'body'), recordsContent);
  return startInference(
    observation,
    { ...invokeRequest(input, body, server, recordsContent), stream: true },
    {
      response: () => ({}),
      extra: () => ({}),
      stream: { member: 'body', format: invokeStream },
    },
  );
};
