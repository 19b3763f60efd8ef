import { ChatOpenAI } from '@langchain/openai';
import { type ModelEmulator, type ModelScripts, startModelEmulator } from '@llm-otel/testing';
import { onTestFinished } from 'vitest';

/** A model of LangChain whose provider is the emulator, over HTTP. */
export async function modelFor(
  scripts: ModelScripts,
  onRequest: () => void = () => undefined,
): Promise<ChatOpenAI> {
  const emulator: ModelEmulator = await startModelEmulator({ scripts });
  onTestFinished(() => emulator.close());
  return new ChatOpenAI({
    model: 'gpt-5-mini',
    apiKey: 'none',
    maxRetries: 0,
    configuration: {
      baseURL: emulator.openAiBaseUrl,
      fetch: async (...request) => {
        onRequest();
        return fetch(...request);
      },
    },
  });
}
