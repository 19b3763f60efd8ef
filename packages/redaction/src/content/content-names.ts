import type { NamesByKind } from './content.ts';
import { namesOfConventions } from './names-of-conventions.ts';
import { namesOfInstrumentations } from './names-of-instrumentations.ts';
import { namesOfLibraries } from './names-of-libraries.ts';

/**
 * What conventions and libraries call the parts of a conversation, without the positions in a list. A name stands for
 * everything below it too: `gen_ai.prompt` for `gen_ai.prompt.0.content`. Where one of `none` is longer, it wins:
 * `gen_ai.prompt.name`.
 */
export const contentNames: Readonly<Record<string, NamesByKind>> = {
  ...namesOfConventions,
  ...namesOfInstrumentations,
  ...namesOfLibraries,
};

/** Names without a name of the library in front: content only where they are the attribute itself. */
export const bareContentNames: NamesByKind = {
  prompt: [
    'prompt',
    'prompts',
    'system_prompt',
    'user_system_prompt',
    'user_prompt',
    'system_instructions',
    'instructions',
    'input_messages',
    'raw_input',
    'new_context',
    'request_text',
  ],
  completion: [
    'completion',
    'completions',
    'output_messages',
    'final_result',
    'response',
    'response.model_output',
    'response_text',
  ],
  conversation: ['messages', 'all_messages', 'chat_history', 'events'],
  toolToModel: ['tool_response', 'tool_output', 'tool_result', 'tool.output', 'tool.result'],
  toolFromModel: ['tool_arguments', 'function_args', 'tool_input', 'tool_parameters', 'tool_calls'],
  input: ['input', 'inputs'],
  output: ['output', 'outputs'],
};
