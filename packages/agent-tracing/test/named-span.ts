import type { RecordedAgents } from './record-agents.ts';

type Spans = RecordedAgents['recorder'];

export function named(recorder: Spans, name: string): Spans['spans'][number] {
  const span = recorder.spans.find((candidate) => candidate.name === name);
  if (span === undefined)
    throw new Error(`no span "${name}" among ${recorder.spans.map((s) => s.name).join(', ')}`);
  return span;
}
