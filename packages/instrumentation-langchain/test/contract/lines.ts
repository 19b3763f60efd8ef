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
import * as langgraph from '@langchain/langgraph';
import * as prebuilt from '@langchain/langgraph/prebuilt';
import * as openai from '@langchain/openai';
import * as langchain0 from '@llm-otel/langchain-0';
import type { ClientLine } from '@llm-otel/tooling/contract';
import * as agents from 'langchain';

/** All that an application imports, flat. The tests are typed by the newest major. */
export type Library = typeof callbacks &
  typeof documents &
  typeof models &
  typeof messages &
  typeof parsers &
  typeof outputs &
  typeof prompts &
  typeof retrievers &
  typeof runnables &
  typeof singletons &
  typeof tools &
  typeof langgraph &
  Pick<typeof prebuilt, 'createReactAgent'> &
  Pick<typeof openai, 'ChatOpenAI'> &
  Pick<typeof agents, 'createAgent'> &
  Pick<typeof langchain0, 'AgentExecutor' | 'createToolCallingAgent'>;

/** What an application makes its chains, agents and graphs of. */
export interface LangChain {
  readonly core: Library;
  readonly model: models.BaseChatModel;
}

export interface Line extends ClientLine<LangChain> {
  readonly major: 0 | 1;
  readonly core: Library;
}

export function lineOf(name: string, major: 0 | 1, library: object): Line {
  const core = library as Library;
  return {
    name,
    major,
    core,
    create({ maxRetries, timeout, ...configuration }) {
      const model = new core.ChatOpenAI({
        model: 'gpt-5-mini',
        apiKey: 'none',
        maxRetries,
        configuration,
        ...(timeout !== undefined && { timeout }),
      });
      return { core, model };
    },
  };
}

export const lines: readonly Line[] = [
  lineOf('core 0.3', 0, langchain0),
  lineOf('core 1', 1, {
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
    ...langgraph,
    ...prebuilt,
    ...openai,
    createAgent: agents.createAgent,
  }),
];
