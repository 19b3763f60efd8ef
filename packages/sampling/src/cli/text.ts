const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

export type Side = 'left' | 'right';

/** `1,234`, or with a noun `1,234 traces`. */
export function countOf(count: number, noun?: string): string {
  const text = Math.round(count).toLocaleString('en-US');
  if (noun === undefined) return text;
  return `${text} ${noun}${count === 1 ? '' : 's'}`;
}

export function percentOf(part: number, whole: number): string {
  if (whole <= 0) return '–';
  const percent = (part / whole) * 100;
  const digits = percent === 0 || percent >= 9.95 ? 0 : percent >= 0.1 ? 1 : 3;
  return `${Number(percent.toFixed(digits))} %`;
}

/** A bar in eighths of a character, with dots where nothing is. */
export function barOf(part: number, whole: number, width: number): string {
  const eighths = whole <= 0 ? 0 : Math.round((part / whole) * width * 8);
  const bar = '█'.repeat(eighths >> 3) + (EIGHTHS[eighths & 7] ?? '');
  return bar.padEnd(width, '·');
}

export function bytesOf(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : Number(value.toPrecision(2))} ${UNITS[unit]}`;
}

export function dollarsOf(dollars: number): string {
  return `${dollars.toFixed(dollars > 0 && dollars < 0.995 ? 4 : 2)} USD`;
}

export function timeOf(millis: number): string {
  if (millis < 1000) return `${Math.round(millis)} ms`;
  const seconds = millis / 1000;
  if (seconds < 120) return `${Number(seconds.toFixed(1))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Breaks between words where a line would be longer than `columns`; what follows begins below the text. */
export function wrapped(text: string, indent: number, columns: number): string {
  const room = Math.max(columns - indent, 20);
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > room) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}

// Characters that take two columns of a terminal: those of East Asia, and pictures.
const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;

/** How many columns of a terminal it takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}

/** With an ellipsis where it would be wider. */
export function shortened(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let shown = '';
  for (const character of text) {
    if (widthOf(shown + character) > columns - 1) break;
    shown += character;
  }
  return `${shown}…`;
}

/** Columns as wide as their widest cell. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  sides: readonly Side[],
): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) =>
    Math.max(...all.map((cells) => widthOf(cells[column] ?? ''))),
  );
  return all.map((cells) =>
    cells
      .map((cell, column) => {
        const space = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
        return sides[column] === 'left' ? cell + space : space + cell;
      })
      .join('  ')
      .trimEnd(),
  );
}
