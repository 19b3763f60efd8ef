import * as callbacks from '@langchain/core/callbacks/manager';
import * as documents from '@langchain/core/documents';
import * as models from '@langchain/core/language_models/chat_models';
import * as messages from '@langchain/core/messages';
import * as parsers from '@langchain/core/output_parsers';
import * as outputs from '@langchain/core/outputs';
import * as prompts from '@langchain/core/prompts';
import * as retrievers from '@langchain/core/retrievers';
import * as runnables from '@langchain/core/runnables';
import * as singletons from '@langchain/core/singletons';
import * as tools from '@langchain/core/tools';
import * as callbacks0 from '@langchain/core-0/callbacks/manager';
import * as documents0 from '@langchain/core-0/documents';
import * as models0 from '@langchain/core-0/language_models/chat_models';
import * as messages0 from '@langchain/core-0/messages';
import * as parsers0 from '@langchain/core-0/output_parsers';
import * as outputs0 from '@langchain/core-0/outputs';
import * as prompts0 from '@langchain/core-0/prompts';
import * as retrievers0 from '@langchain/core-0/retrievers';
import * as runnables0 from '@langchain/core-0/runnables';
import * as singletons0 from '@langchain/core-0/singletons';
import * as tools0 from '@langchain/core-0/tools';
import { ChatOpenAI } from '@langchain/openai';
import type { ClientLine } from '@llm-otel/tooling/contract';
import { emulatedModel } from './emulated-model.ts';

const core: Core = {
  ...callbacks,
  ...documents,
  ...models,
  ...messages,
  ...parsers,
  ...outputs,
  ...prompts,
  ...retrievers,
  ...runnables,
  ...singletons,
  ...tools,
};
export type Core = typeof callbacks &
  typeof documents &
  typeof models &
  typeof messages &
  typeof parsers &
  typeof outputs &
  typeof prompts &
  typeof retrievers &
  typeof runnables &
  typeof singletons &
  typeof tools;

const core0 = {
  ...callbacks0,
  ...documents0,
  ...models0,
  ...messages0,
  ...parsers0,
  ...outputs0,
  ...prompts0,
  ...retrievers0,
  ...runnables0,
  ...singletons0,
  ...tools0,
} as unknown as Core;

/** What an application makes its chains of. The tests are typed by the newest major. */
export interface LangChain {
  readonly core: Core;
  readonly model: models.BaseChatModel;
}

export interface Line extends ClientLine<LangChain> {
  /** LangGraph and `createAgent` are there, and the model is that of `@langchain/openai`. */
  readonly isWhole: boolean;
}

export const lines: readonly Line[] = [
  {
    name: 'core 0.3',
    isWhole: false,
    create: (options) => ({ core: core0, model: emulatedModel(core0, options) }),
  },
  {
    name: 'core 1',
    isWhole: true,
    create: ({ maxRetries, timeout, ...configuration }) => ({
      core,
      model: new ChatOpenAI({
        model: 'gpt-5-mini',
        apiKey: 'none',
        maxRetries,
        configuration,
        ...(timeout !== undefined && { timeout }),
      }),
    }),
  },
];
