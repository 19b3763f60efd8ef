import type { Clause, Fidelity } from './clause.ts';

const MARK_WIDTH = 13;
const SHORTEST_NOTE = 30;
const order: readonly Fidelity[] = ['refused', 'approximate', 'exact'];
const LONGEST_LINE = 100;

/** What became of each part of a policy, for a terminal: the worst first, and how many of each there are. */
export function formatClauses(clauses: readonly Clause[], columns: number = LONGEST_LINE): string {
  const width = Math.max(...clauses.map(({ at }) => at.length), 0);
  const indent = MARK_WIDTH + width + 2;
  const isNarrow = columns - indent < SHORTEST_NOTE;
  const rows = order
    .flatMap((fidelity) => clauses.filter((clause) => clause.fidelity === fidelity))
    .map(({ at, fidelity, note, use }) => {
      const text = use === undefined ? note : `${use}; otherwise: ${note}`;
      const mark = fidelity.padEnd(MARK_WIDTH);
      return isNarrow
        ? `${mark}${at}\n${' '.repeat(4)}${wrapped(text, 4, columns)}`
        : `${mark}${at.padEnd(width)}  ${wrapped(text, indent, columns)}`;
    });
  const counts = order.map(
    (fidelity) => `${clauses.filter((clause) => clause.fidelity === fidelity).length} ${fidelity}`,
  );
  return [...rows, '', counts.toReversed().join(', ')].join('\n');
}

/** Breaks between words, with what follows indented as far as the text begins. */
function wrapped(text: string, indent: number, columns: number): string {
  const room = Math.max(columns - indent, SHORTEST_NOTE);
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > room) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}
