import { createGenAi } from '@llm-otel/llm-conventions';
import { observeApiPromise } from '@llm-otel/llm-conventions/client';
import { context } from '@opentelemetry/api';
import { OpenAI } from 'openai';
import { onTestFinished } from 'vitest';

type Create = (this: unknown, body: { readonly model: string }, options?: unknown) => unknown;

/** Every client of `openai` is observed during this test, those in LangChain's models too: as the instrumentations do it. */
export function observeOpenAi(): void {
  const genAi = createGenAi();
  const { prototype } = OpenAI.Chat.Completions as unknown as { prototype: { create: Create } };
  const { create } = prototype;
  prototype.create = function observed(body, options) {
    const call = genAi.startInference({ provider: 'openai', model: body.model });
    const answer = context.with(call.context, () => Reflect.apply(create, this, [body, options]));
    observeApiPromise(answer, {
      parsed: () => call.end(),
      responded: () => call.end(),
      failed: (error) => call.fail(error),
      taken: () => call.end(),
      dropped: () => call.end(),
    });
    return answer;
  };
  onTestFinished(() => {
    prototype.create = create;
  });
}
