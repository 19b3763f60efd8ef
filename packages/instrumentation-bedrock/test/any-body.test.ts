import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { converseRequest } from '../src/converse-request.ts';
import { converseExtra, converseResponse } from '../src/converse-response.ts';
import { converseStream } from '../src/converse-stream.ts';
import { isEmbedding } from '../src/invoke/embeddings.ts';
import { countsOfHeaders, latencyOfHeaders } from '../src/invoke/header-counts.ts';
import { invokeRequest } from '../src/invoke/invoke-request.ts';
import { invokeResponse, invokeStop } from '../src/invoke/invoke-response.ts';
import { invokeStream } from '../src/invoke/invoke-stream.ts';

const server = { provider: 'aws.bedrock' as const };
/** Names that the readers look for, so that what is made up gets somewhere. */
const names = [
  'amazon-bedrock-invocationMetrics',
  'chat_history',
  'choices',
  'chunk',
  'completion',
  'completions',
  'content',
  'contentBlockDelta',
  'contentBlockStart',
  'delta',
  'generation',
  'generations',
  'headers',
  'inferenceConfig',
  'message',
  'messages',
  'messageStop',
  'metadata',
  'metrics',
  'outputConfig',
  'output',
  'outputs',
  'outputText',
  'prompt',
  'response',
  'response_format',
  'results',
  'stop',
  'stop_reason',
  'system',
  'text',
  'tool_calls',
  'toolConfig',
  'tools',
  'trace',
  'type',
  'usage',
];
const { body } = fc.letrec<{ body: unknown }>((tie) => ({
  body: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(...names, 'completion', 'message_start', null, undefined, -1, 7, Number.NaN),
    fc.array(tie('body'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('body'), { maxKeys: 5 }),
  ),
}));

test('a request may hold anything', () => {
  fc.assert(
    fc.property(body, fc.boolean(), (input, content) => {
      expect(converseRequest(input, server, content ? 'span' : 'none').provider).toBe(
        'aws.bedrock',
      );
      expect(invokeRequest(input, input, server, content).provider).toBe('aws.bedrock');
      expect(typeof isEmbedding('a model', input)).toBe('boolean');
    }),
  );
});

test('an answer may hold anything', () => {
  fc.assert(
    fc.property(body, fc.boolean(), (output, content) => {
      expect(converseResponse(output, content)).toBeTypeOf('object');
      expect(converseExtra(output)).toBeTypeOf('object');
      expect(invokeResponse(output, countsOfHeaders(output), content)).toBeTypeOf('object');
      expect({ ...invokeStop(output), ...latencyOfHeaders(output) }).toBeTypeOf('object');
    }),
  );
});

test('a stream may hold anything', () => {
  const call = { setAttributes: () => undefined } as never;
  fc.assert(
    fc.property(fc.array(body, { maxLength: 6 }), fc.boolean(), (chunks, content) => {
      const streams = [
        invokeStream(call).open({ content }),
        converseStream(call).open({ content }),
      ];
      for (const chunk of chunks) {
        const bytes = new TextEncoder().encode(JSON.stringify(chunk) ?? 'nothing');
        for (const stream of streams) {
          stream.read(chunk);
          stream.read({ chunk: { bytes } });
        }
      }
      for (const stream of streams) {
        expect(stream.response()).toBeTypeOf('object');
        stream.incomplete?.();
      }
    }),
  );
});
