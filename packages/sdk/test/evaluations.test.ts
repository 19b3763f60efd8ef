// An answer is judged in a process that has never seen the call.
import { startOtlpSink } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { runNode } from './run-node.ts';

test('an evaluation from another process is an event of the span that was judged', async () => {
  await using sink = await startOtlpSink();
  const environment = {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_LOGS_EXPORTER: 'otlp',
    // Without content there is no explanation.
    OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'SPAN_ONLY',
  };

  const answered = await runNode(['judge.ts', 'answer'], environment).ended;
  const judged = await runNode(['judge.ts', answered.stdout], environment).ended;

  expect([answered.stderr, judged.stderr]).toEqual(['', '']);
  const [span] = sink.spans;
  expect(sink.spans.map(({ name }) => name)).toEqual(['chat gpt-5']);
  expect(sink.logs).toMatchObject([
    {
      eventName: 'gen_ai.evaluation.result',
      traceId: span?.traceId,
      spanId: span?.spanId,
      attributes: {
        'gen_ai.evaluation.name': 'hallucination',
        'gen_ai.evaluation.score.value': 0.9,
        'gen_ai.evaluation.score.label': 'hallucinated',
        'gen_ai.evaluation.explanation': 'no such order',
        'gen_ai.response.id': 'response-1',
      },
    },
  ]);
  const metrics = sink.metrics.map(({ name }) => name);
  expect(metrics).toContain('llm_otel.evaluation.results');
  expect(metrics).toContain('llm_otel.evaluation.score');
});
