import { type CliIo, ProgressLine, type ReadableSpan, type Recording } from '@llm-otel/core';
import { spansOfRequest } from '../simulate/otlp-spans.ts';
import { type SpanSource, spansInOrder } from '../simulate/spans-in-order.ts';
import { bytesOf, countOf, percentOf } from './text.ts';

const SPANS_BETWEEN_LOOKS = 1000;

/**
 * All spans of the recordings in the order in which they ended, read bit by bit. Says how far it is, and afterwards what
 * could not be read.
 * @throws Error where one cannot be opened, and on Ctrl-C
 */
export async function* recordedSpans(
  names: readonly string[],
  io: CliIo,
): AsyncGenerator<ReadableSpan> {
  const recordings = await openAll(names, io);
  const progress = new ProgressLine(io);
  let spans = 0;
  try {
    for await (const span of spansInOrder(recordings.map(sourceOf))) {
      if (spans++ % SPANS_BETWEEN_LOOKS === 0) {
        if (io.signal.aborted) throw new Error('interrupted');
        progress.tell(progressOf(recordings, spans));
        // Ctrl-C is only heard between two turns, and packed bytes may come without one.
        await new Promise((resolve) => setImmediate(resolve));
      }
      yield span;
    }
  } finally {
    // What is written next begins on a line of its own.
    progress.done();
  }
  for (const { name, damage } of recordings) {
    if (damage.parts === 0) continue;
    io.stderr.write(
      `llm-otel sample: ${name}: ${countOf(damage.parts, 'part')} cannot be read: ${damage.first}\n`,
    );
  }
}

async function openAll(names: readonly string[], io: CliIo): Promise<readonly Recording[]> {
  const { recordings } = io;
  if (recordings === undefined) {
    throw new Error(
      'recordings are read by the command llm-otel of @llm-otel/sdk: run it with that',
    );
  }
  const opened = await Promise.all(names.map((name) => recordings(name)));
  return opened.flatMap((found, at) => ofOneDestination(found, names[at] ?? '', io));
}

/** A spool has a copy of each span for every destination: one of them is what happened. */
function ofOneDestination(
  recordings: readonly Recording[],
  name: string,
  io: CliIo,
): readonly Recording[] {
  const sizes = new Map<string | undefined, number>();
  for (const { destination, bytes = 0 } of recordings) {
    sizes.set(destination, (sizes.get(destination) ?? 0) + bytes);
  }
  if (sizes.size < 2) return recordings;
  const [largest] = [...sizes].reduce((a, b) => (b[1] > a[1] ? b : a));
  io.stderr.write(
    `llm-otel sample: ${name} holds copies for ${sizes.size} destinations: those for ${largest} are read\n`,
  );
  return recordings.filter(({ destination }) => destination === largest);
}

async function* sourceOf(
  recording: Recording,
): SpanSource & AsyncGenerator<readonly ReadableSpan[]> {
  for await (const { signal, request } of recording.requests()) {
    if (signal === 'traces') yield spansOfRequest(request);
  }
}

function progressOf(recordings: readonly Recording[], spans: number): string {
  const read = recordings.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
  const all = recordings.reduce((sum, { bytes = NaN }) => sum + bytes, 0);
  const share = Number.isNaN(all) ? '' : ` of ${bytesOf(all)} (${percentOf(read, all)})`;
  return `${countOf(spans, 'span')}, ${bytesOf(read)}${share}`;
}
