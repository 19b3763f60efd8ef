import { type GenAi, type InferenceCall, inputFromAiSdk } from '@llm-otel/llm-conventions';
import { readMember } from '@llm-otel/llm-conventions/client';
import { modelRequest } from './model-request.ts';
import { recordAnswer } from './record-answer.ts';
import type { Run } from './run.ts';

/** Starts the model call of an object, which is told by a start and an end. The settings are told at the start of the run. */
export function startObjectCall(event: unknown, run: Run, genAi: GenAi): InferenceCall {
  return genAi.startInference({
    ...modelRequest(run.start, false),
    ...(run.records.inputs && inputFromAiSdk({ messages: readMember(event, 'promptMessages') })),
    stream: run.isStream ? true : undefined,
    outputType: 'json',
    parent: run.context,
  });
}

/** Records what such a call has answered. */
export function recordObject(call: InferenceCall, event: unknown, run: Run): void {
  recordAnswer(call, event, run, { text: readMember(event, 'objectText') });
}
