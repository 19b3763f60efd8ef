import { expect, test } from 'vitest';
import { createProgress } from './progress.mjs';

function recorder(isTTY: boolean): {
  isTTY: boolean;
  columns: number;
  text: string;
  write(text: string): void;
} {
  return {
    isTTY,
    columns: 20,
    text: '',
    write(text) {
      this.text += text;
    },
  };
}

test('a terminal gets one line that changes and is cut at its width', () => {
  const stream = recorder(true);
  const progress = createProgress(stream, {}, () => 0);

  progress.step('unit');
  progress.detail('a line longer than the terminal');
  progress.done('failed');

  expect(stream.text).toBe(
    '\r\u001B[Kunit …\r\u001B[Kunit: a line longer\r\u001B[Kunit: failed, 0.0 s\n',
  );
});

test('CI gets plain lines, and a sign of life in a long step', () => {
  const stream = recorder(true);
  let now = 0;
  const progress = createProgress(stream, { CI: 'true' }, () => now);

  progress.step('unit');
  now = 1_000;
  progress.detail('too early');
  now = 16_000;
  progress.detail('core tested');
  now = 17_000;
  progress.detail('too early again');
  progress.done();

  expect(stream.text).toBe('unit …\n  core tested\nunit: done, 17.0 s\n');
});
