import type { DemoResult } from '../run-demo.ts';
import { ledgerTable } from './ledger-table.ts';
import { metricLines } from './metric-lines.ts';
import type { Paint } from '../waterfall/paint.ts';
import { waterfall } from '../waterfall/waterfall.ts';

/** The run for people: waterfall, answer, metrics, redactions, ledger, checks. */
export function printReport(result: DemoResult, columns: number, paint: Paint): string {
  const lines = [
    paint.bold('The ticket'),
    ...wrap(result.ticketAsRecorded, columns),
    '',
    paint.bold('The trace'),
    ...waterfall(result.trace, { columns, paint }),
    '',
    paint.bold('The answer'),
    ...wrap(result.answer, columns),
    '',
    paint.bold('What the applications measured of their own work'),
    ...metricLines(result.metrics),
    '',
    paint.bold('Redacted before anything left a process'),
    ...redactions(result),
    '',
    paint.bold('The ledger'),
    ...ledgerTable(result.processes),
    '',
    paint.bold('Checked'),
    ...result.checks.flatMap(({ name, ok, detail }) => {
      const [first = '', ...rest] = wrap(`${name} (${detail})`, columns);
      return [(ok ? paint.green('✓') : paint.red('✗')) + first.slice(1), ...rest];
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function redactions({ processes }: DemoResult): string[] {
  const lines = processes.flatMap(({ service, redacted }) =>
    Object.entries(redacted).map(([kind, count]) => `  ${service}: ${kind} × ${count}`),
  );
  return lines.length === 0 ? ['  nothing'] : lines;
}

/** Breaks text at spaces so that no line is wider than `columns`; further lines are indented by two. */
function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = ' ';
  for (const word of text.split(/\s+/)) {
    if (line.length + word.length + 1 > columns && line.trim() !== '') {
      lines.push(line);
      line = '   ';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
