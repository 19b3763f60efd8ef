import { expect, test } from 'vitest';
import type { ReadableSpan } from './sdk-types.ts';
import {
  connectStages,
  type SpanReceiver,
  type SpanStage,
  type StageReport,
} from './span-pipeline.ts';

const report: StageReport = { sampledOut: () => undefined, dropped: () => undefined };
const span = { name: 'chat' } as ReadableSpan;

function noting(word: string, notes: string[]): SpanStage {
  return (next) => ({
    onEnd(ended) {
      notes.push(word);
      next.onEnd(ended);
    },
  });
}

test('the first stage listed sees each span first', () => {
  const notes: string[] = [];
  const last: SpanReceiver = { onEnd: ({ name }) => void notes.push(name) };

  connectStages([noting('a', notes), undefined, noting('b', notes)], last, report).onEnd(span);

  expect(notes).toEqual(['a', 'b', 'chat']);
});

test('without stages the last receiver stands alone', () => {
  const last: SpanReceiver = { onEnd: () => undefined };

  expect(connectStages([], last, report)).toBe(last);
});
