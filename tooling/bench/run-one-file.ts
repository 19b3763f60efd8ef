// Runs the comparisons of one bench file in this process. `run.ts` starts it as a child, one for each file.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Comparison, declaredComparisons } from './bench.ts';
import { type Effort, fullEffort, measureComparison, quickEffort, type Row } from './measure.ts';
import { exitCodeOf, formatTable } from './report.ts';

/** Measures and prints what the started bench file declared: `node bench/x.bench.ts [--quick]`. */
export async function runDirectly(comparisons: readonly Comparison[]): Promise<void> {
  const rows = await measureAll(comparisons, effortOf(process.argv.slice(2)));
  console.log(formatTable(rows));
  process.exitCode = exitCodeOf([{ package: '', file: '', rows }]);
}

async function measureAll(comparisons: readonly Comparison[], effort: Effort): Promise<Row[]> {
  const rows: Row[] = [];
  for (const comparison of comparisons) {
    process.stderr.write(`  ${comparison.id} ${comparison.title} …\n`);
    rows.push(await measureComparison(comparison, effort));
  }
  return rows;
}

function effortOf(args: readonly string[]): Effort {
  return args.includes('--quick') ? quickEffort : fullEffort;
}

async function main(file: string, resultFile: string, args: readonly string[]): Promise<void> {
  await import(pathToFileURL(resolve(file)).href);
  const comparisons = declaredComparisons();
  if (comparisons.length === 0) throw new Error(`${file} declares no comparison`);
  writeFileSync(resultFile, JSON.stringify(await measureAll(comparisons, effortOf(args))));
  // A bench file may hold servers open.
  process.exit(0);
}

if (import.meta.main) {
  const [file = '', resultFile = '', ...args] = process.argv.slice(2);
  await main(file, resultFile, args);
}
