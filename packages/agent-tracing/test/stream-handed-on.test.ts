// A call that hands the stream of the client inside of it on, to be read when it is over itself.
import { context, type Span } from '@opentelemetry/api';
import type { InferenceCall } from '@llm-otel/llm-conventions';
import { afterEach, expect, test } from 'vitest';
import {
  exported,
  foreignApplication,
  INPUT,
  request,
  sumOf,
  usage,
} from './foreign-application.ts';
import { named } from './named-span.ts';

afterEach(() => context.disable());

const foreignCall = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-5-mini',
};
const told = { 'gen_ai.usage.input_tokens': 60, 'gen_ai.usage.output_tokens': 40 };

test.each(['ours', 'another library'])(
  'it is one call, which %s tells, and nothing is missing',
  (whose) => {
    const app = foreignApplication();

    app.agents.run('writer', (run) => {
      let inside: InferenceCall | undefined;
      let foreign: Span | undefined;
      app.genAi.inference(request, () => {
        if (whose === 'ours') inside = app.genAi.startInference(request);
        else foreign = app.foreign.startSpan('call', { attributes: foreignCall });
      });
      inside?.recordResponse({ id: 'r-1', usage });
      inside?.end();
      foreign?.setAttributes(told).end();

      expect(run.usage).toMatchObject({ ...usage, inferenceCalls: 1, microUsd: 95 });
      // What is asked afterwards is another call.
      app.foreign.startSpan('call', { attributes: { ...foreignCall, ...told } }).end();
      expect(run.usage).toMatchObject({ inputTokens: 120, inferenceCalls: 2 });
    });

    expect(sumOf(exported(app), INPUT)).toBe(120);
    expect(named(app.recorder, 'invoke_agent writer').attributes).not.toHaveProperty([
      'llm_otel.rollup.partial',
    ]);
  },
);

test.each([
  ['that is for another model', { ...request, model: 'gpt-5' }, {}],
  ['beside an answer of its own', request, { id: 'r-2', usage }],
])('it is two calls where the one inside is one %s', (_, inner, answer) => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    let inside: InferenceCall | undefined;
    app.genAi.inference(request, (call) => {
      inside = app.genAi.startInference(inner);
      call.recordResponse(answer);
    });
    inside?.recordResponse({ id: 'r-1', usage });
    inside?.end();

    expect(run.usage).toMatchObject({ inferenceCalls: 2 });
  });
});

test('one that failed is a call of its own', () => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    let inside: InferenceCall | undefined;
    const fail = (): void =>
      app.genAi.inference(request, () => {
        inside = app.genAi.startInference(request);
        throw new Error('gone');
      });
    expect(fail).toThrow('gone');
    inside?.recordResponse({ usage });
    inside?.end();

    expect(run.usage).toMatchObject({ ...usage, inferenceCalls: 2 });
  });
});
