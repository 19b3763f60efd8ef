import type { NamesByKind } from './content.ts';

/** Those of OpenTelemetry and under its `gen_ai.*`, by who writes them. */
export const namesOfConventions: Readonly<Record<string, NamesByKind>> = {
  'OpenTelemetry, today': {
    prompt: [
      'gen_ai.input.messages',
      'gen_ai.system_instructions',
      'gen_ai.retrieval.query.text',
      'gen_ai.retrieval.documents',
      'gen_ai.memory.query.text',
      'gen_ai.memory.records',
      'gen_ai.prompt.variable',
    ],
    completion: ['gen_ai.output.messages', 'gen_ai.evaluation.explanation'],
    toolToModel: ['gen_ai.tool.definitions', 'gen_ai.tool.call.result'],
    toolFromModel: ['gen_ai.tool.call.arguments'],
    none: ['gen_ai.prompt.name', 'gen_ai.prompt.version', 'gen_ai.usage', 'gen_ai.output.type'],
  },
  'OpenTelemetry, before': {
    prompt: ['gen_ai.system.message', 'gen_ai.user.message', 'gen_ai.developer.message'],
    completion: ['gen_ai.assistant.message', 'gen_ai.choice'],
    conversation: ['gen_ai.event.content'],
    toolToModel: ['gen_ai.tool.message', 'gen_ai.function.message'],
    toolFromModel: ['gen_ai.prompt.tool_calls', 'gen_ai.completion.tool_calls'],
    input: ['gen_ai.prompt'],
    output: ['gen_ai.completion'],
    none: ['gen_ai.completion.finish_reason'],
  },
  // Azure SDKs, Semantic Kernel, Microsoft Agent Framework, OpenLIT, Sentry, Spring AI.
  'under gen_ai.*, of others': {
    prompt: [
      'gen_ai.content.prompt',
      'gen_ai.content.revised_prompt',
      'gen_ai.request.messages',
      'gen_ai.request.instructions',
      'gen_ai.request.structured_output_schema',
      'gen_ai.user_messages',
      'gen_ai.system_prompt',
      'gen_ai.prompt.template',
      'gen_ai.embeddings.input',
      'gen_ai.agent.instructions',
      'gen_ai.agent.invocation_input',
      'gen_ai.task.description',
      'gen_ai.task.expected_output',
    ],
    completion: [
      'gen_ai.content.completion',
      'gen_ai.content.reasoning',
      'gen_ai.response.text',
      'gen_ai.response.object',
      'gen_ai.response.content',
      'gen_ai.response.image',
      'gen_ai.agent.invocation_output',
      'gen_ai.reasoning',
    ],
    conversation: ['gen_ai.content'],
    toolToModel: [
      'gen_ai.request.available_tools',
      'gen_ai.tool_definitions',
      'gen_ai.tool.json_schema',
      'gen_ai.tool.output',
      'gen_ai.tool.result',
    ],
    toolFromModel: [
      'gen_ai.content.tool_call',
      'gen_ai.response.tool_calls',
      'gen_ai.tool.input',
      'gen_ai.tool.args',
    ],
    none: ['gen_ai.prompt.template.name', 'gen_ai.prompt.template.version', 'gen_ai.cost'],
  },
};
