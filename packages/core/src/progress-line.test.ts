import { expect, test, vi } from 'vitest';
import type { CliIo } from './cli-command.ts';
import { ProgressLine } from './progress-line.ts';

function ioWith(columns: number | undefined): CliIo & { readonly written: string[] } {
  const written: string[] = [];
  const output = { write: (text: string) => written.push(text) > 0, columns };
  return {
    written,
    stdout: output,
    stderr: output,
    cwd: '/',
    environment: {},
    signal: new AbortController().signal,
  };
}

test('one line on a terminal, not wider than it, written over at most five times a second, and gone at the end', () => {
  const io = ioWith(11);
  const now = vi.spyOn(performance, 'now').mockReturnValue(1000);
  const progress = new ProgressLine(io);

  progress.tell('reading a long name');
  progress.tell('too soon');
  now.mockReturnValue(1200);
  progress.tell('later');
  progress.done();

  expect(io.written).toEqual(['\r\u001B[Kreading a ', '\r\u001B[Klater', '\r\u001B[K']);
  now.mockRestore();
});

test('nothing where the output is no terminal', () => {
  const io = ioWith(undefined);
  const progress = new ProgressLine(io);

  progress.tell('reading');
  progress.done();

  expect(io.written).toEqual([]);
});
