// What the span of another library knows of a call, and ours around it was not told.
import { context } from '@opentelemetry/api';
import { costOf, type InferenceCall } from '@llm-otel/llm-conventions';
import { afterEach, expect, test } from 'vitest';
import { COST, exported, foreignApplication, INPUT, OUTPUT, sumOf } from './foreign-application.ts';

afterEach(() => context.disable());

const usage = { inputTokens: 10_000, outputTokens: 1000 };
const model = 'gpt-5';

const RECORDED: Record<string, (call: InferenceCall) => void> = {
  nothing: () => {},
  'input and output alone': (call) => call.recordResponse({ usage }),
  'those and the id': (call) => call.recordResponse({ id: 'r-1', usage }),
};

test.each(Object.keys(RECORDED))(
  'the cache, the tier and the model that answered count where ours records %s',
  (recorded) => {
    const app = foreignApplication();
    const attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': model,
      'gen_ai.response.model': 'gpt-5-mini',
      'gen_ai.response.id': 'r-1',
      'openai.response.service_tier': 'flex',
      [INPUT]: 10_000,
      [OUTPUT]: 1000,
      'gen_ai.usage.cache_read.input_tokens': 9000,
    };

    const used = app.agents.run('writer', (run) => {
      app.genAi.inference({ provider: 'openai', model }, (call) => {
        app.foreign.startSpan('call', { attributes }).end();
        RECORDED[recorded]!(call);
      });
      return run.usage;
    });

    const cost = costOf({
      provider: 'openai',
      model: 'gpt-5-mini',
      tier: 'flex',
      usage: { ...usage, cacheReadTokens: 9000 },
    });
    expect(cost?.microUsd).toBeGreaterThan(0);
    const spans = exported(app);
    expect(sumOf(spans, COST)).toBe(cost?.microUsd);
    expect(sumOf(spans, 'gen_ai.usage.cache_read.input_tokens')).toBe(9000);
    expect(used).toMatchObject({ ...usage, microUsd: cost?.exactMicroUsd });
    const ours = spans.find(({ name }) => name === `chat ${model}`);
    expect(ours?.attributes['gen_ai.response.model']).toBe('gpt-5-mini');
  },
);
