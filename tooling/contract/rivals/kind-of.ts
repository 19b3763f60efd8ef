import type { RecordedSpan } from '../span-facts.ts';

const MODEL = new Set([
  // gen_ai.operation.name
  'chat',
  'text_completion',
  'embeddings',
  'generate_content',
  // openinference.span.kind
  'LLM',
  'EMBEDDING',
  // langfuse.observation.type
  'generation',
  'embedding',
  // llm.request.type of OpenLLMetry
  'completion',
  // ai.operationId of the AI SDK
  'ai.generateText.doGenerate',
  'ai.streamText.doStream',
  'ai.generateObject.doGenerate',
  'ai.streamObject.doStream',
  'ai.embed.doEmbed',
  'ai.embedMany.doEmbed',
]);
const TOOL = new Set(['execute_tool', 'TOOL', 'tool', 'ai.toolCall']);

/** The attributes that tell what a span is of, in the words of whoever made it. */
const KINDS = [
  'openinference.span.kind',
  'langfuse.observation.type',
  'gen_ai.operation.name',
  'ai.operationId',
  'llm.request.type',
  'traceloop.span.kind',
] as const;

/** Tells a call of a model and one of a tool from what is around them. */
export function kindOf({ attributes }: RecordedSpan): 'model' | 'tool' | undefined {
  for (const name of KINDS) {
    const kind = attributes[name];
    if (typeof kind !== 'string') continue;
    if (MODEL.has(kind)) return 'model';
    if (TOOL.has(kind)) return 'tool';
  }
  return undefined;
}
